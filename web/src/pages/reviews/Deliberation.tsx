import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { read, type Action, type Schemas } from '../../api/client';
import { AreaField, DateField, ListField, NumberField, TextField } from '../../form/fields';
import { rankingQuery } from '../../router';
import { ActionButton, ActionDialog } from '../../ui/actions';
import { Day, Empty, Facts, Mark, Moment, Page, Panel, State, Wide } from '../../ui/basics';
import { useFilters } from '../../ui/useFilters';
import { APPLICATION_STATE, label, TIER } from '../../words/labels';
import { marks } from '../../words/marks';
import { told, useLang, useSay } from '../../words/say';

type Ranking = Schemas['RankingView'];
type Row = Schemas['RankedView'];

/** The joint meeting: the ranking of each tier with the line its quota draws, other quotas and weights on trial, minutes, and the release. */
export function Deliberation() {
  const say = useSay();
  const lang = useLang();
  const { id = '' } = useParams({ strict: false });
  const { value, set } = useFilters();
  const round = useSuspenseQuery(read('/api/v1/rounds/{id}', { params: { path: { id } } })).data;
  const tier = value.tier ?? round.tiers[0] ?? 'seed';
  return (
    <Page title={say('联席审议', 'Deliberation')} lead={<Link to="/rounds/$id" params={{ id }}>{round.name}</Link>} aside={<Button onClick={() => print()}>{say('打印', 'Print')}</Button>}>
      <Minutes id={id} />
      <Panel>
        <form className="filters" role="search" onSubmit={(e) => e.preventDefault()}>
          <label className="filter"><span>{say('类别', 'Tier')}</span><select className="input" value={tier} onChange={(e) => set('tier', e.target.value)}>{round.tiers.map((one) => <option key={one} value={one}>{label(TIER, one, lang)}</option>)}</select></label>
          <Try name="quota" title={say('假如名额为', 'What if the quota were')} />
        </form>
        <Table key={`${tier} ${value.quota ?? ''} ${value.weights ?? ''}`} id={id} tier={tier} />
      </Panel>
    </Page>
  );
}

/** Something to try: sent when it is left or Enter is pressed. */
function Try({ name, title }: { name: string; title: string }) {
  const { value, set } = useFilters();
  const send = (typed: string) => { if ((typed.trim() || undefined) !== value[name]) set(name, typed.trim() || undefined); };
  return (
    <label className="filter"><span>{title}</span>
      <input className="input" type="number" min={0} key={value[name] ?? ''} defaultValue={value[name] ?? ''} onKeyDown={(e) => { if (e.key === 'Enter') send(e.currentTarget.value); }} onBlur={(e) => send(e.currentTarget.value)} /></label>
  );
}

/** Other weights to try: they sum to 100, and a dimension left out counts nothing. */
function Weights({ dimensions }: { dimensions: Ranking['dimensions'] }) {
  const say = useSay();
  const lang = useLang();
  const { value, set } = useFilters();
  const [typed, setTyped] = useState<Record<string, string>>(() => Object.fromEntries(value.weights === undefined ? dimensions.map((one) => [one.code, String(one.weight)]) : value.weights.split(',').filter(Boolean).map((one) => one.split(':') as [string, string])));
  const given = Object.entries(typed).filter(([, weight]) => Number(weight) > 0);
  const sum = given.reduce((all, [, weight]) => all + Number(weight), 0);
  return (
    <details open={value.weights !== undefined}>
      <summary>{say('假如权重为', 'What if the weights were')}</summary>
      <form className="filters" onSubmit={(e) => { e.preventDefault(); set('weights', given.map(([code, weight]) => `${code}:${weight}`).join(',') || undefined); }}>
        {dimensions.map(({ code, name, weight }) => (
          <label key={code} className="filter"><span>{told(name, lang)}{say(`（现为 ${weight}）`, ` (now ${weight})`)}</span>
            <input className="input" type="number" min={0} max={100} value={typed[code] ?? ''} placeholder="0" onChange={(e) => setTyped({ ...typed, [code]: e.target.value })} /></label>
        ))}
        <span role="status" className={sum === 100 ? 'soft' : 'field-fault'}>{sum === 100 ? say('合计 100', '100 in all') : say(`合计 ${sum}，应为 100`, `${sum} in all, to be 100`)}</span>
        <Button htmlType="submit" disabled={sum !== 100}>{say('试算', 'Try')}</Button>
        {value.weights !== undefined && <Button type="link" onClick={() => set('weights', undefined)}>{say('恢复原权重', 'Back to the real weights')}</Button>}
      </form>
    </details>
  );
}

