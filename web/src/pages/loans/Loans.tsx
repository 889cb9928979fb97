import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { read, type Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { ChoiceField, DateField, MoneyField, NumberField, PercentField, TextField } from '../../form/fields';
import { lists } from '../../router';
import { ActionDialog } from '../../ui/actions';
import { Amount, Day, Page, Panel, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { LinkButton } from '../../ui/LinkButton';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { ID_DOCUMENT, label, LOAN_CLASS, LOAN_PURPOSE, LOAN_STATE, options } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

export function Loans() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const client = useQueryClient();
  const navigate = useNavigate();
  const filters = useFilters();
  const [making, setMaking] = useState(false);
  const page = useSuspenseQuery(lists.loans(filters.value)).data;
  return (
    <Page title={say('人才贷', 'Talent loans')} aside={<>
      {may('loan.import') && <LinkButton to="/loans/import">{say('批量导入', 'Import')}</LinkButton>}
      {may('loan.create') && <Button type="primary" onClick={() => setMaking(true)}>{say('贷款备案', 'Register a loan')}</Button>}
    </>}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[
          { name: 'state', label: say('状态', 'State'), options: options(LOAN_STATE, lang) }, { name: 'class', label: say('五级分类', 'Class'), options: options(LOAN_CLASS, lang) },
          { name: 'contract_no', label: say('合同号', 'Contract'), text: true },
        ]} />
        <DataTable<Schemas['LoanSummary']> name="loans" caption={say('贷款', 'Loans')} rows={page.items} id={(row) => row.id} empty={say('没有贷款。', 'No loans.')} columns={[
          { key: 'contract', title: say('合同号', 'Contract'), show: (row) => <Link to="/loans/$id" params={{ id: row.id }}>{row.contract_no}</Link> },
          { key: 'enterprise', title: say('企业', 'Enterprise'), show: (row) => row.enterprise_name }, { key: 'talent', title: say('人才', 'Talent'), show: (row) => row.talent_name },
          { key: 'bank', title: say('银行', 'Bank'), show: (row) => row.bank_name }, { key: 'principal', title: say('本金', 'Principal'), right: true, show: (row) => <Amount fen={row.principal_fen} /> },
          { key: 'balance', title: say('余额', 'Balance'), right: true, show: (row) => <Amount fen={row.balance_fen} /> },
          { key: 'uncovered', title: say('超限部分', 'Not covered'), right: true, extra: true, show: (row) => <Amount fen={row.uncovered_fen} /> },
          { key: 'class', title: say('分类', 'Class'), show: (row) => label(LOAN_CLASS, row.class, lang) }, { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={LOAN_STATE} /> },
          { key: 'due', title: say('到期日', 'Matures on'), show: (row) => <Day on={row.due_on} /> },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      {making && <RegisterLoan onClose={() => setMaking(false)} onDone={(made) => { void client.invalidateQueries(); void navigate({ to: '/loans/$id', params: { id: made.id } }); }} />}
    </Page>
  );
}

function RegisterLoan({ onClose, onDone }: { onClose: () => void; onDone: (made: Schemas['LoanView']) => void }) {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const banks = useQuery({ ...read('/api/v1/banks'), enabled: may('bank.list') }).data?.items ?? [];
  const [kind, setKind] = useState<'fixed' | 'lpr'>('fixed');
  return (
    <ActionDialog key={kind} action={{ action: 'loan.create', allowed: true, method: 'POST', href: '/api/v1/loans' }} onClose={onClose} onDone={(made) => onDone(made as Schemas['LoanView'])}
      initial={{ contract_no: '', purpose: 'production', pricing: kind === 'fixed' ? { kind } : { kind, tenor: '1y', repricing: 'yearly', spread_bp: 0 }, ...(banks.length === 1 ? { bank_id: banks[0]?.id } : {}) }}
      words={{ name: ['贷款备案', 'Register a loan'], press: ['备案', 'Register'], wide: true, explain: ['按人才和企业的累计额度核定纳入补偿的部分，超出部分照常登记但不纳入。', 'What is covered follows from the caps per talent and enterprise; the rest is registered and not covered.'] }}>
      <div className="grid">
        {banks.length > 1 && <ChoiceField at="/bank_id" label={say('银行', 'Bank')} choices={banks.map((one) => ({ value: one.id, label: one.name }))} required />}
        <TextField at="/contract_no" label={say('合同号', 'Contract no.')} required />
        <TextField at="/credit_code" label={say('企业信用代码', 'Credit code of the enterprise')} maxLength={18} required />
        <ChoiceField at="/id_document" label={say('人才证件类型', 'Talent’s document')} choices={options(ID_DOCUMENT, lang)} />
        <TextField at="/id_number" label={say('人才证件号', 'Talent’s document number')} required />
        <MoneyField at="/principal_fen" label={say('本金', 'Principal')} required />
        <ChoiceField at="/purpose" label={say('用途', 'Purpose')} choices={options(LOAN_PURPOSE, lang)} required />
        <DateField at="/signed_on" label={say('签订日期', 'Signed on')} required />
        <DateField at="/matures_on" label={say('到期日期', 'Matures on')} required />
      </div>
      <div className="field">
        <label htmlFor="pricing-kind">{say('定价方式', 'Pricing')}</label>
        <select id="pricing-kind" className="input" value={kind} onChange={(e) => setKind(e.target.value as 'fixed' | 'lpr')}><option value="fixed">{say('固定利率', 'Fixed')}</option><option value="lpr">{say('LPR 加点', 'LPR plus points')}</option></select>
      </div>
      <div className="grid">
        {kind === 'fixed' ? <PercentField at="/pricing/rate_ppm" label={say('年利率', 'Rate a year')} required /> : (
          <>
            <ChoiceField at="/pricing/tenor" label={say('LPR 期限', 'Tenor')} choices={[{ value: '1y', label: say('一年期', 'One year') }, { value: '5y', label: say('五年期以上', 'Five years') }]} required />
            <NumberField at="/pricing/spread_bp" label={say('加点', 'Spread')} unit={say('基点', 'bp')} required />
            <ChoiceField at="/pricing/repricing" label={say('重定价', 'Repricing')} required choices={[{ value: 'monthly', label: say('按月', 'Monthly') }, { value: 'quarterly', label: say('按季', 'Quarterly') }, { value: 'yearly', label: say('按年', 'Yearly') }, { value: 'january', label: say('每年一月一日', 'On 1 January') }]} />
          </>
        )}
      </div>
    </ActionDialog>
  );
}
