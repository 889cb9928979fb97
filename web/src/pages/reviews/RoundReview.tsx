import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { read, write, type Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { asProblem, type Problem } from '../../api/problem';
import { CheckField, ChoiceField, ListField, MarksField, MomentField, NumberField, PercentField, TextField } from '../../form/fields';
import { ActionDialog } from '../../ui/actions';
import { Due, Empty, Facts, Mark, Moment, Page, Panel, ProblemNote, Rate } from '../../ui/basics';
import { label, METHOD, options, TIER, VISIBILITY } from '../../words/labels';
import { marks } from '../../words/marks';
import { useLang, useSay } from '../../words/say';
import { quotaLine } from './ranking';

/** How a round is reviewed: its plan, its panels and how they were drawn, and the ranking that results. */
export function RoundReview() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const { id = '' } = useParams({ strict: false });
  const round = useSuspenseQuery(read('/api/v1/rounds/{id}', { params: { path: { id } } })).data;
  const plan = useSuspenseQuery(read('/api/v1/rounds/{id}/review-plan', { params: { path: { id } } })).data;
  const draws = useSuspenseQuery(read('/api/v1/draws', { params: { query: { round_id: id } } })).data.items;
  const [dialog, setDialog] = useState<'plan' | 'draw' | null>(null);
  const edit = plan.actions.find((action) => action.action === 'review_plan.update');
  return (
    <Page title={say('专家评审', 'Expert review')} lead={<Link to="/rounds/$id" params={{ id }}>{round.name}</Link>}>
      <Panel title={say('评审方案', 'Plan')} extra={edit && <Button onClick={() => setDialog('plan')} disabled={!edit.allowed}>{say('修改方案', 'Edit')}</Button>}>
        <Facts rows={[
          [say('专家人数', 'Panel'), plan.panel?.size], [say('候补', 'Alternates'), plan.panel?.alternates],
          [say('技术专家不少于', 'Technical at least'), <Rate key="t" ppm={plan.panel?.min_technical_ppm} />], [say('财务专家不少于', 'Finance at least'), plan.panel?.min_finance],
          [say('同一单位不超过', 'Per employer at most'), plan.panel?.max_per_employer], [say('汇总方法', 'Method'), label(METHOD, plan.method, lang)],
          [say('有效评分不少于', 'Valid scores at least'), plan.min_valid], [say('分差上限', 'Spread limit'), plan.spread_limit === undefined ? null : say(`${marks(plan.spread_limit)} 分`, `${marks(plan.spread_limit)} points`)],
          [say('评分可见范围', 'Who sees whose'), label(VISIBILITY, plan.visibility, lang)], [say('匿名评审', 'Blind'), plan.blind ? say('是', 'yes') : say('否', 'no')],
          [say('截止', 'Due'), <Due key="d" at={plan.due_at} />],
        ]} />
      </Panel>
      <Panel title={say('抽取专家', 'Draws')} extra={may('panel.draw') && <Button type="primary" onClick={() => setDialog('draw')}>{say('抽取专家', 'Draw a panel')}</Button>}>
        {draws.length === 0 && <Empty>{say('还没有抽取。', 'No panel has been drawn yet.')}</Empty>}
        {draws.map((draw) => <Draw key={draw.id} id={draw.id} summary={draw} />)}
      </Panel>
      <Ranking round={round} />
      {dialog === 'plan' && edit && (
        <ActionDialog action={edit} version={plan.version} onClose={() => setDialog(null)} words={{ name: ['修改评审方案', 'Edit the plan'], press: ['保存', 'Save'], wide: true }}
          initial={Object.fromEntries(Object.entries(plan).filter(([key]) => !['actions', 'version', 'round_id'].includes(key)))}>
          <div className="grid">
            <NumberField at="/panel/size" label={say('专家人数（单数）', 'Panel (odd)')} /><NumberField at="/panel/alternates" label={say('候补人数', 'Alternates')} />
            <PercentField at="/panel/min_technical_ppm" label={say('技术专家占比不少于', 'Technical at least')} /><NumberField at="/panel/min_finance" label={say('财务专家不少于', 'Finance at least')} />
            <NumberField at="/panel/max_per_employer" label={say('同一单位不超过', 'Per employer at most')} /><ChoiceField at="/method" label={say('汇总方法', 'Method')} choices={options(METHOD, lang)} />
            <NumberField at="/min_valid" label={say('有效评分不少于', 'Valid scores at least')} /><MarksField at="/spread_limit" label={say('分差上限', 'Spread limit')} most={10000} />
            <ChoiceField at="/visibility" label={say('评分可见范围', 'Who sees whose')} choices={options(VISIBILITY, lang)} /><MomentField at="/due_at" label={say('截止', 'Due')} />
          </div>
          <CheckField at="/blind" label={say('匿名评审', 'Blind review')} />
        </ActionDialog>
      )}
      {dialog === 'draw' && (
        <ActionDialog action={{ action: 'panel.draw', allowed: true, method: 'POST', href: `/api/v1/rounds/${id}/panels` }} onClose={() => setDialog(null)}
          words={{ name: ['抽取专家', 'Draw a panel'], explain: ['按评审方案随机抽取专家和候补，自动避开利益冲突；随机种子和全过程留档，可以复现。', 'Members and alternates are drawn at random by the plan, conflicts left out; the seed and everything else is kept, so the draw can be repeated.'] }}>
          <ChoiceField at="/tier" label={say('类别', 'Tier')} empty={say('全部尚未抽取的申报', 'All without a panel')} choices={round.tiers.map((tier) => ({ value: tier, label: label(TIER, tier, lang) }))} />
          <ListField at="/fields" label={say('技术专家须熟悉的领域', 'Fields technical experts must know')} add={say('添加领域', 'Add a field')} blank={() => ''}>
            {(at) => <TextField at={at} label={say('领域', 'Field')} />}
          </ListField>
        </ActionDialog>
      )}
    </Page>
  );
}

