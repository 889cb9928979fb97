import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Progress } from 'antd';
import type { Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { lists } from '../../router';
import { Page, Panel, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { LinkButton } from '../../ui/LinkButton';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { label, options, REVIEW_STATE, TIER } from '../../words/labels';
import { marks } from '../../words/marks';
import { useLang, useSay } from '../../words/say';

type Row = Schemas['ReviewSummary'];

/** An expert's tasks with their own progress; for the office, everybody's. */
export function Reviews() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.reviews(filters.value)).data;
  const expert = may('review.score');
  const counted = page.items.filter((row) => ['assigned', 'open', 'submitted'].includes(row.state));
  const done = counted.filter((row) => row.state === 'submitted').length;
  const next = page.items.find((row) => row.state === 'open') ?? page.items.find((row) => row.state === 'assigned');
  return (
    <Page title={expert ? say('我的评审', 'My reviews') : say('专家评审', 'Expert reviews')} lead={expert ? say('先声明有无利益关系，再看材料打分；内容自动保存。', 'Declare any tie first, then score beside the material; everything is saved by itself.') : undefined}
      aside={expert && next && <LinkButton color="primary" variant="solid" to="/reviews/$id" params={{ id: next.id }}>{say('继续评审', 'Continue')}</LinkButton>}>
      {expert && counted.length > 0 && (
        <Panel title={say(`进度：已完成 ${done} / ${counted.length}`, `Progress: ${done} of ${counted.length} done`)}>
          <Progress percent={Math.round((done * 100) / counted.length)} showInfo={false} aria-label={say('评审进度', 'Progress')} />
        </Panel>
      )}
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[{ name: 'state', label: say('状态', 'State'), options: options(REVIEW_STATE, lang) }]} />
        <DataTable<Row> name="reviews" caption={say('评审', 'Reviews')} rows={page.items} id={(row) => row.id} empty={say('没有评审任务。', 'No reviews.')} columns={[
          { key: 'what', title: say('申报', 'Application'), show: (row) => <Link to="/reviews/$id" params={{ id: row.id }}>{row.enterprise ?? say('匿名申报', 'Blind')}</Link> },
          { key: 'tier', title: say('类别', 'Tier'), show: (row) => label(TIER, row.tier, lang) },
          ...(expert ? [] : [{ key: 'expert', title: say('专家', 'Expert'), show: (row: Row) => row.expert }]),
          { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={REVIEW_STATE} /> },
          { key: 'total', title: say('总分', 'Total'), right: true, show: (row) => (row.total === null || row.total === undefined ? '—' : marks(row.total)) },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
    </Page>
  );
}
