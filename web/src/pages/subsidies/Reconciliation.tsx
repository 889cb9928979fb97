import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { Action, Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { reconciled, reports } from '../../router';
import { ActionDialog } from '../../ui/actions';
import { Amount, Day, Mark, Moment, Page, Panel } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { LinkButton } from '../../ui/LinkButton';
import { useFilters } from '../../ui/useFilters';
import { DIFFERENCE, label, MONEY_ACCOUNT, options } from '../../words/labels';
import { useLang, useSay } from '../../words/say';
import { ImportPage } from '../enterprises/Import';

type Row = Schemas['BookDifference'];

/** The bank's statement against the books, every difference named; a month is closed when none is open. */
export function Reconciliation() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const { value, set } = useFilters();
  const asked = reconciled(value);
  const view = useSuspenseQuery(reports.reconciliation(value)).data;
  const closings = useSuspenseQuery(reports.closings(value)).data.items;
  const [explaining, setExplaining] = useState<Row | null>(null);
  const [closing, setClosing] = useState(false);
  const explain: Action = { action: 'reconciliation.explain', allowed: true, method: 'POST', href: '/api/v1/reconciliations/explanations' };
  const sums = [[say('银行收入', 'In, bank'), view.bank_in_fen], [say('账上收入', 'In, books'), view.books_in_fen], [say('银行支出', 'Out, bank'), view.bank_out_fen], [say('账上支出', 'Out, books'), view.books_out_fen]] as const;
  return (
    <Page title={say('对账与结账', 'Reconciliation')} aside={<>
      <Button onClick={() => print()}>{say('打印', 'Print')}</Button>
      {may('statement.import') && <LinkButton to="/reconciliation/import" search={{ account: asked.account }}>{say('导入对账单', 'Import a statement')}</LinkButton>}
    </>}>
      <Panel>
        <form className="filters" role="search" onSubmit={(e) => e.preventDefault()}>
          <label className="filter"><span>{say('账户', 'Account')}</span><select className="input" value={asked.account} onChange={(e) => set('account', e.target.value)}>{options(MONEY_ACCOUNT, lang).map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}</select></label>
          <label className="filter"><span>{say('自', 'From')}</span><input className="input" type="date" value={asked.from} onChange={(e) => { if (e.target.value) set('from', e.target.value); }} /></label>
          <label className="filter"><span>{say('至', 'To')}</span><input className="input" type="date" value={asked.to} onChange={(e) => { if (e.target.value) set('to', e.target.value); }} /></label>
        </form>
        <Alert role="status" showIcon type={view.open === 0 ? 'success' : 'warning'} title={view.open === 0
          ? say(`对账单 ${view.lines} 行，账上 ${view.entries} 笔，相符 ${view.matched} 笔，没有未说明的差异`, `${view.lines} lines, ${view.entries} entries, ${view.matched} matched; no difference is open`)
          : say(`对账单 ${view.lines} 行，账上 ${view.entries} 笔，相符 ${view.matched} 笔，未说明的差异 ${view.open} 处`, `Lines: ${view.lines}, entries: ${view.entries}, matched: ${view.matched}, open differences: ${view.open}`)} />
      </Panel>
      <dl className="figures" style={{ marginBottom: 16 }}>{sums.map(([name, fen]) => <div key={name} className="stat"><dt>{name}</dt><dd><Amount fen={fen} /></dd></div>)}</dl>
      <Panel title={say('差异', 'Differences')}>
        <DataTable<Row> name="differences" caption={say('差异', 'Differences')} rows={view.differences} id={(row) => row.key} empty={say('没有差异。', 'No differences.')} columns={[
          { key: 'kind', title: say('类别', 'Kind'), show: (row) => <Mark tone={row.explained ? 'plain' : 'warn'}>{label(DIFFERENCE, row.kind, lang)}</Mark> },
          { key: 'voucher', title: say('凭证号', 'Voucher'), show: (row) => <code>{row.voucher_no}</code> },
          { key: 'bank', title: say('银行（金额、日期）', 'Bank: amount, date'), right: true, show: (row) => (row.line ? <><Amount fen={row.line.amount_fen} full /><br /><Day on={row.line.booked_on} /></> : '—') },
          { key: 'books', title: say('账上（金额、日期）', 'Books: amount, date'), right: true, show: (row) => (row.entry ? <><Amount fen={row.entry.amount_fen} full /><br /><Day on={row.entry.on} /></> : '—') },
          { key: 'explained', title: say('说明', 'Explanation'), show: (row) => (row.explained ? row.explained.reason
            : may('reconciliation.explain') ? <Button size="small" onClick={() => setExplaining(row)}>{say('说明', 'Explain')}</Button> : <Mark tone="warn">{say('未说明', 'open')}</Mark>) },
        ]} />
      </Panel>
      <Panel title={say('已结账期间', 'Closed periods')} extra={may('period.close') && <Button size="small" onClick={() => setClosing(true)}>{say('结账', 'Close a period')}</Button>}>
        <DataTable<Schemas['ClosedPeriodView']> name="closings" caption={say('已结账期间', 'Closed periods')} rows={closings} id={(row) => row.period} empty={say('还没有结账。', 'Nothing is closed yet.')} columns={[
          { key: 'period', title: say('期间', 'Period'), show: (row) => <Link to="/reconciliation" search={{ account: row.account, from: row.starts_on, to: row.ends_on }}>{row.period}</Link> },
          { key: 'in', title: say('收入', 'In'), right: true, show: (row) => <Amount fen={row.in_fen} full /> }, { key: 'out', title: say('支出', 'Out'), right: true, show: (row) => <Amount fen={row.out_fen} full /> },
          { key: 'explained', title: say('已说明差异', 'Explained'), right: true, show: (row) => row.explained }, { key: 'at', title: say('结账时间', 'Closed'), show: (row) => <Moment at={row.closed_at} /> },
        ]} />
      </Panel>
      {explaining && <ActionDialog action={explain} initial={{ ...asked, key: explaining.key, reason: '' }} onClose={() => setExplaining(null)} />}
      {closing && <ActionDialog action={{ action: 'period.close', allowed: true, method: 'POST', href: '/api/v1/period-closings' }} initial={{ account: asked.account, period: asked.from.slice(0, 7) }} onClose={() => setClosing(false)} />}
    </Page>
  );
}

export function StatementImport() {
  const say = useSay();
  const { value } = useFilters();
  const { account } = reconciled(value);
  return (
    <ImportPage title={account === 'pool' ? say('导入风险池对账单', 'Import the statement of the pool') : say('导入贴息账户对账单', 'Import the statement of the subsidy account')} href="/api/v1/bank-statements/imports" query={`&account=${account}`} skippable={false}
      hint={say('首行为列名：交易日期、流水号、借贷方向、金额（元）、对方户名、对方账号、摘要', 'The first row names the columns in Chinese: date, number, direction, amount in yuan, counterparty, its account, remark')} />
  );
}