function Table({ id, tier }: { id: string; tier: string }) {
  const say = useSay();
  const lang = useLang();
  const { value } = useFilters();
  const ranking = useSuspenseQuery(rankingQuery(id, { ...value, tier })).data;
  const [moving, setMoving] = useState<{ action: Action; row: Row } | null>(null);
  const [releasing, setReleasing] = useState<Action | null>(null);
  const move = ranking.actions.find((one) => one.action === 'ranking.move');
  const release = ranking.actions.find((one) => one.action === 'ranking.release');
  const dimension = (code: string) => told(ranking.dimensions.find((one) => one.code === code)?.name ?? [code, code], lang);
  const above = ranking.items.filter((row) => row.above_line).length;
  return (
    <>
      <Weights dimensions={ranking.dimensions} />
      {ranking.trial && <Alert className="problem" role="status" type="info" showIcon title={say('试算：没有写入，手工调整不计入', 'On trial: nothing is stored, and moves by hand are left aside')} />}
      {ranking.unscored > 0 && <Alert className="problem" type="warning" showIcon title={say(`还有 ${ranking.unscored} 件没有评审结果`, `${ranking.unscored} have no result yet`)} />}
      <p>{ranking.quota === null || ranking.quota === undefined ? say('名额不限', 'No limit of places') : say(`名额 ${ranking.quota}`, `${ranking.quota} ${ranking.quota === 1 ? 'place' : 'places'}`)} · {say(`名额内 ${above} 件`, `${above} above the line`)} · {say('同分依次比较：', 'Equal totals are told apart by ')}{ranking.tie_rule.map(dimension).join(say('、', ', ')) || '—'}</p>
      {ranking.items.length === 0 ? <Empty>{say('还没有评审结果。', 'No results yet.')}</Empty> : <Rows ranking={ranking} onMove={move?.allowed && !ranking.trial ? (row) => setMoving({ action: move, row }) : undefined} />}
      {!ranking.trial && release && <div className="actions" style={{ marginTop: 12 }}><ActionButton action={release} primary onPress={() => setReleasing(release)}>{say('整体提请审批', 'Send all for approval')}</ActionButton></div>}
      {ranking.moves.length > 0 && (
        <>
          <h3>{say('手工调整记录', 'Moves by hand')}</h3>
          <ul>{ranking.moves.map((one, i) => <li key={i}><Moment at={one.at} /> · {ranking.items.find((row) => row.application_id === one.application_id)?.enterprise ?? one.application_id} → {one.to_position}{say('：', ': ')}{one.reason}</li>)}</ul>
        </>
      )}
      {moving && (
        <ActionDialog action={moving.action} version={ranking.version} onClose={() => setMoving(null)} initial={{ tier, application_id: moving.row.application_id, to_position: moving.row.position }}
          words={{ name: ['调整名次', 'Move by hand'], explain: ['每次调整都留痕，并出现在审批内容里。', 'Every move is kept and shown to whoever approves.'] }}>
          <p translate="no"><strong>{moving.row.enterprise}</strong></p>
          <NumberField at="/to_position" label={say('调整到第几位', 'To place')} required /><AreaField at="/reason" label={say('理由', 'Reason')} required />
        </ActionDialog>
      )}
      {releasing && (
        <ActionDialog action={releasing} version={ranking.version} onClose={() => setReleasing(null)} initial={{ tier }}
          words={{ name: ['整体提请审批', 'Send all for approval'], explain: ['名额内的列入拟认定，名额外的不予入选，一次批准、同时生效。', 'Above the line proposed, the others not selected: one approval, all at once.'], done: ['已提请审批', 'Sent for approval'] }}>
          <AreaField at="/reason" label={say('理由', 'Reason')} required />
        </ActionDialog>
      )}
    </>
  );
}

