import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { read, write, type Action, type Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { asProblem, type Problem } from '../../api/problem';
import { AreaField, ChoiceField, DateField, ListField, MoneyField, TextField } from '../../form/fields';
import { ActionBar, ActionDialog } from '../../ui/actions';
import { Amount, Day, Due, Facts, Mark, Moment, Page, Panel, ProblemNote, State, Wide } from '../../ui/basics';
import { EnterpriseLink } from '../../ui/EnterpriseLink';
import { BOUND, CLAW_BACK_CAUSE, CLAW_BACK_EXTENT, CLAW_BACK_STATE, DECISION_ACTION, DECISION_STATE, EVIDENCE, GREEN, GREEN_ANSWER, label, PAYMENT_STATE, PROMISE, QUOTE_FLAG, SUBSIDY_PLAIN, SUBSIDY_STATE } from '../../words/labels';
import { told, useLang, useSay } from '../../words/say';
import { Files } from '../applications/Files';
import { Sheet } from '../loans/Quote';

type View = Schemas['SubsidyClaimView'];

/** One claim: plain words for the enterprise, its own loans for the bank, the whole calculation for whoever reviews. */
export function SubsidyPage() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const navigate = useNavigate();
  const { id = '' } = useParams({ strict: false });
  const claim = useSuspenseQuery(read('/api/v1/subsidy-claims/{id}', { params: { path: { id } } })).data;
  const [dialog, setDialog] = useState<{ kind: 'confirm' | 'review'; action: Action } | null>(null);
  const own = may('subsidy_claim.create');
  const toForm = () => void navigate({ to: '/subsidies/$id/form', params: { id } });
  const plain = SUBSIDY_PLAIN[claim.state];
  const decisions = claim.decisions ?? [];
  const payments = claim.payments ?? [];
  return (
    <Page title={say(`${claim.claim_year} 年度贴息申请`, `Subsidy claim ${claim.claim_year}`)} tags={<><State of={claim.state} table={SUBSIDY_STATE} />{claim.overdue && <Mark tone="bad">{say('审核超期', 'Review late')}</Mark>}</>}
      lead={<span translate="no">{claim.enterprise_name}</span>} aside={<Button onClick={() => print()}>{say('打印', 'Print')}</Button>}>
      {own && plain && <Panel><Alert type={claim.state === 'returned' ? 'warning' : claim.state === 'paid' ? 'success' : 'info'} showIcon title={told(plain, lang)} />{claim.state === 'draft' && <p>{say('提交截止：', 'Submit until: ')}<Due on={claim.window_to} /></p>}</Panel>}
      {claim.reason && <Panel title={say('意见', 'Remark')}><p>{claim.reason}</p></Panel>}
      <Panel title={say('办理', 'Actions')}>
        <ActionBar record={claim} own={{
          'subsidy_claim.update': toForm, 'subsidy_claim.submit': toForm,
          'subsidy_claim.confirm': (action) => setDialog({ kind: 'confirm', action }), 'subsidy_claim.review': (action) => setDialog({ kind: 'review', action }),
        }} hide={['subsidy_claim.update']} initial={{ 'subsidy.announce': { claim_ids: [claim.id], body: '' }, 'payment_batch.create': { claim_ids: [claim.id], note: '' } }}
          order={['subsidy_claim.submit', 'subsidy_claim.confirm', 'subsidy_claim.review', 'subsidy_claim.review_again', 'subsidy.announce', 'payment_batch.create', 'subsidy_claim.return']} />
        {claim.actions.some((one) => one.action === 'subsidy_claim.update' && one.allowed) && <p><Link to="/subsidies/$id/form" params={{ id }}>{say('打开申请表', 'Open the form')}</Link></p>}
      </Panel>
      <dl className="figures" style={{ marginBottom: 16 }}>
        <div className="stat big"><dt>{claim.granted_fen > 0 ? say('核定金额', 'Granted') : say('测算金额', 'Computed')}</dt><dd><Amount fen={claim.granted_fen > 0 ? claim.granted_fen : claim.computed_fen} /></dd></div>
        <div className="stat"><dt>{say('已支付', 'Paid')}</dt><dd><Amount fen={claim.paid_fen} /></dd></div>
        {claim.returned_fen > 0 && <div className="stat"><dt>{say('已追回', 'Returned')}</dt><dd><Amount fen={claim.returned_fen} /></dd></div>}
      </dl>
      <div className="columns">
        <div>
          <Panel title={say('贷款与银行确认', 'Loans and what the banks confirmed')}><Loans claim={claim} /></Panel>
          {claim.calculation && <Calculation claim={claim} calculation={claim.calculation} />}
          {may('claw_back.list') && ['paid', 'archived'].includes(claim.state) && <ClawBacks id={id} />}
        </div>
        <div>
          <Panel title={say('基本信息', 'Facts')}>
            <Facts rows={[
              [say('企业', 'Enterprise'), <EnterpriseLink key="e" id={claim.enterprise_id} name={claim.enterprise_name} />],
              [say('计息期间', 'Interest year'), <span key="i"><Day on={claim.interest_from} /> – <Day on={claim.interest_to} /></span>],
              [say('申报窗口', 'Window'), <span key="w"><Day on={claim.window_from} /> – <Day on={claim.window_to} /></span>],
              [say('预算年度', 'Budget year'), claim.budget_year], [say('提交日期', 'Filed'), <Day key="f" on={claim.filed_on} />],
              [say('审核期限', 'Review by'), <span key="d">{['filed', 'confirmed', 'reviewed'].includes(claim.state) ? <Due on={claim.due_on} /> : <Day on={claim.due_on} />}{claim.due_provisional && <> <Mark tone="warn">{say('暂定', 'provisional')}</Mark></>}</span>],
              claim.publicity_ends_on ? [say('公示至', 'On notice until'), <span key="p">{claim.notice_id ? <Link to="/notices/$id" params={{ id: claim.notice_id }}><Day on={claim.publicity_ends_on} /></Link> : <Day on={claim.publicity_ends_on} />}</span>] : false,
              [say('最近更新', 'Updated'), <Moment key="u" at={claim.updated_at} />],
            ]} />
          </Panel>
          {decisions.length > 0 && <Panel title={say('审批', 'Decisions')}><ul>{decisions.map((one) => <li key={one.id}><Link to="/decisions/$id" params={{ id: one.id }}>{label(DECISION_ACTION, one.action, lang)}</Link> <State of={one.state} table={DECISION_STATE} /></li>)}</ul></Panel>}
          {payments.length > 0 && <Panel title={say('支付', 'Payments')}><ul>{payments.map((one) => <li key={one.id}><State of={one.state} table={PAYMENT_STATE} /> <Amount fen={one.amount_fen} full /> {one.voucher_no && <code>{one.voucher_no}</code>} <Day on={one.paid_on} /> {one.failure}{may('payment_batch.view') && <> <Link to="/payments/$id" params={{ id: one.batch_id }}>{say('批次', 'Batch')}</Link></>}</li>)}</ul></Panel>}
          {claim.form && <FormShown id={claim.id} form={claim.form} />}
        </div>
      </div>
      {dialog?.kind === 'confirm' && <Confirm claim={claim} action={dialog.action} onClose={() => setDialog(null)} />}
      {dialog?.kind === 'review' && <Review claim={claim} action={dialog.action} onClose={() => setDialog(null)} />}
    </Page>
  );
}

