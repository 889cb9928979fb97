import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { read, write, type Action, type Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { asProblem, type Problem } from '../../api/problem';
import { AreaField, TextField } from '../../form/fields';
import { lists } from '../../router';
import { ActionDialog } from '../../ui/actions';
import { wordsOf } from '../../ui/action-words';
import { Amount, Day, Facts, Moment, Page, Panel, ProblemNote, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { LinkButton } from '../../ui/LinkButton';
import { Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { PAYMENT_STATE } from '../../words/labels';
import { useSay } from '../../words/say';

const SET: Action = { action: 'subsidy_budget.set', allowed: true, method: 'POST', href: '/api/v1/subsidy-budgets' };

/** Yearly budgets, what is left of them, and the payments that were ordered. */
export function Payments() {
  const say = useSay();
  const may = useMay();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.payments(filters.value)).data;
  const budgets = useSuspenseQuery(read('/api/v1/subsidy-budgets')).data.items;
  const [setting, setSetting] = useState(false);
  return (
    <Page title={say('贴息支付', 'Payments')} aside={<><LinkButton to="/subsidies" search={{ state: 'payable' }}>{say('待支付的申请', 'Payable claims')}</LinkButton>{may('subsidy_budget.set') && <Button onClick={() => setSetting(true)}>{say('核定预算', 'Set the budget')}</Button>}</>}>
      <Panel title={say('年度预算', 'Yearly budgets')}>
        <DataTable<Schemas['SubsidyBudgetView']> name="budgets" caption={say('年度预算', 'Yearly budgets')} rows={budgets} id={(row) => String(row.year)} empty={say('还没有预算。', 'No budget yet.')} columns={[
          { key: 'year', title: say('年度', 'Year'), show: (row) => row.year }, { key: 'total', title: say('总额', 'Total'), right: true, show: (row) => <Amount fen={row.total_fen} /> },
          { key: 'committed', title: say('已占用', 'Committed'), right: true, show: (row) => <Amount fen={row.committed_fen} /> }, { key: 'paid', title: say('已支付', 'Paid'), right: true, show: (row) => <Amount fen={row.paid_fen} /> },
          { key: 'returned', title: say('已追回', 'Returned'), right: true, extra: true, show: (row) => <Amount fen={row.returned_fen} /> }, { key: 'left', title: say('可用', 'Available'), right: true, show: (row) => <Amount fen={row.available_fen} /> },
        ]} />
      </Panel>
      <Panel title={say('支付批次', 'Batches')}>
        <DataTable<Schemas['PaymentBatchSummary']> name="batches" caption={say('支付批次', 'Batches')} rows={page.items} id={(row) => row.id} empty={say('还没有发起支付。', 'Nothing was ordered yet.')} columns={[
          { key: 'at', title: say('发起时间', 'Ordered'), show: (row) => <Link to="/payments/$id" params={{ id: row.id }}><Moment at={row.created_at} /></Link> },
          { key: 'note', title: say('备注', 'Note'), show: (row) => row.note || '—' }, { key: 'count', title: say('笔数', 'Payments'), right: true, show: (row) => row.payments },
          { key: 'total', title: say('金额', 'Total'), right: true, show: (row) => <Amount fen={row.total_fen} full /> },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      {setting && <ActionDialog action={SET} onClose={() => setSetting(false)} />}
    </Page>
  );
}

/** One batch, payment by payment, with the amounts in capitals as vouchers want them. */
export function PaymentBatch() {
  const say = useSay();
  const may = useMay();
  const { id = '' } = useParams({ strict: false });
  const batch = useSuspenseQuery(read('/api/v1/payment-batches/{id}', { params: { path: { id } } })).data;
  const [open, setOpen] = useState<{ payment: Schemas['PaymentSummary']; action: Action } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  // What may be done to one payment, the payment says itself.
  const ask = async (payment: Schemas['PaymentSummary'], name: string) => {
    setProblem(null);
    try {
      const shown = await write<Schemas['PaymentView']>({ method: 'GET', href: `/api/v1/subsidy-payments/${payment.id}` });
      const action = shown.actions.find((one) => one.action === name);
      if (action?.allowed) setOpen({ payment: shown, action });
      else setProblem(asProblem(new Error(action?.reason ?? say('现在不能这样做', 'Not possible now'))));
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  const words = open && wordsOf(open.action);
  return (
    <Page title={say('支付批次', 'Payment batch')} lead={<Moment at={batch.created_at} />} aside={<Button onClick={() => print()}>{say('打印', 'Print')}</Button>}>
      <ProblemNote problem={problem} />
      <Panel>
        <Facts rows={[[say('备注', 'Note'), batch.note], [say('笔数', 'Payments'), batch.payments], [say('合计', 'Total'), <Amount key="t" fen={batch.total_fen} full />], [say('大写', 'In Chinese numerals'), <span key="c" translate="no">{batch.total_capital}</span>]]} />
      </Panel>
      <Panel title={say('明细', 'Payments')}>
        <DataTable<Schemas['PaymentSummary']> name="payments" caption={say('明细', 'Payments')} rows={batch.items} id={(row) => row.id} empty="" columns={[
          { key: 'payee', title: say('收款人', 'Payee'), show: (row) => <Link to="/subsidies/$id" params={{ id: row.claim_id }}>{row.payee.holder}</Link> },
          { key: 'account', title: say('账号', 'Account'), show: (row) => <><code style={{ whiteSpace: 'nowrap' }}>{row.payee.number}</code> {row.payee.bank_name}</> },
          { key: 'amount', title: say('金额', 'Amount'), right: true, show: (row) => <Amount fen={row.amount_fen} full /> },
          { key: 'capital', title: say('大写', 'In Chinese numerals'), extra: true, show: (row) => row.amount_capital },
          { key: 'state', title: say('状态', 'State'), show: (row) => <><State of={row.state} table={PAYMENT_STATE} />{row.failure && <div>{row.failure}</div>}</> },
          { key: 'voucher', title: say('凭证', 'Voucher'), show: (row) => (row.voucher_no ? <><code>{row.voucher_no}</code> <Day on={row.paid_on} /></> : '—') },
          ...(may('subsidy_payment.record') ? [{ key: 'do', title: say('操作', 'Action'), show: (row: Schemas['PaymentSummary']) => (row.state === 'pending' ? <Button size="small" onClick={() => void ask(row, 'subsidy_payment.record')}>{say('登记结果', 'Record')}</Button>
            : row.state === 'failed' ? <Button size="small" onClick={() => void ask(row, 'subsidy_payment.reopen')}>{say('重新支付', 'Pay again')}</Button> : '—') }] : []),
        ]} />
      </Panel>
      {open && words && (open.action.action === 'subsidy_payment.reopen' ? (
        <ActionDialog action={open.action} version={open.payment.version} words={words} initial={{ reason: '', account: { ...open.payment.payee } }} onClose={() => setOpen(null)}>
          <div className="grid">
            <TextField at="/account/holder" label={say('户名', 'Holder')} required /><TextField at="/account/number" label={say('账号', 'Account number')} required />
            <TextField at="/account/bank_name" label={say('开户行', 'Bank')} required /><TextField at="/account/cnaps_code" label={say('行号（12 位）', 'Bank code (12 digits)')} required />
          </div>
          <AreaField at="/reason" label={say('理由', 'Reason')} required />
        </ActionDialog>
      ) : <ActionDialog action={open.action} version={open.payment.version} words={words} onClose={() => setOpen(null)} />)}
    </Page>
  );
}
