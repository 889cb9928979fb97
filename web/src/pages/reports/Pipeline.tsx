import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import type { Schemas } from '../../api/client';
import { reports, ROUNDS, TRACKS, type Search } from '../../router';
import { Empty, Page, Panel, Wide } from '../../ui/basics';
import { Chart } from '../../ui/Chart';
import { Filters } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { APPLICATION_STATE, label, TIER } from '../../words/labels';
import { today } from '../../words/dates';
import { told, useLang, useSay, type Say } from '../../words/say';
import { days } from './days';

const STAGE: Record<string, Say> = {
  begun: ['开始填报', 'Begun'], submitted: ['提交', 'Submitted'], accepted: ['受理', 'Accepted'], proposed: ['拟认定', 'Proposed'], recognised: ['认定', 'Recognised'],
};
const COLOURS = ['#0b5c7a', '#2b86a3', '#62aec6', '#8fc7d9', '#14693b'];
const INK = '#16242c';
const TIERS = ['seed', 'future_star', 'leading', 'ecosystem'] as const;

/** What leaders look at: how far, where to, where, how long. Every figure leads to the list behind it. */
export function Pipeline() {
  const say = useSay();
  const filters = useFilters();
  const rounds = useSuspenseQuery(ROUNDS).data.items;
  const years = [...new Set([Number(today().slice(0, 4)), ...rounds.map((round) => round.year)])].sort((a, b) => b - a);
  return (
    <Page title={say('培育全景', 'Pipeline')} lead={say('点击表中的数字，可以看到对应的名单。', 'Every figure of the tables leads to the list behind it.')}>
      <Filters value={filters.value} onChange={filters.set} filters={[
        { name: 'year', label: say('年度', 'Year'), options: years.map((year) => ({ value: String(year), label: String(year) })) },
        { name: 'round_id', label: say('批次', 'Round'), options: rounds.map((round) => ({ value: round.id, label: round.name })) },
      ]} />
      <div className="halves">
        <Funnel />
        <Durations />
      </div>
      <Flow />
      <HeatMap />
    </Page>
  );
}

function Funnel() {
  const say = useSay();
  const lang = useLang();
  const { value } = useFilters();
  const navigate = useNavigate();
  const funnel = useSuspenseQuery(reports.funnel(value)).data;
  const option = useMemo(() => ({
    color: COLOURS, tooltip: { trigger: 'item' },
    series: [{ type: 'funnel', sort: 'none', minSize: '12%', left: '4%', right: 120, top: 10, bottom: 10, label: { position: 'right', formatter: '{b} {c}', color: INK, fontSize: 13 },
      data: funnel.stages.map((row) => ({ name: label(STAGE, row.stage, lang), value: row.count })) }],
  }), [funnel, lang]);
  const within = scope(value);
  return (
    <Panel title={say('申报漏斗', 'Funnel')}>
      <Chart option={option} label={say('申报漏斗图', 'Funnel of applications')} onPick={() => void navigate({ to: '/queue', search: within })} />
      <Wide label={say('现处状态', 'State now')}><table className="compare">
        <thead><tr><th scope="col">{say('现处状态', 'State now')}</th><th scope="col">{say('件数', 'Applications')}</th></tr></thead>
        <tbody>{inOrder(funnel.states).map((row) => (
          <tr key={row.state}><th scope="row">{label(APPLICATION_STATE, row.state, lang)}</th><td><Link to="/queue" search={{ ...within, state: row.state }}>{row.count}</Link></td></tr>
        ))}</tbody>
      </table></Wide>
    </Panel>
  );
}

/** The round or the year that the figures are of: the list behind a figure is of the same. */
function scope(value: Search): Search {
  return { ...(value.year ? { year: value.year } : {}), ...(value.round_id ? { round_id: value.round_id } : {}) };
}

/** As a case runs through them, not as their codes are spelt. */
function inOrder<Row extends { state: string }>(rows: Row[]): Row[] {
  const places = Object.keys(APPLICATION_STATE);
  return [...rows].sort((a, b) => places.indexOf(a.state) - places.indexOf(b.state));
}

function Durations() {
  const say = useSay();
  const lang = useLang();
  const { value } = useFilters();
  const rows = useSuspenseQuery(reports.durations(value)).data.states;
  const option = useMemo(() => ({
    color: COLOURS, tooltip: {}, grid: { left: 8, right: 40, top: 10, bottom: 8, containLabel: true },
    xAxis: { type: 'value', name: lang === 'en' ? 'days' : '天' },
    yAxis: { type: 'category', inverse: true, data: rows.map((row) => label(APPLICATION_STATE, row.state, lang)) },
    series: [{ type: 'bar', data: rows.map((row) => Math.round(row.median_seconds / 8640) / 10), label: { show: true, position: 'right' } }],
  }), [rows, lang]);
  return (
    <Panel title={say('各环节停留时间（中位数）', 'Time in each state (median)')}>
      {rows.length === 0 ? <Empty>{say('还没有办完的环节。', 'Nothing has been completed yet.')}</Empty> : (
        <>
          <Chart option={option} label={say('各环节停留天数图', 'Days in each state')} />
          <Wide label={say('各环节停留时间（中位数）', 'Time in each state (median)')}><table className="compare">
            <thead><tr><th scope="col">{say('状态', 'State')}</th><th scope="col">{say('中位天数', 'Median days')}</th><th scope="col">{say('次数', 'Times')}</th></tr></thead>
            <tbody>{rows.map((row) => <tr key={row.state}><th scope="row"><Link to="/queue" search={{ ...scope(value), state: row.state }}>{label(APPLICATION_STATE, row.state, lang)}</Link></th><td>{days(row.median_seconds)}</td><td>{row.count}</td></tr>)}</tbody>
          </table></Wide>
        </>
      )}
    </Panel>
  );
}

