import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { read, type Action, type Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { lists } from '../../router';
import { ActionBar, ActionDialog } from '../../ui/actions';
import { Amount, Day, Facts, Mark, Moment, Page, Panel } from '../../ui/basics';
import { DataTable, type Column } from '../../ui/DataTable';
import { EnterpriseLink } from '../../ui/EnterpriseLink';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { label, LINK_KIND } from '../../words/labels';
import { useLang, useSay, type Lang, type Speak } from '../../words/say';
import { EditLink, NewLink } from './LinkDialogs';
import { NewLead } from './LeadDialogs';
import { useTrackChoices, useTrackName } from './tracks';

type Row = Schemas['LinkView'];

/** Who does what with whom; the thing itself leads to the link. */
export function linkColumns(say: Speak, lang: Lang): Array<Column<Row>> {
  return [
    { key: 'item', title: say('产品或合作内容', 'What'), show: (row) => <Link to="/links/$id" params={{ id: row.id }}>{row.item}</Link> },
    { key: 'enterprise', title: say('企业', 'Enterprise'), show: (row) => row.enterprise_name },
    { key: 'kind', title: say('关系', 'Relation'), show: (row) => label(LINK_KIND, row.kind, lang) },
    { key: 'counterpart', title: say('对方', 'The other side'), show: (row) => row.counterpart_name ?? <Mark tone="warn">{say('缺失', 'Missing')}</Mark> },
  ];
}

export function Links() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const filters = useFilters();
  const tracks = useTrackChoices();
  const name = useTrackName();
  const page = useSuspenseQuery(lists.links(filters.value)).data;
  const [making, setMaking] = useState(false);
  return (
    <Page title={say('上下游关系', 'Links in the chain')} lead={say('企业之间的供应、采购和联合研发；没有对方的即缺失环节。生态型企业的条件读取这里的关系。', 'Who supplies, buys from or develops with whom; without the other side it is missing. The rules for ecosystem enterprises read these links.')}
      aside={may('enterprise_link.write') && <Button type="primary" onClick={() => setMaking(true)}>{say('登记上下游关系', 'Add a link')}</Button>}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[
          { name: 'track', label: say('赛道', 'Track'), options: tracks }, { name: 'missing', label: say('对方', 'The other side'), options: [{ value: 'true', label: say('缺失', 'Missing') }, { value: 'false', label: say('已有', 'Known') }] },
        ]} />
        <DataTable<Row> name="links" caption={say('上下游关系', 'Links')} rows={page.items} id={(row) => row.id} empty={say('没有登记的关系。', 'No links.')} columns={[
          ...linkColumns(say, lang), { key: 'track', title: say('赛道', 'Track'), show: (row) => name(row.track) },
          { key: 'until', title: say('至', 'Until'), extra: true, show: (row) => <Day on={row.ends_on} /> },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      {making && <NewLink track={filters.value.track} onClose={() => setMaking(false)} />}
    </Page>
  );
}

export function LinkPage() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const name = useTrackName();
  const { id = '' } = useParams({ strict: false });
  const link = useSuspenseQuery(read('/api/v1/enterprise-links/{id}', { params: { path: { id } } })).data;
  const [doing, setDoing] = useState<Action | null>(null);
  const [courting, setCourting] = useState(false);
  return (
    <Page title={link.item} tags={link.missing ? <Mark tone="warn">{say('缺失环节', 'Missing')}</Mark> : link.ended_at ? <Mark>{say('已结束', 'Ended')}</Mark> : undefined} narrow
      lead={may('supply.view') ? <Link to="/tracks/$code" params={{ code: link.track }}>{name(link.track)}</Link> : name(link.track)}
      aside={link.missing && may('recruitment_lead.write') && <Button onClick={() => setCourting(true)}>{say('登记招引线索', 'Add a lead')}</Button>}>
      <Panel><ActionBar record={{ actions: link.actions ?? [], version: link.version }} own={{ 'enterprise_link.write': setDoing }} /></Panel>
      <Panel>
        <Facts rows={[
          [say('企业', 'Enterprise'), <EnterpriseLink key="e" id={link.enterprise_id} name={link.enterprise_name} />], [say('关系', 'Relation'), label(LINK_KIND, link.kind, lang)],
          [say('对方', 'The other side'), link.counterpart_id && link.counterpart_name ? <EnterpriseLink key="c" id={link.counterpart_id} name={link.counterpart_name} /> : '—'],
          [say('合同编号', 'Contract no.'), link.contract_number], [say('合同金额', 'Value of the contract'), <Amount key="a" fen={link.amount_fen} />],
          [say('期间', 'Period'), link.starts_on && <span key="p"><Day on={link.starts_on} /> – <Day on={link.ends_on} /></span>], link.ended_at ? [say('结束时间', 'Ended'), <Moment key="x" at={link.ended_at} />] : false,
        ]} />
      </Panel>
      {doing?.method === 'PATCH' && <EditLink link={link} action={doing} onClose={() => setDoing(null)} />}
      {doing && doing.method !== 'PATCH' && <ActionDialog action={doing} version={link.version} onClose={() => setDoing(null)} />}
      {courting && <NewLead track={link.track} link={link} onClose={() => setCourting(false)} />}
    </Page>
  );
}
