import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { drawnQuery, lists } from '../../router';
import { ActionDialog } from '../../ui/actions';
import { Empty, Facts, Mark, Moment, Page, Panel, ProblemNote, Rate } from '../../ui/basics';
import { Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { label, RECHECK_OUTCOME, RECHECK_STATE } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

/** Draws of members to look at again (双随机): each is drawn again while it is read, so anybody can see that nobody was chosen. */
export function RecheckDraws() {
  const say = useSay();
  const may = useMay();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.recheckDraws(filters.value)).data;
  const [drawing, setDrawing] = useState(false);
  return (
    <Page title={say('双随机抽查', 'Random draws')} lead={say('按种子与企业编号的散列值排序抽取，种子、候选名单和结果留存，可重放验证。', 'Members come in the order of a hash over a seed and their ids. Seed, candidates and result are kept, so the draw can be repeated.')}
      aside={may('recheck_draw.create') && <Button type="primary" onClick={() => setDrawing(true)}>{say('双随机抽取', 'Draw')}</Button>}>
      {page.items.length === 0 && <Panel><Empty>{say('还没有抽取过。', 'Nothing was drawn yet.')}</Empty></Panel>}
      {page.items.map((draw) => <Draw key={draw.id} draw={draw} />)}
      <Pager next={page.next} cursor={filters.value.cursor} shown={page.items.length} onCursor={filters.page} />
      {drawing && <ActionDialog action={{ action: 'recheck_draw.create', allowed: true, method: 'POST', href: '/api/v1/recheck-draws' }} onClose={() => setDrawing(false)} />}
    </Page>
  );
}

function Draw({ draw }: { draw: Schemas['RecheckDrawView'] }) {
  const say = useSay();
  const [opened, setOpened] = useState(false);
  return (
    <Panel title={<Moment at={draw.created_at} />} extra={draw.replayed ? <Mark tone="good">{say('重放结果一致', 'Replay matches')}</Mark> : <Mark tone="bad">{say('重放结果不一致', 'Drawn again: not the same')}</Mark>}>
      <Facts rows={[
        [say('抽取比例', 'Share'), <Rate key="s" ppm={draw.share_ppm} />], [say('候选', 'Candidates'), draw.candidates.length], [say('抽中', 'Drawn'), draw.drawn.length], [say('随机种子', 'Seed'), <code key="d">{draw.seed}</code>],
      ]} />
      <details className="below" onToggle={(e) => setOpened(e.currentTarget.open)}><summary>{say('抽中的企业', 'Who was drawn')}</summary>{opened && <Drawn draw={draw} />}</details>
    </Panel>
  );
}

/** In the order of the draw, each with what its re-check led to. */
function Drawn({ draw }: { draw: Schemas['RecheckDrawView'] }) {
  const lang = useLang();
  const { data, error } = useQuery(drawnQuery(draw.id));
  const place = (one: Schemas['RecheckSummary']) => draw.drawn.indexOf(one.membership_id);
  const rechecks = [...(data?.items ?? [])].sort((a, b) => place(a) - place(b));
  return (
    <>
      <ProblemNote problem={error} />
      <ol className="plain-list">{rechecks.map((one) => (
        <li key={one.id}><Link to="/rechecks/$id" params={{ id: one.id }}>{one.enterprise_name}</Link> · {one.outcome ? label(RECHECK_OUTCOME, one.outcome, lang) : label(RECHECK_STATE, one.state, lang)}</li>
      ))}</ol>
    </>
  );
}
