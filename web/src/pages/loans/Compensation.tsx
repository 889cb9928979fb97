import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { read, type Action, type Schemas } from '../../api/client';
import { AreaField, DateField, MoneyField } from '../../form/fields';
import { lists } from '../../router';
import { ActionBar, ActionDialog } from '../../ui/actions';
import { Amount, Day, Due, Facts, Mark, Page, Panel, Rate, State, Wide } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { EnterpriseLink } from '../../ui/EnterpriseLink';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { Files } from '../applications/Files';
import { COMPENSATION_STATE, GOVERNMENT, label, LOAN_CLASS, options } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

export function Compensations() {
  const say = useSay();
  const lang = useLang();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.compensations(filters.value)).data;
  return (
    <Page title={say('风险补偿', 'Compensation')} lead={say('从贷款页面发起申请；资金不足时按受理先后排队。', 'Claims begin on the page of a loan; when the pool is short they queue in the order of admission.')}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[{ name: 'state', label: say('状态', 'State'), options: options(COMPENSATION_STATE, lang) }]} />
        <DataTable<Schemas['CompensationSummary']> name="compensation" caption={say('补偿申请', 'Claims')} rows={page.items} id={(row) => row.id} empty={say('没有补偿申请。', 'No claims.')} columns={[
          { key: 'enterprise', title: say('企业', 'Enterprise'), show: (row) => <Link to="/compensation/$id" params={{ id: row.id }}>{row.enterprise_name}</Link> },
          { key: 'bank', title: say('银行', 'Bank'), show: (row) => row.bank_name }, { key: 'contract', title: say('合同号', 'Contract'), show: (row) => <code style={{ whiteSpace: 'nowrap' }}>{row.contract_no}</code> },
          { key: 'filed', title: say('申请日期', 'Filed'), show: (row) => <Day on={row.filed_on} /> },
          { key: 'entitled', title: say('应补偿', 'Entitled'), right: true, show: (row) => <Amount fen={row.entitled_fen} /> }, { key: 'paid', title: say('已支付', 'Paid'), right: true, show: (row) => <Amount fen={row.paid_fen} /> },
          { key: 'queue', title: say('受理序号', 'Admission no.'), right: true, show: (row) => row.queue_no ?? '—' }, { key: 'due', title: say('支付期限', 'Pay by'), show: (row) => (['paid', 'refused', 'closed', 'withdrawn'].includes(row.state) ? <Day on={row.due_on} /> : <Due on={row.due_on} />) },
          { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={COMPENSATION_STATE} /> },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
    </Page>
  );
}

