import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { read, type Action, type Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { AreaField, DateField, MoneyField } from '../../form/fields';
import { ActionBar, ActionDialog } from '../../ui/actions';
import { Amount, Day, Due, Facts, Mark, Moment, Page, Panel, Rate, State, Wide } from '../../ui/basics';
import { EnterpriseLink } from '../../ui/EnterpriseLink';
import { DataTable } from '../../ui/DataTable';
import { ENTRY_KIND, label, LOAN_CLASS, LOAN_PURPOSE, LOAN_STATE } from '../../words/labels';
import { useLang, useSay } from '../../words/say';
import { Quote } from './Quote';

export function LoanPage() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const { id = '' } = useParams({ strict: false });
  const loan = useSuspenseQuery(read('/api/v1/loans/{id}', { params: { path: { id } } })).data;
  const entries = useSuspenseQuery(read('/api/v1/loans/{id}/entries', { params: { path: { id }, query: { limit: 200 } } })).data.items;
  const [reversing, setReversing] = useState<Action | null>(null);
  const [claiming, setClaiming] = useState(false);
  const reversed = new Set(entries.flatMap((entry) => (entry.reverses_id ? [entry.reverses_id] : [])));
  return (
    <Page title={say(`贷款 ${loan.contract_no}`, `Loan ${loan.contract_no}`)} tags={<State of={loan.state} table={LOAN_STATE} />} lead={`${loan.enterprise_name} · ${loan.talent_name} · ${loan.bank_name}`}>
      <Panel>
        <ActionBar record={loan} hide={['loan_entry.reverse', ...(loan.resets_due.length === 0 ? ['loan.reprice'] : [])]} order={['loan_entry.create', 'loan.reprice']} />
        {may('compensation.file') && loan.overdue_since && <div className="actions" style={{ marginTop: 8 }}><Button onClick={() => setClaiming(true)}>{say('申请风险补偿', 'Claim compensation')}</Button></div>}
      </Panel>
      {loan.suggested_class && loan.suggested_class !== loan.class && <Panel><Mark tone="warn">{say('分类提示', 'Class')}</Mark> {say(`逾期 ${loan.overdue_days} 天，分类至少应为“${label(LOAN_CLASS, loan.suggested_class, lang)}”。`, `${loan.overdue_days} days overdue: the class should be at least ${label(LOAN_CLASS, loan.suggested_class, lang)}.`)}</Panel>}
      {loan.resets_due.length > 0 && <Panel><Mark tone="warn">{say('利率', 'Rate')}</Mark> {say(`有 ${loan.resets_due.length} 次利率调整尚未入账。`, `${loan.resets_due.length} rate resets are due and not entered.`)}</Panel>}
      <dl className="figures" style={{ marginBottom: 16 }}>
        {([[say('本金', 'Principal'), loan.principal_fen], [say('余额', 'Balance'), loan.balance_fen], [say('纳入补偿余额', 'Covered balance'), loan.covered_balance_fen], [say('未纳入', 'Not covered'), loan.uncovered_fen]] as const).map(([name, fen]) => <div key={name} className="stat"><dt>{name}</dt><dd><Amount fen={fen} /></dd></div>)}
      </dl>
      <div className="columns">
        <div>
          <Panel title={say('台账', 'Ledger')}>
            <DataTable<Schemas['LoanEntryView']> name="entries" caption={say('台账', 'Ledger')} rows={entries} id={(row) => row.id} empty={say('还没有入账。', 'No entries yet.')} columns={[
              { key: 'on', title: say('日期', 'Date'), show: (row) => <Day on={row.effective_on} /> },
              { key: 'kind', title: say('类别', 'Kind'), show: (row) => <>{label(ENTRY_KIND, row.kind, lang)} {reversed.has(row.id) && <Mark>{say('已冲正', 'reversed')}</Mark>}</> },
              { key: 'what', title: say('内容', 'Amount or change'), right: true, show: (row) => (row.amount_fen !== null && row.amount_fen !== undefined ? <Amount fen={row.amount_fen} full /> : row.rate_ppm !== null && row.rate_ppm !== undefined ? <Rate ppm={row.rate_ppm} /> : row.class ? label(LOAN_CLASS, row.class, lang) : row.matures_on ? <Day on={row.matures_on} /> : '—') },
              { key: 'note', title: say('备注', 'Note'), show: (row) => row.note ?? '—' },
              ...(may('loan_entry.reverse') ? [{ key: 'reverse', title: say('操作', 'Action'), show: (row: Schemas['LoanEntryView']) => (row.kind === 'reversal' || reversed.has(row.id) ? '—' : <Button size="small" onClick={() => setReversing({ action: 'loan_entry.reverse', allowed: true, method: 'POST', href: `/api/v1/loans/${id}/entries/${row.id}/reversal` })}>{say('冲正', 'Reverse')}</Button>) }] : []),
            ]} />
          </Panel>
          <Panel title={say('计息区间', 'Interest periods')}>
            {loan.history.segments.length === 0 ? <p className="soft">{say('还没有计息。', 'No interest yet.')}</p> : <Wide label={say('计息区间', 'Interest periods')}>
              <table className="compare"><thead><tr><th scope="col">{say('自', 'From')}</th><th scope="col">{say('至', 'To')}</th><th scope="col">{say('本金', 'Principal')}</th><th scope="col">{say('利率', 'Rate')}</th></tr></thead>
                <tbody>{loan.history.segments.map((one, i) => <tr key={i}><td><Day on={one.from} /></td><td><Day on={one.to} /></td><td><Amount fen={one.principal_fen} full /></td><td><Rate ppm={one.rate_ppm} /></td></tr>)}</tbody></table>
            </Wide>}
          </Panel>
          {may('subsidy_quote.create') && <Quote loan={loan} />}
        </div>
        <Panel title={say('合同', 'Contract')}>
          <Facts rows={[
            [say('企业', 'Enterprise'), <EnterpriseLink key="e" id={loan.enterprise_id} name={loan.enterprise_name} />],
            [say('人才', 'Talent'), loan.talent_name], [say('用途', 'Purpose'), label(LOAN_PURPOSE, loan.purpose, lang)], [say('现行利率', 'Rate now'), <Rate key="r" ppm={loan.rate_ppm} />],
            [say('签订时 LPR', 'LPR when signed'), <Rate key="l" ppm={loan.signed_lpr_ppm} />], [say('分类', 'Class'), label(LOAN_CLASS, loan.class, lang)], [say('签订日期', 'Signed'), <Day key="s" on={loan.signed_on} />],
            [say('到期日期', 'Matures'), <Due key="m" on={loan.due_on} />], [say('计息基础', 'Day basis'), loan.day_basis.startsWith('act/') ? say(`实际天数 / ${loan.day_basis.slice(4)}`, `Actual / ${loan.day_basis.slice(4)}`) : loan.day_basis], loan.overdue_since ? [say('逾期自', 'Overdue since'), <Day key="o" on={loan.overdue_since} />] : false,
            [say('登记时间', 'Registered'), <Moment key="c" at={loan.created_at} />],
          ]} />
        </Panel>
      </div>
      {reversing && <ActionDialog action={reversing} version={loan.version} onClose={() => setReversing(null)} words={{ name: ['冲正', 'Reverse'], tone: 'danger', explain: ['台账只增不改：冲正另记一笔。', 'The ledger only grows: the reversal is an entry of its own.'] }}><AreaField at="/reason" label={say('理由', 'Reason')} required /></ActionDialog>}
      {claiming && (
        <ActionDialog action={{ action: 'compensation.file', allowed: true, method: 'POST', href: '/api/v1/compensation-claims' }} initial={{ loan_id: loan.id }} onClose={() => setClaiming(false)}
          words={{ name: ['申请风险补偿', 'Claim compensation'], press: ['保存申请', 'Save the claim'] }}>
          <MoneyField at="/principal_loss_fen" label={say('本金损失', 'Loss of principal')} required />
          <MoneyField at="/collateral_proceeds_fen" label={say('担保物变现', 'Proceeds of collateral')} />
          <DateField at="/recovery_started_on" label={say('开始追偿日期', 'Recovery began on')} required />
          <AreaField at="/evidence" label={say('证明材料说明', 'Evidence')} hint={say('催收记录、诉讼或判决、分类依据', 'Dunning, lawsuit or judgment, grounds of the class')} required />
        </ActionDialog>
      )}
    </Page>
  );
}
