import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useCallback, useState } from 'react';
import { queries, read, write, type Schemas } from '../../api/client';
import { asProblem, type Problem } from '../../api/problem';
import { FaultSummary, FormArea } from '../../form/context';
import { DraftConflict, SavedMark } from '../../form/Draft';
import { AreaField, ChoiceField, ManyField, TextField } from '../../form/fields';
import { Files } from '../applications/Files';
import { useAutosave } from '../../form/useAutosave';
import { ActionButton } from '../../ui/actions';
import { Due, Page, Panel, State } from '../../ui/basics';
import { EVIDENCE, GREEN, GREEN_ANSWER, label, options, PROMISE, SUBSIDY_STATE } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

type View = Schemas['SubsidyClaimView'];
interface Draft {
  form: Schemas['SubsidyForm'];
}

function query(id: string) {
  return read('/api/v1/subsidy-claims/{id}', { params: { path: { id } } });
}

export function SubsidyForm() {
  const { id = '' } = useParams({ strict: false });
  const claim = useSuspenseQuery(query(id)).data;
  return <Filling key={claim.id} claim={claim} />;
}

/** What an enterprise hands in with its claim; saved by itself, submitted when complete. */
function Filling({ claim }: { claim: View }) {
  const say = useSay();
  const lang = useLang();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [refused, setRefused] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const take = (answer: View) => ({ value: { form: answer.form ?? {} } as Draft, version: answer.version });
  const save = useCallback(async (_patch: object, version: number, whole: Draft) => {
    const answer = await write<View>({ method: 'PATCH', href: `/api/v1/subsidy-claims/${claim.id}`, body: whole, version });
    queries.setQueryData(query(claim.id).queryKey, answer);
    return take(answer);
  }, [claim.id]);
  const reload = useCallback(async () => take(await queries.fetchQuery({ ...query(claim.id), staleTime: 0 })), [claim.id]);
  const [loaded] = useState(() => take(claim));
  const draft = useAutosave<Draft>({ key: claim.id, loaded, save, reload });
  const edit = claim.actions.find((one) => one.action === 'subsidy_claim.update');
  const submit = claim.actions.find((one) => one.action === 'subsidy_claim.submit');
  const readOnly = !edit?.allowed;
  const send = async () => {
    setBusy(true);
    setRefused(null);
    try {
      if (!(await draft.flush())) return;
      await write({ method: 'POST', href: `/api/v1/subsidy-claims/${claim.id}/submission`, body: {}, version: draft.version(), key: `submit-${claim.id}-${draft.version()}` });
      await client.invalidateQueries();
      await navigate({ to: '/subsidies/$id', params: { id: claim.id } });
    } catch (error) {
      setRefused(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Page title={say('贴息申请表', 'Subsidy claim')} tags={<State of={claim.state} table={SUBSIDY_STATE} />}
      lead={<>{claim.enterprise_name} · {say(`${claim.claim_year} 计息年度`, `interest year ${claim.claim_year}`)} · {claim.loans.map((loan) => loan.contract_no).join(say('、', ', '))}{claim.state === 'draft' && <><br />{say('提交截止：', 'Submit until: ')}<Due on={claim.window_to} /></>}</>}
      aside={<Link to="/subsidies/$id" params={{ id: claim.id }}>{say('查看进度', 'Where it stands')}</Link>}>
      {readOnly && <Alert type="info" showIcon title={edit?.reason ?? say('本申请现在不能修改', 'This claim cannot be edited now')} className="problem" />}
      {claim.state === 'returned' && claim.reason && <Panel title={say('请补正', 'To be corrected')}><p>{claim.reason}</p></Panel>}
      <FormArea value={draft.value} onChange={draft.change} problem={refused ?? (draft.problem?.errors.length ? draft.problem : null)} readOnly={readOnly}>
        <FaultSummary problem={refused} />
        <Panel title={say('证明材料', 'Evidence')}>
          <p className="soft">{say('逐项写明材料名称；扫描件在下方上传，纸质材料写明存放处，例如“结息单 4 份，附于纸质材料第 3 页”。', 'Say what there is. Scans are added below; of paper say where it is kept, for example “four statements, page 3 of the paper file”.')}</p>
          <div className="grid">{Object.keys(EVIDENCE).map((kind) => <AreaField key={kind} at={`/form/evidence/${kind}`} label={label(EVIDENCE, kind, lang)} rows={2} required={kind !== 'other'} />)}</div>
          <Files id={claim.id} of="subsidy-claims" editable={!readOnly} />
        </Panel>
        <Panel title={say('绿色门槛自查', 'Green threshold')}>
          <div className="grid">{Object.keys(GREEN).map((item) => <ChoiceField key={item} at={`/form/green/${item}`} label={label(GREEN, item, lang)} choices={options(GREEN_ANSWER, lang)} required />)}</div>
        </Panel>
        <Panel title={say('收款账户（须为企业本名账户）', 'Account of the enterprise itself')}>
          <div className="grid">
            <TextField at="/form/account/holder" label={say('户名', 'Holder')} required /><TextField at="/form/account/number" label={say('账号', 'Account number')} required />
            <TextField at="/form/account/bank_name" label={say('开户行', 'Bank')} required /><TextField at="/form/account/cnaps_code" label={say('行号（12 位）', 'Bank code (12 digits)')} maxLength={12} required />
          </div>
        </Panel>
        <Panel title={say('联系人与承诺', 'Contact and promises')}>
          <div className="grid"><TextField at="/form/contact_name" label={say('联系人姓名', 'Contact')} required /><TextField at="/form/contact_mobile" label={say('联系电话', 'Telephone')} type="tel" required /></div>
          <ManyField at="/form/promises" label={say('承诺', 'Promises')} choices={options(PROMISE, lang)} required />
        </Panel>
      </FormArea>
      <div className="form-bar">
        <SavedMark state={draft.state} at={draft.savedAt} />
        {draft.state === 'failed' && <Button size="small" onClick={() => void draft.flush()}>{say('重试', 'Try again')}</Button>}
        {submit && <ActionButton action={busy ? { ...submit, allowed: false } : submit} primary onPress={() => void send()}>{claim.state === 'returned' ? say('重新提交', 'Submit again') : say('提交申请', 'Submit')}</ActionButton>}
      </div>
      {draft.theirs && <DraftConflict title={say('他人也修改了本申请', 'Somebody else has changed this claim')} mine={draft.value} theirs={draft.theirs.value} settle={draft.settle} />}
    </Page>
  );
}