function Flow() {
  const say = useSay();
  const lang = useLang();
  const links = useSuspenseQuery(reports.flow()).data.links;
  const name = (at: Schemas['Standing']) => `${at.year} ${at.tier ? label(TIER, at.tier, lang) : lang === 'en' ? 'not a member' : '不在梯队'}`;
  const nodes = [...new Set(links.flatMap((link) => [name(link.from), name(link.to)]))];
  const option = useMemo(() => ({
    color: COLOURS, tooltip: {}, series: [{ type: 'sankey', left: 10, right: 140, label: { color: INK, formatter: (at: { name: string; value: number }) => `${at.name} ${at.value}` }, top: 10, bottom: 10, nodeAlign: 'left', emphasis: { focus: 'adjacency' }, lineStyle: { color: 'gradient', opacity: 0.4 },
      data: nodes.map((node) => ({ name: node })), links: links.map((link) => ({ source: name(link.from), target: name(link.to), value: link.count })) }],
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the names follow from the links and the language
  }), [links, lang]);
  return (
    <Panel title={say('梯队流动', 'Movement between tiers')}>
      {links.length === 0 ? <Empty>{say('还没有跨年度的在库企业。', 'No enterprise has been in the library over a year’s end yet.')}</Empty> : (
        <>
          <Chart option={option} label={say('梯队年度流动图', 'Flow between tiers over the years')} />
          <details><summary>{say('以表格查看', 'As a table')}</summary>
            <Wide label={say('梯队流动', 'Movement between tiers')}><table className="compare">
              <thead><tr><th scope="col">{say('年末', 'At year’s end')}</th><th scope="col">{say('次年末', 'A year later')}</th><th scope="col">{say('企业数', 'Enterprises')}</th></tr></thead>
              <tbody>{links.map((link, i) => <tr key={i}><td><At standing={link.from}>{name(link.from)}</At></td><td><At standing={link.to}>{name(link.to)}</At></td><td>{link.count}</td></tr>)}</tbody>
            </table></Wide>
          </details>
        </>
      )}
    </Panel>
  );
}

/** The library as it stood at the end of that year. */
function At({ standing, children }: { standing: Schemas['Standing']; children: ReactNode }) {
  if (!standing.tier) return <>{children}</>;
  const end = `${standing.year}-12-31`;
  return <Link to="/library" search={{ tier: standing.tier, ...(end < today() ? { as_of: end } : {}) }}>{children}</Link>;
}

function HeatMap() {
  const say = useSay();
  const lang = useLang();
  const navigate = useNavigate();
  const cells = useSuspenseQuery(reports.heat()).data.cells;
  const catalogue = useSuspenseQuery(TRACKS).data;
  const tracks = catalogue.tracks;
  // Four names do not fit beside one another on a phone.
  const narrow = innerWidth < 640;
  const count = (track: string, tier: string) => cells.find((cell) => cell.track === track && cell.tier === tier)?.count ?? 0;
  const option = useMemo(() => ({
    tooltip: {}, grid: { left: 8, right: 20, top: 10, bottom: 44, containLabel: true },
    xAxis: { type: 'category', data: TIERS.map((tier) => label(TIER, tier, lang)), axisLabel: { interval: 0, rotate: narrow ? 40 : 0 } },
    yAxis: { type: 'category', inverse: true, data: tracks.map((track) => told(track.name, lang)) },
    visualMap: { min: 0, max: Math.max(1, ...cells.map((cell) => cell.count)), orient: 'horizontal', left: 'center', bottom: 0, calculable: false, text: [String(Math.max(1, ...cells.map((cell) => cell.count))), '0'], inRange: { color: ['#f1f6f8', '#0b5c7a'] } },
    series: [{ type: 'heatmap', label: { show: true, color: '#16242c', backgroundColor: 'rgba(255,255,255,0.75)', padding: [1, 5], borderRadius: 3 }, data: tracks.flatMap((track, y) => TIERS.map((tier, x) => [x, y, count(track.code, tier)])) }],
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the counts follow from the cells
  }), [cells, tracks, lang, narrow]);
  return (
    <Panel title={say('赛道热力图（在库企业）', 'Tracks (enterprises in the library)')}>
      <Chart option={option} label={say('赛道与类别热力图', 'Heat map of tracks and tiers')} onPick={(data) => {
        const [x, y] = data as [number, number];
        const [track, tier] = [tracks[y]?.code, TIERS[x]];
        if (track && tier) void navigate({ to: '/enterprises', search: { track, tier } });
      }} />
      <details><summary>{say('以表格查看', 'As a table')}</summary>
        <Wide label={say('赛道与类别', 'Tracks and tiers')}>
          <table className="compare">
            <thead><tr><th scope="col">{say('赛道', 'Track')}</th>{TIERS.map((tier) => <th key={tier} scope="col">{label(TIER, tier, lang)}</th>)}</tr></thead>
            <tbody>{tracks.map((track) => <tr key={track.code}><th scope="row">{told(track.name, lang)}</th>{TIERS.map((tier) => <td key={tier}><Link to="/enterprises" search={{ track: track.code, tier }}>{count(track.code, tier)}</Link></td>)}</tr>)}</tbody>
          </table>
        </Wide>
      </details>
    </Panel>
  );
}