/** A draw as it is kept: seed, who was drawn for which place, and who stood as an alternate. */
function Draw({ id, summary }: { id: string; summary: Schemas['DrawSummary'] }) {
  const say = useSay();
  const lang = useLang();
  const [draw, setDraw] = useState<Schemas['DrawView'] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const open = async () => {
    if (draw) return;
    try {
      setDraw(await write<Schemas['DrawView']>({ method: 'GET', href: `/api/v1/draws/${id}` }));
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  const names = new Map(draw?.experts.map((one) => [one.id, one.name]));
  const employers = new Map(draw?.candidates.map((one) => [one.expert_id, one.employer]));
  const line = (drawn: Schemas['Drawn']) => <li key={drawn.expert_id}>{[names.get(drawn.expert_id), employers.get(drawn.expert_id), label(KIND, drawn.kind, lang)].filter(Boolean).join(' · ')}</li>;
  return (
    <details onToggle={(e) => { if (e.currentTarget.open) void open(); }}>
      <summary><Moment at={summary.drawn_at} /> · <span translate="no">{summary.drawn_by.name}</span> {summary.replaces && <Mark tone="warn">{say('重新抽取', 'Drawn again')}</Mark>}</summary>
      <ProblemNote problem={problem} />
      {draw && (
        <>
          <Facts rows={[[say('随机种子', 'Seed'), <code key="s">{draw.seed}</code>], [say('抽取方法', 'Procedure'), <>{say('按类别分层随机抽取', 'Random within each kind')} <code>{draw.procedure}</code></>], [say('申报数', 'Applications'), draw.application_ids.length], [say('候选人数', 'Candidates'), draw.candidates.length]]} />
          <div className="halves">
            <div><h3>{say('专家', 'Members')}</h3><ul>{draw.result.members.map(line)}</ul></div>
            <div><h3>{say('候补', 'Alternates')}</h3><ul>{draw.result.alternates.map(line)}</ul></div>
          </div>
        </>
      )}
    </details>
  );
}

const KIND = { technical: ['技术', 'Technical'], finance: ['财务', 'Finance'], industry: ['产业', 'Industry'], investment: ['投资', 'Investment'] } as const;

/** The result as it would be frozen now, with the line that the quota draws; other quotas can be tried without changing anything. */
function Ranking({ round }: { round: Schemas['RoundView'] }) {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const [tier, setTier] = useState<string>(round.tiers[0] ?? '');
  const [places, setPlaces] = useState<string>('');
  const [result, setResult] = useState<Schemas['FreezeView'] | null>(null);
  const [names, setNames] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [freezing, setFreezing] = useState(false);
  const [busy, setBusy] = useState(false);
  if (!may('score.freeze')) return null;
  const quota = places === '' ? round.quotas[tier] : Number(places);
  const rows = quotaLine(result?.results ?? [], quota);
  const rank = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const [answer, cases] = await Promise.all([
        write<Schemas['FreezeView']>({ method: 'POST', href: `/api/v1/rounds/${round.id}/score-freeze`, body: { tier, dry_run: true } }),
        write<Schemas['Page_ApplicationSummary']>({ method: 'GET', href: `/api/v1/applications?round_id=${round.id}&tier=${tier}&limit=200` }),
      ]);
      setResult(answer);
      setNames(Object.fromEntries(cases.items.map((one) => [one.id, one.enterprise.name])));
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Panel title={say('排名与名额线', 'Ranking and quota line')}>
      <div className="filters">
        <label className="filter"><span>{say('类别', 'Tier')}</span><select className="input" value={tier} onChange={(e) => { setTier(e.target.value); setResult(null); setPlaces(''); }}>{round.tiers.map((one) => <option key={one} value={one}>{label(TIER, one, lang)}</option>)}</select></label>
        <label className="filter"><span>{say('假如名额为', 'What if the quota were')}</span><input className="input" inputMode="numeric" value={places} placeholder={quota === undefined ? say('不限', 'none') : String(quota)} onChange={(e) => setPlaces(e.target.value.replace(/\D/g, ''))} /></label>
        <Button onClick={() => void rank()} loading={busy}>{say('计算排名（不写入）', 'Rank (nothing is written)')}</Button>
        {result && <Button type="primary" disabled={result.results.some((one) => !one.ok)} onClick={() => setFreezing(true)}>{say('固定评分', 'Freeze the scores')}</Button>}
      </div>
      <ProblemNote problem={problem} />
      {result && (
        <table className="data">
          <caption className="unseen">{say('排名', 'Ranking')}</caption>
          <thead><tr><th scope="col">{say('名次', 'Rank')}</th><th scope="col">{say('企业', 'Enterprise')}</th><th scope="col" className="right">{say('总分', 'Total')}</th><th scope="col">{say('结果', 'Result')}</th></tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.application_id} className={row.within ? 'chosen' : undefined}>
                <td data-label={say('名次', 'Rank')}>{row.rank ?? '—'}</td>
                <td data-label={say('企业', 'Enterprise')}><Link to="/applications/$id" params={{ id: row.application_id }}>{names[row.application_id] ?? row.application_id}</Link></td>
                <td data-label={say('总分', 'Total')} className="right">{row.total === null || row.total === undefined ? '—' : marks(row.total)}</td>
                <td data-label={say('结果', 'Result')}>{!row.ok ? row.reason ?? row.code : row.within ? <Mark tone="good">{say('名额内', 'Within the quota')}</Mark> : row.passed ? <Mark tone="warn">{say('合格，名额外', 'Passed, beyond the quota')}</Mark> : <Mark>{say('不合格', 'Not passed')}</Mark>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {freezing && <ActionDialog action={{ action: 'score.freeze', allowed: true, method: 'POST', href: `/api/v1/rounds/${round.id}/score-freeze` }} initial={{ tier, dry_run: false }} onClose={() => setFreezing(false)}
        words={{ name: ['固定评分', 'Freeze the scores'], explain: ['固定后申报进入“评审完成”，分数不再变化。', 'The applications become scored; the scores no longer change.'] }} />}
    </Panel>
  );
}