function receipts(loan: Schemas['SubsidyClaimLoanView']): number | undefined {
  return loan.receipts?.reduce((sum, one) => sum + one.amount_fen, 0);
}

/** Engine and bank side by side; where they differ it is said. */
function Loans({ claim }: { claim: View }) {
  const say = useSay();
  const results = new Map(claim.calculation?.result.loans.map((one, i) => [claim.calculation?.request.loans[i]?.id ?? one.id, one]));
  return (
    <Wide label={say('贷款', 'Loans')}>
      <table className="compare">
        <thead><tr><th scope="col">{say('合同号', 'Contract')}</th><th scope="col">{say('银行实收利息', 'Received by the bank')}</th><th scope="col">{say('按台账计算', 'By the ledger')}</th><th scope="col">{say('差异', 'Difference')}</th><th scope="col">{say('测算', 'Computed')}</th><th scope="col">{say('核定', 'Granted')}</th></tr></thead>
        <tbody>{claim.loans.map((loan) => {
          const paid = receipts(loan);
          const result = results.get(loan.loan_id) ?? results.get(loan.contract_no);
          const differs = paid !== undefined && result !== undefined && paid !== result.interest_fen;
          return (
            <tr key={loan.loan_id}>
              <th scope="row"><Link to="/loans/$id" params={{ id: loan.loan_id }}>{loan.contract_no}</Link></th>
              <td>{paid === undefined ? <Mark tone="warn">{say('待确认', 'To be confirmed')}</Mark> : <Amount fen={paid} full />}</td>
              <td>{result ? <Amount fen={result.interest_fen} full /> : '—'}</td>
              <td className={differs ? 'old' : undefined}>{differs ? <Amount fen={paid - result.interest_fen} full /> : '—'}</td>
              <td><Amount fen={loan.computed_fen} full /></td>
              <td>{claim.granted_fen > 0 ? <Amount fen={loan.granted_fen} full /> : '—'}{loan.adjust_reason && <div className="soft">{loan.adjust_reason}</div>}</td>
            </tr>
          );
        })}</tbody>
      </table>
    </Wide>
  );
}

