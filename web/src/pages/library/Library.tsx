import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Schemas } from '../../api/client';
import { lists } from '../../router';
import { Day, Page, Panel, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { label, LANE, MEMBERSHIP_STATE, options, TIER } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

export function Library() {
  const say = useSay();
  const lang = useLang();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.memberships(filters.value)).data;
  return (
    <Page title={say('未来潜力企业动态培育库', 'Library of potential future enterprises')}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[
          { name: 'state', label: say('状态', 'State'), options: options(MEMBERSHIP_STATE, lang) },
          { name: 'tier', label: say('类别', 'Tier'), options: options(TIER, lang) },
          { name: 'lane', label: say('通道', 'Lane'), options: options(LANE, lang) },
        ]} />
        <DataTable<Schemas['MembershipSummary']> name="library" caption={say('培育库', 'Library')} rows={page.items} id={(row) => row.id} empty={say('没有符合条件的企业。', 'No enterprise matches.')} columns={[
          { key: 'enterprise', title: say('企业', 'Enterprise'), show: (row) => <Link to="/library/$id" params={{ id: row.id }}>{row.enterprise_name}</Link> },
          { key: 'tier', title: say('类别', 'Tier'), show: (row) => label(TIER, row.tier, lang) },
          { key: 'lane', title: say('通道', 'Lane'), extra: true, show: (row) => label(LANE, row.lane, lang) },
          { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={MEMBERSHIP_STATE} /> },
          { key: 'number', title: say('证书编号', 'Certificate'), show: (row) => row.certificate_number ?? '—' },
          { key: 'to', title: say('有效期至', 'Valid to'), show: (row) => <Day on={row.valid_to} /> },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
    </Page>
  );
}
