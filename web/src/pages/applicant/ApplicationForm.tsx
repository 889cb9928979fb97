import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { Dialog } from '../../ui/Dialog';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { queries, read, write, type Schemas } from '../../api/client';
import { asProblem, type Problem } from '../../api/problem';
import { FaultSummary, FormArea, type Remark } from '../../form/context';
import { AreaField, CheckField, ChoiceField, TextField } from '../../form/fields';
import { BasicFields, FactFields, useTracks, VetoFields, YearFields } from '../../form/FigureFields';
import { DraftConflict, SavedMark } from '../../form/Draft';
import { Files } from '../applications/Files';
import { recallSelfCheck, withSelfCheck } from '../../form/selfCheck';
import { useAutosave } from '../../form/useAutosave';
import { ROUNDS } from '../../router';
import { Due, Page, Panel, ProblemNote, State, titleOf } from '../../ui/basics';
import { ActionButton } from '../../ui/actions';
import { APPLICATION_STATE, label, SECTION, SECTION_STATE, TIER } from '../../words/labels';
import { sentence, useLang, useSay } from '../../words/say';

type Form = Schemas['Form'];
type View = Schemas['ApplicationView'];

export function ApplicationForm() {
  const { id } = useParams({ strict: false });
  const view = useSuspenseQuery(applicationQuery(id ?? '')).data;
  return <Filling key={view.id} view={view} />;
}

export function applicationQuery(id: string) {
  return read('/api/v1/applications/{id}', { params: { path: { id } } });
}