function Calculation({ claim, calculation }: { claim: View; calculation: Schemas['SubsidyCalculation'] }) {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const [same, setSame] = useState<boolean | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const replay = async () => {
    try {
      setSame((await write<Schemas['SubsidyReplayView']>({ method: 'GET', href: `/api/v1/subsidy-claims/${claim.id}/replay` })).same);
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Panel title={say('计算单', 'Calculation sheet')} extra={may('subsidy_claim.replay') && <Button size="small" onClick={() => void replay()}>{say('重算核对', 'Calculate again')}</Button>}>
      <ProblemNote problem={problem} />
      {same !== null && <Alert role="status" className="problem" showIcon type={same ? 'success' : 'error'} title={same ? say('重算结果与存档一致', 'The same as on record') : say('重算结果与存档不一致', 'Not the same as on record')} />}
      <p>{say('合计', 'In all')} <strong><Amount fen={calculation.result.total_fen} full /></strong>
        {calculation.result.bound_by.length > 0 && <> · {say('受以下限制：', 'limited by: ')}{calculation.result.bound_by.map((one) => label(BOUND, one, lang)).join(say('、', ', '))}</>} · <Moment at={calculation.at} /></p>
      {calculation.result.loans.map((loan, i) => (
        <section key={loan.id}>
          <h3>{claim.loans[i]?.contract_no ?? loan.id} · {say(`计息 ${loan.eligible_days} 天`, `${loan.eligible_days} days`)} {loan.flags.map((flag) => <Mark key={flag} tone="warn">{label(QUOTE_FLAG, flag, lang)}</Mark>)}</h3>
          <Wide label={say('计算单', 'Calculation sheet')}><Sheet lines={loan.sheet} /></Wide>
        </section>
      ))}
    </Panel>
  );
}

function FormShown({ id, form }: { id: string; form: Schemas['SubsidyForm'] }) {
  const say = useSay();
  const lang = useLang();
  const account = form.account;
  return (
    <Panel title={say('申请材料', 'What was handed in')}>
      <Facts rows={[
        ...Object.entries(form.evidence ?? {}).map(([kind, text]): [string, string] => [label(EVIDENCE, kind, lang), text as string]),
        [say('收款账户', 'Account'), account ? `${account.holder} ${account.number} ${account.bank_name}` : null],
        [say('联系人', 'Contact'), `${form.contact_name ?? ''} ${form.contact_mobile ?? ''}`],
      ]} />
      <Files id={id} of="subsidy-claims" editable={false} />
      <h3>{say('绿色门槛自查', 'Green threshold')}</h3>
      <ul>{Object.entries(form.green ?? {}).map(([item, answer]) => <li key={item}>{label(GREEN, item, lang)}{say('：', ': ')}{label(GREEN_ANSWER, answer as string, lang)}</li>)}</ul>
      <h3>{say('承诺', 'Promises')}</h3>
      <ul>{(form.promises ?? []).map((one) => <li key={one}>{label(PROMISE, one, lang)}</li>)}</ul>
    </Panel>
  );
}

/** The bank says what interest it received, settlement by settlement. */
function Confirm({ claim, action, onClose }: { claim: View; action: Action; onClose: () => void }) {
  const say = useSay();
  const open = claim.loans.find((loan) => !loan.confirmed_at) ?? claim.loans[0];
  return (
    <ActionDialog action={action} onClose={onClose} initial={{ loan_id: open?.loan_id, receipts: [{}] }}
      words={{ name: ['确认利息', 'Confirm the interest'], wide: true, explain: ['逐笔填写计息期间内实际收到的利息，以结息单为准。', 'Enter every payment of interest received for the interest year, as the statements say.'] }}>
      {claim.loans.length > 1 && <ChoiceField at="/loan_id" label={say('贷款', 'Loan')} choices={claim.loans.map((loan) => ({ value: loan.loan_id, label: loan.contract_no }))} required />}
      <ListField at="/receipts" label={say('结息', 'Settlements')} add={say('再添一笔', 'Add another')} blank={() => ({})}>
        {(at) => <><DateField at={`${at}/settled_on`} label={say('结息日', 'Settled on')} required /><MoneyField at={`${at}/amount_fen`} label={say('利息', 'Interest')} unit="yuan" required /></>}
      </ListField>
    </ActionDialog>
  );
}

/** The computed amount, or less with a reason. */
function Review({ claim, action, onClose }: { claim: View; action: Action; onClose: () => void }) {
  const say = useSay();
  return (
    <ActionDialog action={action} version={claim.version} onClose={onClose} initial={{ opinion: '', adjustments: [] }}
      words={{ name: ['初审', 'Review'], press: ['通过初审', 'Pass to second review'], wide: true, explain: ['按预算和上限重新测算。需要时可调减，并说明理由；不能高于测算金额。', 'It is calculated anew with what budget and caps have left. It can be lowered with a reason, never raised.'] }}>
      <Loans claim={claim} />
      <br />
      <AreaField at="/opinion" label={say('审核意见', 'What was found')} required />
      <ListField at="/adjustments" label={say('调减', 'Reductions')} none={say('不调减', 'Nothing is lowered')} add={say('添加一笔', 'Add a reduction')} blank={() => ({ loan_id: claim.loans[0]?.loan_id })}>
        {(at) => <><ChoiceField at={`${at}/loan_id`} label={say('贷款', 'Loan')} choices={claim.loans.map((loan) => ({ value: loan.loan_id, label: loan.contract_no }))} required /><MoneyField at={`${at}/amount_fen`} label={say('核定金额', 'Granted')} unit="yuan" required /><TextField at={`${at}/reason`} label={say('理由', 'Reason')} required /></>}
      </ListField>
    </ActionDialog>
  );
}

function ClawBacks({ id }: { id: string }) {
  const say = useSay();
  const lang = useLang();
  const rows = useQuery(read('/api/v1/subsidy-claims/{id}/claw-backs', { params: { path: { id } } })).data?.items ?? [];
  if (rows.length === 0) return null;
  return (
    <Panel title={say('追回', 'Claw-back')}>
      {rows.map((row) => (
        <section key={row.id}>
          <Facts rows={[
            [say('状态', 'State'), <State key="s" of={row.state} table={CLAW_BACK_STATE} />], [say('原因', 'Cause'), label(CLAW_BACK_CAUSE, row.cause, lang)], [say('范围', 'Extent'), label(CLAW_BACK_EXTENT, row.extent, lang)],
            [say('发生日期', 'Since'), <Day key="d" on={row.since} />], [say('应返还', 'To be returned'), <Amount key="a" fen={row.amount_fen} full />], [say('已返还', 'Returned'), <Amount key="r" fen={row.received_fen} full />], [say('理由', 'Reason'), row.reason],
          ]} />
          <ActionBar record={row} />
        </section>
      ))}
    </Panel>
  );
}