function Rows({ ranking, onMove }: { ranking: Ranking; onMove?: ((row: Row) => void) | undefined }) {
  const say = useSay();
  const last = ranking.items.filter((row) => row.above_line).at(-1);
  return (
    <Wide label={say('排名', 'Ranking')}>
      <table className="data">
        <caption className="unseen">{say('排名', 'Ranking')}</caption>
        <thead><tr><th scope="col">{say('位次', 'Place')}</th><th scope="col">{say('企业', 'Enterprise')}</th><th scope="col" className="right">{say('总分', 'Total')}</th><th scope="col">{say('状态', 'State')}</th><th scope="col">{say('结果', 'Result')}</th>{onMove && <th scope="col">{say('操作', 'Action')}</th>}</tr></thead>
        <tbody>{ranking.items.map((row) => (
          <tr key={row.application_id} className={row.above_line ? (row === last ? 'chosen quota-line' : 'chosen') : undefined}>
            <td data-label={say('位次', 'Place')}>{row.position}{row.position !== row.computed_position && <span className="soft">{say(`（按分第 ${row.computed_position}）`, ` (${row.computed_position} by marks)`)}</span>}</td>
            <td data-label={say('企业', 'Enterprise')}><Link to="/applications/$id" params={{ id: row.application_id }}>{row.enterprise}</Link></td>
            <td data-label={say('总分', 'Total')} className="right">{marks(row.total)}</td>
            <td data-label={say('状态', 'State')}><State of={row.state} table={APPLICATION_STATE} /></td>
            <td data-label={say('结果', 'Result')}>{row.above_line ? <Mark tone="good">{say('名额内', 'Above the line')}</Mark> : row.passed ? <Mark tone="warn">{say('合格，名额外', 'Passed, below')}</Mark> : <Mark>{say('不合格', 'Not passed')}</Mark>} {row.tied_at_line && <Mark tone="warn">{say('与末位同分', 'Tied at the line')}</Mark>}</td>
            {onMove && <td data-label={say('操作', 'Action')}><Button size="small" onClick={() => onMove(row)}>{say('调整名次', 'Move')}</Button></td>}
          </tr>
        ))}</tbody>
      </table>
    </Wide>
  );
}

function Minutes({ id }: { id: string }) {
  const say = useSay();
  const minutes = useSuspenseQuery(read('/api/v1/rounds/{id}/minutes', { params: { path: { id } } })).data;
  const [editing, setEditing] = useState(false);
  const edit = minutes.actions.find((one) => one.action === 'minutes.update');
  return (
    <Panel title={say('会议纪要', 'Minutes')} extra={edit && <ActionButton action={edit} onPress={() => setEditing(true)}>{minutes.version === 0 ? say('填写纪要', 'Write the minutes') : say('修改纪要', 'Edit')}</ActionButton>}>
      {minutes.version === 0 ? <Empty>{say('还没有纪要。提请审批前须先填写。', 'No minutes yet; they come before the release.')}</Empty> : (
        <>
          <Facts rows={[[say('日期', 'Held on'), <Day key="d" on={minutes.held_on} />], [say('地点', 'Place'), minutes.place], [say('主持', 'Chair'), minutes.chair], [say('出席', 'Attendees'), minutes.attendees.join(say('、', ', '))]]} />
          <p style={{ whiteSpace: 'pre-wrap' }}>{minutes.text}</p>
        </>
      )}
      {editing && edit && (
        <ActionDialog action={edit} version={minutes.version} onClose={() => setEditing(false)} words={{ name: ['会议纪要', 'Minutes'], press: ['保存', 'Save'], wide: true }}
          initial={{ ...(minutes.held_on ? { held_on: minutes.held_on } : {}), ...(minutes.place ? { place: minutes.place } : {}), chair: minutes.chair, attendees: minutes.attendees, text: minutes.text }}>
          <div className="grid"><DateField at="/held_on" label={say('日期', 'Held on')} required /><TextField at="/place" label={say('地点', 'Place')} /><TextField at="/chair" label={say('主持', 'Chair')} required /></div>
          <ListField at="/attendees" label={say('出席人员', 'Attendees')} add={say('添加', 'Add')} blank={() => ''}>{(at) => <TextField at={at} label={say('姓名', 'Name')} />}</ListField>
          <AreaField at="/text" label={say('审议情况与结论', 'What was deliberated and resolved')} rows={10} required />
        </ActionDialog>
      )}
    </Panel>
  );
}
