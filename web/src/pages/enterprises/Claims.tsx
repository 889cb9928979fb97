import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { read, type Schemas } from '../../api/client';
import { lists } from '../../router';
import { ActionBar } from '../../ui/actions';
import { Facts, Moment, Page, Panel, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { CLAIM_STATE, label, MEMBER_ROLE, options } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

export function Claims() {
  const say = useSay();
  const lang = useLang();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.claims(filters.value)).data;
  return (
    <Page title={say('企业认领', 'Claims')} lead={say('已有档案的企业，有人申请代表它办理业务。', 'People who ask to act for an enterprise that is on record already.')}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[{ name: 'state', label: say('状态', 'State'), options: options(CLAIM_STATE, lang) }]} />
        <DataTable<Schemas['ClaimView']> name="claims" caption={say('认领', 'Claims')} rows={page.items} id={(row) => row.id} empty={say('没有认领申请。', 'No claims.')} columns={[
          { key: 'enterprise', title: say('企业', 'Enterprise'), show: (row) => <Link to="/claims/$id" params={{ id: row.id }}>{row.enterprise_name}</Link> },
          { key: 'who', title: say('申请人', 'Person'), show: (row) => row.user_name },
          { key: 'role', title: say('身份', 'Role'), show: (row) => label(MEMBER_ROLE, row.role, lang) },
          { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={CLAIM_STATE} /> },
          { key: 'at', title: say('申请时间', 'Since'), show: (row) => <Moment at={row.created_at} /> },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
    </Page>
  );
}

export function ClaimPage() {
  const say = useSay();
  const lang = useLang();
  const { id = '' } = useParams({ strict: false });
  const claim = useSuspenseQuery(read('/api/v1/claims/{id}', { params: { path: { id } } })).data;
  return (
    <Page title={say('企业认领', 'Claim')} tags={<State of={claim.state} table={CLAIM_STATE} />} narrow lead={claim.enterprise_name}>
      <Panel><ActionBar record={{ actions: claim.actions ?? [], version: claim.version }} /></Panel>
      <Panel>
        <Facts rows={[
          [say('企业', 'Enterprise'), <Link key="e" to="/enterprises/$id" params={{ id: claim.enterprise_id }}>{claim.enterprise_name}</Link>],
          [say('信用代码', 'Credit code'), <code key="c">{claim.credit_code}</code>],
          [say('申请人', 'Person'), claim.user_name], [say('邮箱', 'E-mail'), claim.user_email],
          [say('身份', 'Role'), label(MEMBER_ROLE, claim.role, lang)], [say('申请时间', 'Since'), <Moment key="s" at={claim.created_at} />],
          [say('说明', 'Message'), claim.message], [say('理由', 'Reason'), claim.reason],
        ]} />
      </Panel>
    </Page>
  );
}