function Filling({ view }: { view: View }) {
  const say = useSay();
  const lang = useLang();
  const navigate = useNavigate();
  const client = useQueryClient();
  const round = useSuspenseQuery(ROUNDS).data.items.find((one) => one.id === view.round_id);
  const tracks = useTracks();
  const [refused, setRefused] = useState<Problem | null>(null);
  const [asking, setAsking] = useState(false);
  const [checked] = useState(recallSelfCheck);
  const [busy, setBusy] = useState(false);

  const save = useCallback(async (patch: object, version: number) => {
    const answer = await write<View>({ method: 'PATCH', href: `/api/v1/applications/${view.id}`, body: patch, version });
    queries.setQueryData(applicationQuery(view.id).queryKey, answer);
    return { value: answer.form, version: answer.version };
  }, [view.id]);
  const reload = useCallback(async () => {
    const answer = await queries.fetchQuery({ ...applicationQuery(view.id), staleTime: 0 });
    return { value: answer.form, version: answer.version };
  }, [view.id]);
  const [loaded] = useState({ value: view.form, version: view.version });
  const draft = useAutosave<Form>({ key: view.id, loaded, save, reload });

  const edit = view.actions.find((action) => action.action === 'application.update');
  const submit = view.actions.find((action) => action.action === 'application.submit');
  const readOnly = !edit?.allowed;
  const returned = view.state === 'returned' ? view.returns.at(-1) : undefined;
  const remarks = useMemo<Remark[]>(() => (returned?.items ?? []).flatMap((item) => (item.pointer ? [{ pointer: item.pointer, text: item.remark }] : [])), [returned]);
  const year = round?.year ?? view.snapshot?.base_year ?? Number(view.created_at.slice(0, 4));
  const offered = readOnly ? undefined : withSelfCheck(draft.value, checked);
  const problem = refused ?? (draft.state === 'failed' ? draft.problem : null);

  const send = async () => {
    setBusy(true);
    setRefused(null);
    try {
      if (!(await draft.flush())) return;
      await write({ method: 'POST', href: `/api/v1/applications/${view.id}/submission`, version: draft.version(), key: `submit-${view.id}-${draft.version()}` });
      await client.invalidateQueries();
      await navigate({ to: '/applications/$id', params: { id: view.id } });
    } catch (error) {
      setRefused(asProblem(error));
    } finally {
      setBusy(false);
      setAsking(false);
    }
  };

  return (
    <Page title={say('申报表', 'Application form')} tags={<State of={view.state} table={APPLICATION_STATE} />}
      lead={<>{view.enterprise.name} · {view.round_name} · {label(TIER, view.tier, lang)}<br />
        {returned ? <>{say('补正期限：', 'Correct until: ')}<Due on={returned.due_on} /></> : round && <>{say('截止时间：', 'Deadline: ')}<Due at={round.closes_at} /></>}</>}
      aside={<Link to="/applications/$id" params={{ id: view.id }}>{say('查看进度', 'Where it stands')}</Link>}>
      {readOnly && <Alert type="info" showIcon title={edit?.reason ?? say('本申报现在不能修改', 'This application cannot be edited now')} className="problem" />}
      {returned && (
        <Panel title={say('经办人请您补正', 'The officer asks you to correct')}>
          <ul>{returned.items.map((item, i) => <li key={i}><a href={`#section-${item.section}`}>{label(SECTION, item.section, lang)}</a>{say('：', ': ')}{item.remark}</li>)}</ul>
        </Panel>
      )}
      {view.sections && <SectionsLine sections={view.sections} />}
      <FormArea value={draft.value} onChange={draft.change} problem={refused ?? (draft.problem?.errors.length ? draft.problem : null)} remarks={remarks} readOnly={readOnly}>
        <FaultSummary problem={refused} />
        <Section name="contact" returned={returned}>
          <div className="grid">
            <TextField at="/contact/name" label={say('联系人', 'Contact person')} required />
            <TextField at="/contact/position" label={say('职务', 'Position')} />
            <TextField at="/contact/mobile" label={say('电话', 'Telephone')} type="tel" required />
            <TextField at="/contact/email" label={say('邮箱', 'E-mail')} type="email" />
          </div>
        </Section>
        <Section name="summary" returned={returned}>
          <AreaField at="/summary" label={say('企业及核心技术简介', 'The enterprise and its core technology')} rows={6} max={5000} required
            hint={say('主营产品、技术来源、所处产业链环节、市场情况', 'Products, origin of the technology, place in the chain, market')} />
        </Section>
        <Section name="track" returned={returned}>
          <ChoiceField at="/track" label={say('所属赛道', 'Track')} choices={tracks} required />
        </Section>
        <Section name="figures" returned={returned}>
          <p className="soft">{say('登记信息、已核验的数据会自动带入评价；这里填写的内容优先。没有的请明确选“没有”，不填视为缺少数据。', 'What is on record is used too; what you state here comes first. State "none" where there is none: what is left out counts as missing.')}</p>
          {offered && <p><Button onClick={() => draft.change(offered)}>{say('带入自测中填写的数据', 'Take over what I typed in the self-check')}</Button></p>}
          <BasicFields base="/figures" />
          <h3>{say('年度数据', 'Annual figures')}</h3>
          <YearFields base="/figures" years={[year - 1, year - 2, year - 3]} />
          <br />
          <FactFields base="/figures" />
          <h3>{say('否决事项声明', 'Veto statements')}</h3>
          <VetoFields base="/figures" />
        </Section>
        <Section name="statements" returned={returned}>
          <CheckField at="/statements/truthful" label={say('我承诺所填内容真实、准确、完整；如有虚假，愿承担相应责任', 'I state that everything is true, accurate and complete')} required />
          <CheckField at="/statements/data_consent" label={say('同意将企业数据用于筛选培育', 'I consent to the use of the data for screening and cultivation')} />
        </Section>
        <Section name="attachments" returned={returned}>
          <p className="soft">{say('文件逐个上传，上传后即已保存；没有传完的可以重试。', 'Each file is saved once it has arrived; what did not arrive can be sent again.')}</p>
          <Files id={view.id} evidence={view.evidence} editable={!readOnly} inForm />
        </Section>
      </FormArea>
      <div className="form-bar">
        <SavedMark state={draft.state} at={draft.savedAt} />
        {problem && draft.state === 'failed' && <span className="field-fault">{titleOf(problem, say)} <Button size="small" onClick={() => void draft.flush()}>{say('重试', 'Try again')}</Button></span>}
        {submit && !submit.allowed && !readOnly && <span className="soft">{sentence(submit.reason ?? '')}</span>}
        {submit && <ActionButton action={submit} primary onPress={() => setAsking(true)}>{view.state === 'returned' ? say('重新提交', 'Submit again') : say('提交申报', 'Submit')}</ActionButton>}
      </div>
      {asking && (
        <Dialog open title={say('提交申报', 'Submit')} okText={say('确认提交', 'Submit')} cancelText={say('再看看', 'Not yet')} confirmLoading={busy} onOk={() => void send()} onCancel={() => setAsking(false)}>
          <p>{say('提交后数据和评价会被固定下来，退回补正前不能修改；受理前后都可以撤回。', 'The figures and how the rules see them are frozen at submission. You can edit again only if it is returned; you can withdraw.')}</p>
        </Dialog>
      )}
      {draft.theirs && <DraftConflict title={say('他人也修改了本申报', 'Somebody else has changed this application')} mine={draft.value} theirs={draft.theirs.value} settle={draft.settle} />}
      {draft.state === 'failed' && draft.problem && draft.problem.errors.length > 0 && <ProblemNote problem={draft.problem} />}
    </Page>
  );
}

function Section({ name, returned, children }: { name: Schemas['Section']; returned: Schemas['ReturnView'] | undefined; children: ReactNode }) {
  const say = useSay();
  const lang = useLang();
  const remarks = returned?.items.filter((item) => item.section === name && !item.pointer) ?? [];
  return (
    <Panel id={`section-${name}`} title={label(SECTION, name, lang)}>
      {remarks.map((item, i) => <p key={i} className="field-remark"><strong>{say('经办人意见：', 'Officer: ')}</strong>{item.remark}</p>)}
      {children}
    </Panel>
  );
}

/** How far each section is, as the server sees what is saved. */
function SectionsLine({ sections }: { sections: Schemas['SectionView'][] }) {
  const say = useSay();
  const lang = useLang();
  return (
    <nav aria-label={say('各部分', 'Sections')}>
      <ol className="steps-line">
        {sections.map((one) => <li key={one.section} className={['complete', 'corrected'].includes(one.state) ? 'done' : one.state === 'to_correct' ? 'here' : ''}><a href={`#section-${one.section}`}>{label(SECTION, one.section, lang)}</a><br />{label(SECTION_STATE, one.state, lang)}</li>)}
      </ol>
    </nav>
  );
}
