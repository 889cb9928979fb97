import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useCallback, useState } from 'react';
import { queries, read, write, type Action, type Schemas } from '../../api/client';
import { asProblem, type Problem } from '../../api/problem';
import { useMay } from '../../api/me';
import { FaultSummary, FormArea } from '../../form/context';
import { AreaField, ChoiceField, MarksField, YesNoField } from '../../form/fields';
import { useAutosave } from '../../form/useAutosave';
import { lists } from '../../router';
import { ActionBar, ActionButton, ActionDialog } from '../../ui/actions';
import { Due, Facts, Moment, Page, Panel, ProblemNote, State } from '../../ui/basics';
import { LinkButton } from '../../ui/LinkButton';
import { RuleTree, Vetoes } from '../../ui/RuleTree';
import { FormShown } from '../applications/FormShown';
import { DraftConflict, SavedMark } from '../../form/Draft';
import { label, REVIEW_STATE, TIER } from '../../words/labels';
import { marks } from '../../words/marks';
import { told, useLang, useSay } from '../../words/say';

type View = Schemas['ReviewView'];
type Sheet = Schemas['MarkSheet'];

export function ReviewPage() {
  const { id = '' } = useParams({ strict: false });
  const view = useSuspenseQuery(reviewQuery(id)).data;
  return <Review key={`${view.id} ${view.state}`} view={view} />;
}

export function reviewQuery(id: string) {
  return read('/api/v1/reviews/{id}', { params: { path: { id } } });
}

function Review({ view }: { view: View }) {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const expert = may('review.score');
  const all = useSuspenseQuery(lists.reviews({})).data.items;
  const at = all.findIndex((one) => one.id === view.id);
  const [before, after] = [all[at - 1], all[at + 1]];
  const declare = view.actions.find((action) => action.action === 'review.declare');
  const score = view.actions.find((action) => action.action === 'review.score');
  return (
    <Page title={view.enterprise ?? say('匿名申报', 'Blind application')} tags={<State of={view.state} table={REVIEW_STATE} />}
      lead={<>{label(TIER, view.tier, lang)}{view.due_at && <> · {say('截止：', 'Due: ')}{view.submitted_at ? <Moment at={view.due_at} /> : <Due at={view.due_at} />}</>}</>}
      aside={(
        <nav className="actions" aria-label={say('评审任务', 'Reviews')}>
          {before && <LinkButton to="/reviews/$id" params={{ id: before.id }}>{say('上一件', 'Previous')}</LinkButton>}
          <LinkButton to="/reviews">{say('全部', 'All')}</LinkButton>
          {after && <LinkButton to="/reviews/$id" params={{ id: after.id }}>{say('下一件', 'Next')}</LinkButton>}
        </nav>
      )}>
      {view.arbiter && <Alert type="info" showIcon className="problem" title={say('您是本件的仲裁专家', 'You are the arbiter of this application')} />}
      {declare?.allowed && (view.declared_at
        // Who finds a tie only while reading can still say so.
        ? <details><summary>{say('发现有利益关系？重新声明', 'Something ties you to it after all? Declare again')}</summary><Declaration view={view} action={declare} /></details>
        : <Declaration view={view} action={declare} />)}
      {!expert && <Panel><ActionBar record={view} /><Facts rows={[[say('专家', 'Expert'), view.expert], [say('声明时间', 'Declared'), <Moment key="d" at={view.declared_at} />], [say('提交时间', 'Submitted'), <Moment key="s" at={view.submitted_at} />], [say('总分', 'Total'), view.total === null || view.total === undefined ? null : marks(view.total)]]} /></Panel>}
      {score && (score.allowed || view.state === 'submitted') ? (
        <div className="columns">
          <Material view={view} />
          <Scoring view={view} score={score} />
        </div>
      ) : !declare?.allowed && <Material view={view} />}
      {(view.others ?? []).length > 0 && (
        <Panel title={say('其他专家的评分', 'Scores of the others')}>
          <ul>{(view.others ?? []).map((other, i) => <li key={i}>{say('总分', 'Total')} {marks(other.total)}{other.sheet.comment && <>{say('：', ': ')}{other.sheet.comment}</>}</li>)}</ul>
        </Panel>
      )}
    </Page>
  );
}

/** Before anything of the application is shown: whether anything ties the expert to it. */
function Declaration({ view, action }: { view: View; action: Action }) {
  const say = useSay();
  const client = useQueryClient();
  const [typed, setTyped] = useState<{ conflict?: boolean; reason?: string; enterprise_id?: string }>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  return (
    <Panel title={say('先声明有无利益关系', 'First declare whether anything ties you to it')}>
      <p>{say('在职、曾任职、投资、合作、亲属等关系都应回避。声明之前不显示材料；回避后由候补专家接替。', 'Employment now or before, investment, cooperation or family ties call for abstention. No material is shown before the declaration; a substitute takes over if you abstain.')}</p>
      <FormArea value={typed} onChange={setTyped} problem={problem}>
        <FaultSummary problem={problem} />
        <YesNoField at="/conflict" label={say('是否与申报企业有利益关系', 'Does anything tie you to the applicant?')} required />
        {typed.conflict && (
          <>
            {(view.applicants ?? []).length > 0 && <ChoiceField at="/enterprise_id" label={say('与哪家企业', 'To which enterprise')} choices={(view.applicants ?? []).map((one) => ({ value: one.id, label: one.name }))} required />}
            <AreaField at="/reason" label={say('是什么关系', 'What the tie is')} rows={2} required />
          </>
        )}
        <Button type="primary" disabled={typed.conflict === undefined} loading={busy} onClick={async () => {
          setBusy(true);
          setProblem(null);
          try {
            await write({ method: action.method, href: action.href, body: typed, version: view.version });
            await client.invalidateQueries();
          } catch (error) {
            setProblem(asProblem(error));
          } finally {
            setBusy(false);
          }
        }}>{typed.conflict ? say('声明并回避', 'Declare and abstain') : say('无利益关系，开始评审', 'Nothing ties me to it: begin')}</Button>
      </FormArea>
    </Panel>
  );
}

