import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { queries, write, type Schemas } from '../../api/client';
import { asProblem, Problem } from '../../api/problem';
import { FaultSummary, FormArea, type Remark } from '../../form/context';
import { DraftConflict, SavedMark } from '../../form/Draft';
import { AreaField } from '../../form/fields';
import { FigureField } from '../../form/FigureFields';
import { useAutosave } from '../../form/useAutosave';
import { INDICATORS, updateQuery } from '../../router';
import { ActionButton } from '../../ui/actions';
import { Due, Page, Panel, ProblemNote, State, titleOf } from '../../ui/basics';
import { UPDATE_STATE } from '../../words/labels';
import { told, useLang, useSay } from '../../words/say';
import { Figure, Moved } from './figures';
import { statements } from './judgements';

type View = Schemas['AnnualUpdateView'];
type Draft = Record<string, { value?: number; reason?: string }>;

function take(view: View): { value: Draft; version: number } {
  return { version: view.version, value: Object.fromEntries(view.entries.map((one) => [one.indicator, { value: one.value, ...(one.reason ? { reason: one.reason } : {}) }])) };
}

/** The report as the enterprise fills it in: begun with the figures on record, saved by itself, with a reason for every large change. */
export function Filling({ view: begun }: { view: View }) {
  const say = useSay();
  const lang = useLang();
  const navigate = useNavigate();
  const client = useQueryClient();
  const view = useSuspenseQuery(updateQuery(begun.id)).data;
  const { indicators } = useSuspenseQuery(INDICATORS).data;
  const [refused, setRefused] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const save = useCallback(async (patch: object, version: number, whole: Draft) => {
    const answer = await write<View>({ method: 'PATCH', href: `/api/v1/annual-updates/${begun.id}`, body: statements(patch, whole), version });
    // How far each value moved is the server's to say.
    queries.setQueryData(updateQuery(begun.id).queryKey, answer);
    return take(answer);
  }, [begun.id]);
  const reload = useCallback(async () => take(await queries.fetchQuery({ ...updateQuery(begun.id), staleTime: 0 })), [begun.id]);
  const [loaded] = useState(() => take(begun));
  const draft = useAutosave<Draft>({ key: begun.id, loaded, save, reload });
  const submit = view.actions.find((one) => one.action === 'annual_update.submit');
  const said = new Map(view.entries.map((entry) => [entry.indicator, entry]));
  const remarks = useMemo<Remark[]>(() => view.entries.flatMap((one) => (one.remark && one.verdict !== 'verified' ? [{ pointer: `/${one.indicator}/value`, text: one.remark }] : [])), [view]);
  const [begunWith] = useState(() => new Set([...begun.entries.map((one) => one.indicator), ...ALWAYS]));
  const first = indicators.filter((one) => begunWith.has(one.code));
  const more = indicators.filter((one) => !begunWith.has(one.code));
  const send = async () => {
    setBusy(true);
    setRefused(null);
    try {
      if (!(await draft.flush())) return;
      await write({ method: 'POST', href: `/api/v1/annual-updates/${view.id}/submission`, version: draft.version(), key: `submit-${view.id}-${draft.version()}` });
      await client.invalidateQueries();
      await navigate({ to: '/annual-updates/$id', params: { id: view.id } });
    } catch (error) {
      setRefused(atFields(asProblem(error)));
    } finally {
      setBusy(false);
    }
  };
  const row = (indicator: (typeof indicators)[number]) => {
    const entry = said.get(indicator.code);
    const name = told(indicator.name, lang);
    const asked = entry && (entry.marked || entry.reason || entry.verdict === 'questioned');
    return (
      <div key={indicator.code} className="entry" role="group" aria-label={name}>
        <div className="grid">
          <FigureField at={`/${indicator.code}/value`} label={name} indicator={indicator}
            hint={entry && <div>{say(`${view.year - 2} 年：`, `${view.year - 2}: `)}<Figure unit={entry.unit} value={entry.last} /> · <Moved entry={entry} /></div>} />
          {asked && <AreaField at={`/${indicator.code}/reason`} label={say(`${name}：变动原因`, `${name}: why`)} rows={2} max={500} required={entry.marked} />}
        </div>
      </div>
    );
  };
  return (
    <Page title={say(`${view.year} 年度更新`, `Yearly report ${view.year}`)} tags={<State of={view.state} table={UPDATE_STATE} />}
      lead={<>{view.enterprise_name} · {say(`请填报 ${view.year - 1} 年的数据`, `figures of ${view.year - 1}`)}<br />{say('截止：', 'Due: ')}<Due on={view.due_on} /></>}>
      {view.state === 'questioned' && <Panel title={say('经办人有疑问', 'The officer asks')}><p>{say('请修改标有“经办人意见”的数据，或补充说明后重新提交。', 'Change the values that carry a remark, or say more about them, and hand the report in again.')}</p></Panel>}
      <FormArea value={draft.value} onChange={draft.change} problem={refused ?? (draft.problem?.errors.length ? draft.problem : null)} remarks={remarks}>
        <FaultSummary problem={refused} />
        <Panel title={say(`${view.year - 1} 年数据`, `Figures of ${view.year - 1}`)}>
          <p className="soft">{say('已带入现有数据，请逐项核对。较上年变动较大的须说明原因。', 'What is on record is filled in already: please check it. A large change needs a reason.')}</p>
          <div className="entries">{first.map(row)}</div>
        </Panel>
        {more.length > 0 && <Panel><details><summary>{say(`其他指标（${more.length}）`, `Other figures (${more.length})`)}</summary><div className="entries">{more.map(row)}</div></details></Panel>}
      </FormArea>
      <div className="form-bar">
        <SavedMark state={draft.state} at={draft.savedAt} />
        {draft.state === 'failed' && draft.problem && <span className="field-fault">{titleOf(draft.problem, say)} <Button size="small" onClick={() => void draft.flush()}>{say('重试', 'Try again')}</Button></span>}
        {submit && <ActionButton action={busy ? { ...submit, allowed: false } : submit} primary onPress={() => void send()}>{view.state === 'questioned' ? say('重新提交', 'Hand in again') : say('提交年度更新', 'Hand in')}</ActionButton>}
      </div>
      {draft.theirs && <DraftConflict title={say('他人也修改了本年度更新', 'Somebody else has changed this report')} mine={draft.value} theirs={draft.theirs.value} settle={draft.settle} />}
      {draft.state === 'failed' && draft.problem && draft.problem.errors.length > 0 && <ProblemNote problem={draft.problem} />}
    </Page>
  );
}

/** Of these every report says something. */
const ALWAYS = ['revenue', 'rd_expense', 'staff'];

/** A figure that is missing is said of the whole entry; it is shown where the figure is typed. */
function atFields(problem: Problem): Problem {
  const errors = problem.errors.map((one) => (/^\/[^/]+$/.test(one.pointer) ? { ...one, pointer: `${one.pointer}/value` } : one));
  return new Problem(problem.status, { ...problem.more, errors });
}