export function CompensationPage() {
  const say = useSay();
  const lang = useLang();
  const { id = '' } = useParams({ strict: false });
  const claim = useSuspenseQuery(read('/api/v1/compensation-claims/{id}', { params: { path: { id } } })).data;
  const [editing, setEditing] = useState<Action | null>(null);
  return (
    <Page title={say('风险补偿申请', 'Compensation claim')} tags={<><State of={claim.state} table={COMPENSATION_STATE} />{claim.due_provisional && <Mark tone="warn">{say('期限为暂定', 'date provisional')}</Mark>}</>}
      lead={claim.enterprise_name}>
      <Panel><ActionBar record={claim} own={{ 'compensation.update': setEditing }} order={['compensation.submit', 'compensation.admit', 'compensation.pay', 'compensation.recover']} /></Panel>
      <div className="columns">
        <div>
          <Panel title={say('计算单', 'Calculation')}>
            <Wide label={say('计算单', 'Calculation')}><table className="compare">
              <thead><tr><th scope="col">{say('步骤', 'Step')}</th><th scope="col">{say('金额', 'Amount')}</th></tr></thead>
              <tbody>
                <tr><th scope="row">{say('本金损失', 'Loss of principal')}</th><td><Amount fen={claim.principal_loss_fen} full /></td></tr>
                <tr><th scope="row">{say('减：担保物变现', 'Less proceeds of collateral')}</th><td><Amount fen={claim.collateral_proceeds_fen} full /></td></tr>
                <tr><th scope="row">{say('纳入补偿的本金（上限）', 'Covered principal (at most)')}</th><td><Amount fen={claim.covered_fen} full /></td></tr>
                <tr><th scope="row">{say('补偿比例', 'Share')}</th><td><Rate ppm={claim.ratio_ppm} /></td></tr>
                <tr><th scope="row">{say('应补偿', 'Entitled')}</th><td><strong><Amount fen={claim.entitled_fen} full /></strong></td></tr>
              </tbody>
            </table></Wide>
            <h3>{say('各级分担', 'By level')}</h3>
            <Wide label={say('各级分担', 'By level')}><table className="compare">
              <thead><tr><th scope="col">{say('级次', 'Level')}</th><th scope="col">{say('应补偿', 'Entitled')}</th><th scope="col">{say('已支付', 'Paid')}</th><th scope="col">{say('已返还', 'Returned')}</th></tr></thead>
              <tbody>{claim.levels.map((one) => <tr key={one.level}><th scope="row">{label(GOVERNMENT, one.level, lang)}</th><td><Amount fen={one.entitled_fen} full /></td><td><Amount fen={one.paid_fen} full /></td><td><Amount fen={one.returned_fen} full /></td></tr>)}</tbody>
            </table></Wide>
          </Panel>
          <Panel title={say('追偿', 'Recoveries')}>
            {claim.recoveries.length === 0 ? <p className="soft">{say('还没有追回。', 'None yet.')}</p> : (
              <Wide label={say('追偿', 'Recoveries')}><table className="compare">
                <thead><tr><th scope="col">{say('到账日期', 'Received')}</th><th scope="col">{say('追回', 'Recovered')}</th><th scope="col">{say('费用', 'Cost')}</th><th scope="col">{say('返还资金池', 'To the pool')}</th><th scope="col">{say('银行留存', 'To the bank')}</th></tr></thead>
                <tbody>{claim.recoveries.map((one) => <tr key={one.id}><td><Day on={one.received_on} /></td><td><Amount fen={one.gross_fen} full /></td><td><Amount fen={one.cost_fen} full /></td><td><Amount fen={one.returned_fen} full /></td><td><Amount fen={one.bank_fen} full /></td></tr>)}</tbody>
              </table></Wide>
            )}
          </Panel>
        </div>
        <Panel title={say('申请', 'Claim')}>
          <Facts rows={[
            [say('企业', 'Enterprise'), <EnterpriseLink key="e" id={claim.enterprise_id} name={claim.enterprise_name} />], [say('银行', 'Bank'), claim.bank_name], [say('贷款合同', 'Loan'), <Link key="l" to="/loans/$id" params={{ id: claim.loan_id }}>{claim.contract_no}</Link>],
            [say('申请日期', 'Filed'), <Day key="f" on={claim.filed_on} />], [say('支付期限', 'Pay by'), <Due key="d" on={claim.due_on} />], [say('逾期天数', 'Days overdue'), say(`${claim.overdue_days} 天`, `${claim.overdue_days} ${claim.overdue_days === 1 ? 'day' : 'days'}`)], [say('分类', 'Class'), label(LOAN_CLASS, claim.class, lang)],
            [say('开始追偿', 'Recovery began'), <Day key="r" on={claim.recovery_started_on} />], [say('受理序号', 'Admission no.'), claim.queue_no], [say('占用', 'Committed'), <Amount key="c" fen={claim.committed_fen} />],
            [say('已支付', 'Paid'), <Amount key="p" fen={claim.paid_fen} />], [say('核销日期', 'Written off'), <Day key="w" on={claim.written_off_on} />], [say('理由', 'Reason'), claim.reason],
          ]} />
          <h3>{say('证明材料', 'Evidence')}</h3><p style={{ whiteSpace: 'pre-wrap' }}>{claim.evidence || '—'}</p>
          <Files id={claim.id} of="compensation-claims" editable={claim.actions.some((one) => one.action === 'compensation.update' && one.allowed)} />
        </Panel>
      </div>
      {editing && (
        <ActionDialog action={editing} version={claim.version} onClose={() => setEditing(null)} words={{ name: ['修改申请', 'Edit the claim'], press: ['保存', 'Save'] }}
          initial={{ principal_loss_fen: claim.principal_loss_fen, collateral_proceeds_fen: claim.collateral_proceeds_fen, evidence: claim.evidence, ...(claim.recovery_started_on ? { recovery_started_on: claim.recovery_started_on } : {}) }}>
          <MoneyField at="/principal_loss_fen" label={say('本金损失', 'Loss of principal')} required /><MoneyField at="/collateral_proceeds_fen" label={say('担保物变现', 'Proceeds of collateral')} />
          <DateField at="/recovery_started_on" label={say('开始追偿日期', 'Recovery began on')} /><AreaField at="/evidence" label={say('证明材料说明', 'Evidence')} required />
        </ActionDialog>
      )}
    </Page>
  );
}