function Material({ view }: { view: View }) {
  const say = useSay();
  const material = view.material;
  if (!material) return <Panel><p className="soft">{say('材料现在不能查看。', 'The material is not shown now.')}</p></Panel>;
  const evaluation = material.evaluation as unknown as Partial<Schemas['EvaluationView']>;
  return (
    <div>
      {(material.withheld ?? []).length > 0 && <Alert type="info" showIcon className="problem" title={say(`匿名评审：${material.withheld?.length ?? 0} 处文字未公开`, `Blind review: ${material.withheld?.length ?? 0} texts are withheld`)} />}
      <Panel title={say('申报内容', 'What was stated')}><FormShown form={{ ...(material.form as unknown as Schemas['Form']), figures: material.figures as unknown as Schemas['Figures'] }} /></Panel>
      {evaluation.tree && evaluation.leaves && <Panel title={say('准入条件评价', 'How the rules see it')}><RuleTree tree={evaluation.tree} leaves={evaluation.leaves} /></Panel>}
      {evaluation.vetoes && <Panel title={say('否决事项', 'Vetoes')}><Vetoes vetoes={evaluation.vetoes} /></Panel>}
    </div>
  );
}

function Scoring({ view, score }: { view: View; score: Action }) {
  const say = useSay();
  const lang = useLang();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<Problem | null>(null);
  const submit = view.actions.find((action) => action.action === 'review.submit');
  const save = useCallback(async (_: object, version: number, whole: Sheet) => {
    const answer = await write<View>({ method: score.method, href: score.href, body: whole, version });
    queries.setQueryData(reviewQuery(view.id).queryKey, answer);
    return { value: answer.sheet, version: answer.version };
  }, [score.method, score.href, view.id]);
  const reload = useCallback(async () => {
    const answer = await queries.fetchQuery({ ...reviewQuery(view.id), staleTime: 0 });
    return { value: answer.sheet, version: answer.version };
  }, [view.id]);
  const [loaded] = useState({ value: view.sheet, version: view.version });
  const draft = useAutosave<Sheet>({ key: `review-${view.id}`, loaded, save, reload });
  const judged = view.dimensions.filter((one) => one.judged > 0);
  const given = judged.reduce((sum, one) => sum + (draft.value.dimensions?.[one.code]?.marks ?? 0), 0) + view.dimensions.reduce((sum, one) => sum + one.computed, 0);
  const missing = judged.filter((one) => draft.value.dimensions?.[one.code]?.marks === undefined || draft.value.dimensions[one.code]?.marks === null).length;
  return (
    <Panel title={say('评分表', 'Scoring sheet')} extra={<strong className="figure">{marks(given)}</strong>}>
      <FormArea value={draft.value} onChange={draft.change} problem={refused} readOnly={!score.allowed}>
        <FaultSummary problem={refused} />
        {view.dimensions.map((one) => (
          <div key={one.code} className="entry" style={{ marginBottom: 12 }}>
            <h3>{told(one.name, lang)} <span className="soft">{say(`满分 ${marks(one.full)}`, `of ${marks(one.full)}`)}{one.floor > 0 && say(`，最低 ${marks(one.floor)}`, `, floor ${marks(one.floor)}`)}</span></h3>
            {one.computed > 0 && <p className="soft">{say(`由数据得出 ${marks(one.computed)} 分`, `${marks(one.computed)} follow from the figures`)}</p>}
            {one.judged > 0 && (
              <>
                <MarksField at={`/dimensions/${one.code}/marks`} label={say(`${told(one.name, lang)} · 分数`, `${told(one.name, lang)} · marks`)} most={one.judged} required />
                <AreaField at={`/dimensions/${one.code}/justification`} label={say(`${told(one.name, lang)} · 理由`, `${told(one.name, lang)} · why`)} rows={2} hint={say('至少 20 个字', 'At least 20 characters')} required />
              </>
            )}
          </div>
        ))}
        <AreaField at="/comment" label={say('总体意见', 'Comment')} rows={3} />
      </FormArea>
      {draft.problem && draft.state === 'failed' && <ProblemNote problem={draft.problem} retry={() => void draft.flush()} />}
      {draft.theirs && <DraftConflict title={say('本表在别处也被修改', 'This sheet was changed elsewhere too')} mine={draft.value} theirs={draft.theirs.value} settle={draft.settle} />}
      {score.allowed && <div className="form-bar">
        <SavedMark state={draft.state} at={draft.savedAt} />
        {missing > 0 && <span className="soft">{say(`还有 ${missing} 项未打分`, `${missing} still without marks`)}</span>}
        {submit && <ActionButton action={submit} primary onPress={async () => { setRefused(null); if (await draft.flush()) setAsking(true); }}>{say('提交评分', 'Submit')}</ActionButton>}
      </div>}
      {asking && submit && (
        <ActionDialog action={submit} version={draft.version()} onClose={() => setAsking(false)} onDone={() => void client.invalidateQueries()} onRefused={setRefused}
          words={{ name: ['提交评分', 'Submit the scores'], explain: ['提交后不能修改。', 'They cannot be changed afterwards.'] }} />
      )}
    </Panel>
  );
}
