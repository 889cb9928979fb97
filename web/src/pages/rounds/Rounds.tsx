import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { lists } from '../../router';
import { Day, Moment, Page, Panel, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { LinkButton } from '../../ui/LinkButton';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { label, options, ROUND_STATE, TIER } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

export function Rounds() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.rounds(filters.value)).data;
  return (
    <Page title={say('批次', 'Rounds')} aside={may('round.create') && <LinkButton color="primary" variant="solid" to="/rounds/new">{say('新建批次', 'New round')}</LinkButton>}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[
          { name: 'state', label: say('状态', 'State'), options: options(ROUND_STATE, lang) },
          { name: 'year', label: say('年度', 'Year'), text: true },
        ]} />
        <DataTable<Schemas['RoundSummary']> name="rounds" caption={say('批次', 'Rounds')} rows={page.items} id={(row) => row.id} empty={say('没有批次。', 'No rounds.')} columns={[
          { key: 'name', title: say('名称', 'Name'), show: (row) => <Link to="/rounds/$id" params={{ id: row.id }}>{row.name}</Link> },
          { key: 'tiers', title: say('类别', 'Tiers'), show: (row) => row.tiers.map((tier) => label(TIER, tier, lang)).join(lang === 'en' ? ', ' : '、') },
          { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={ROUND_STATE} /> },
          { key: 'opens', title: say('开始', 'Opens'), show: (row) => <Moment at={row.opens_at} /> },
          { key: 'closes', title: say('截止', 'Closes'), show: (row) => <Moment at={row.closes_at} /> },
          { key: 'publicity', title: say('公示至', 'Notice until'), extra: true, show: (row) => <Day on={row.publicity_ends_on} /> },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} shown={page.items.length} onCursor={filters.page} />
      </Panel>
    </Page>
  );
}
