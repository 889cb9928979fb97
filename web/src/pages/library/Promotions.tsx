import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Schemas } from '../../api/client';
import { lists } from '../../router';
import { Day, Page, Panel, Rate } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { label, options, TIER } from '../../words/labels';
import { useLang, useSay } from '../../words/say';
import { roundedShare } from '../../words/money';

/** Who stands closest to the next tier, and so is worth a support plan now. */
export function Promotions() {
  const say = useSay();
  const lang = useLang();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.promotions(filters.value)).data;
  return (
    <Page title={say('晋级储备', 'Closest to promotion')} lead={say('不满足的条件最少者在前，其次看能度量的条件中差距最大的一项，差距小者在前。待人工核验的条件不计。', 'Fewest missing rules first, then the smaller gap, taking of each the largest that can be measured. What an officer has yet to judge does not count.')}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[{ name: 'next_tier', label: say('高一级类别', 'Next tier'), options: options(TIER, lang) }]} />
        <DataTable<Schemas['PromotionSummary']> name="promotions" caption={say('晋级储备', 'Promotion')} rows={page.items} id={(row) => row.membership_id} empty={say('没有在库企业。', 'No members.')} columns={[
          { key: 'enterprise', title: say('企业', 'Enterprise'), show: (row) => <Link to="/library/$id" params={{ id: row.membership_id }}>{row.enterprise_name}</Link> },
          { key: 'tier', title: say('现类别', 'Tier'), show: (row) => label(TIER, row.tier, lang) },
          { key: 'next', title: say('高一级类别', 'Next tier'), show: (row) => label(TIER, row.next_tier, lang) },
          { key: 'unmet', title: say('至少还差', 'Rules short'), right: true, show: (row) => say(`${row.unmet} 项`, `${row.unmet}`) },
          { key: 'gap', title: say('最大差距', 'Largest gap'), right: true, show: (row) => (row.unmet === 0 ? '—' : row.largest_gap_ppm === null || row.largest_gap_ppm === undefined ? <span className="soft">{say('无法度量', 'Cannot be measured')}</span> : <Rate ppm={roundedShare(row.largest_gap_ppm)} />) },
          { key: 'of', title: say('数据日期', 'Figures of'), extra: true, show: (row) => <Day on={row.as_of} /> },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
    </Page>
  );
}
