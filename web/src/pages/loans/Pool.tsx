import { useSuspenseQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useMemo, useState } from 'react';
import { read, type Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { useSend } from '../../form/useSend';
import { lists, reports } from '../../router';
import { ActionBar } from '../../ui/actions';
import { Amount, Day, Mark, Page, Panel, ProblemNote, Rate, Wide } from '../../ui/basics';
import { Chart } from '../../ui/Chart';
import { DataTable } from '../../ui/DataTable';
import { LinkButton } from '../../ui/LinkButton';
import { Filters, Pager } from '../../ui/List';
import { useCodes } from '../../ui/names';
import { roundedShare } from '../../words/money';
import { useFilters } from '../../ui/useFilters';
import { label, options, POOL_ACCOUNT, POOL_KIND, POOL_REASON, TIER } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

/** The risk pool: what is there, what is promised, what waits; every booking behind it; and a check that the books balance. */
export function Pool() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const filters = useFilters();
  const pool = useSuspenseQuery(read('/api/v1/pool')).data;
  const page = useSuspenseQuery(lists.pool(filters.value)).data;
  const { send, problem, busy } = useSend();
  const [checked, setChecked] = useState<Schemas['PoolCheckView'] | null>(null);
  const light = { green: ['good', say('充足', 'Ample')], amber: ['warn', say('偏紧', 'Getting short')], red: ['bad', say('不足', 'Short')] } as const;
  return (
    <Page title={say('风险补偿资金池', 'Risk pool')} tags={<Mark tone={light[pool.light][0]}>{light[pool.light][1]}</Mark>} aside={<>
      <LinkButton to="/compensation" search={{ state: 'queued' }}>{say('补偿排队', 'Compensation queue')}</LinkButton>
      {may('pool.check') && <Button loading={busy} onClick={async () => setChecked((await send<Schemas['PoolCheckView']>({ method: 'POST', href: '/api/v1/pool/checks' })) ?? null)}>{say('对账', 'Check the books')}</Button>}
    </>}>
      <ProblemNote problem={problem} />
      {checked && <Alert className="problem" role="status" showIcon type={checked.balanced ? 'success' : 'error'} title={checked.balanced ? say(`账目平衡（${checked.postings} 笔分录）`, `The books balance (${checked.postings} postings)`) : say(`账目不平：${checked.faults.length} 处`, `The books do not balance: ${checked.faults.length} faults`)} />}
      <Panel><ActionBar record={pool} /></Panel>
      <dl className="figures" style={{ marginBottom: 16 }}>
        <div className="stat big"><dt>{say('可用', 'Available')}</dt><dd><Amount fen={pool.available_fen} /></dd></div>
        <div className="stat"><dt>{say('余额', 'Balance')}</dt><dd><Amount fen={pool.balance_fen} /></dd></div>
        <div className="stat"><dt>{say('已占用', 'Committed')}</dt><dd><Amount fen={pool.committed_fen} /></dd></div>
        <div className="stat"><dt>{say('占用率', 'Committed share')}</dt><dd><Rate ppm={roundedShare(pool.committed_ppm, Math.floor)} /></dd></div>
        <div className="stat"><dt>{say('排队待付', 'Queued')}</dt><dd><Amount fen={pool.queued_fen} /></dd></div>
        <div className="stat"><dt>{say('排队件数', 'Claims queued')}</dt><dd>{pool.queued_claims}</dd></div>
      </dl>
      <Panel title={say('科目余额', 'Accounts')}>
        <Wide label={say('科目余额', 'Accounts')}><table className="compare"><thead><tr><th scope="col">{say('科目', 'Account')}</th><th scope="col">{say('余额', 'Balance')}</th></tr></thead>
          <tbody>{pool.accounts.filter((one) => one.balance_fen !== 0).map((one) => <tr key={one.account}><th scope="row">{label(POOL_ACCOUNT, one.account, lang)}</th><td><Amount fen={Math.abs(one.balance_fen)} full /> <span className="soft">{one.balance_fen < 0 ? say('贷', 'credit') : say('借', 'debit')}</span></td></tr>)}</tbody></table></Wide>
      </Panel>
      <Forecast />
      <Exposure />
      <Panel title={say('流水', 'Transactions')}>
        <Filters value={filters.value} onChange={filters.set} filters={[{ name: 'kind', label: say('类别', 'Kind'), options: options(POOL_KIND, lang) }]} />
        <DataTable<Schemas['PoolTransactionSummary']> name="pool" caption={say('流水', 'Transactions')} rows={page.items} id={(row) => row.id} empty={say('没有流水。', 'No transactions.')} columns={[
          { key: 'on', title: say('记账日期', 'Booked'), show: (row) => <Day on={row.booked_on} /> }, { key: 'kind', title: say('类别', 'Kind'), show: (row) => label(POOL_KIND, row.kind, lang) },
          { key: 'amount', title: say('金额', 'Amount'), right: true, show: (row) => <Amount fen={row.amount_fen} full /> }, { key: 'reason', title: say('事由', 'Reason'), show: (row) => label(POOL_REASON, row.reason, lang) },
          { key: 'voucher', title: say('凭证号', 'Voucher'), show: (row) => row.voucher_no ?? '—' }, { key: 'by', title: say('经办', 'By'), extra: true, show: (row) => row.made_by },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
    </Page>
  );
}

/** Twelve months from the repayment schedules: what falls due, what may be claimed, and what would be left each time. */
function Forecast() {
  const say = useSay();
  const lang = useLang();
  const { months } = useSuspenseQuery(reports.forecast()).data;
  const option = useMemo(() => {
    const line = (name: string, of: (month: Schemas['ForecastMonth']) => number) => ({ name, type: 'line', data: months.map((month) => of(month) / 1_000_000) });
    const english = lang === 'en';
    return {
      color: ['#14693b', '#a35c00', '#b42318'], tooltip: { trigger: 'axis' }, legend: { bottom: 0, orient: 'vertical', itemGap: 4 }, grid: { left: 8, right: 16, top: 32, bottom: 76, containLabel: true },
      xAxis: { type: 'category', data: months.map((month) => month.month) }, yAxis: { type: 'value', name: english ? '10k yuan' : '万元' },
      series: [
        line(english ? 'After what is claimed' : '扣除已申请', (month) => month.left_after_claimed_fen), line(english ? 'After what is at risk too' : '再扣除已出险的', (month) => month.left_after_at_risk_fen),
        line(english ? 'If all else covered is lost too' : '其余全部损失时', (month) => month.left_after_worst_fen),
      ],
    };
  }, [months, lang]);
  return (
    <Panel title={say('十二个月预测', 'Forecast for twelve months')}>
      <p className="soft">{say('资金池余额：期初余额减去各月预计支付的补偿。逾期满规定天数才补偿，所以支付晚于到期。', 'The balance of the pool, less what would be paid each month. A claim is paid only after the overdue days that the scheme sets, so later than the loan falls due.')}</p>
      <Chart option={option} label={say('资金池余额预测图', 'What would be left of the pool')} />
      <Wide label={say('预测', 'Forecast')}>
        <table className="compare"><thead><tr><th scope="col">{say('月份', 'Month')}</th><th scope="col">{say('到期本金', 'Principal due')}</th><th scope="col">{say('其中纳入补偿', 'Covered part of it')}</th><th scope="col">{say('已申请补偿', 'Claimed')}</th><th scope="col">{say('已出险，可能补偿', 'At risk')}</th><th scope="col">{say('其余全部损失', 'All else lost')}</th></tr></thead>
          <tbody>{months.map((month) => <tr key={month.month}><th scope="row">{month.month}</th><td><Amount fen={month.due_fen} /></td><td><Amount fen={month.due_covered_fen} /></td><td><Amount fen={month.claimed_fen} /></td><td><Amount fen={month.at_risk_fen} /></td><td><Amount fen={month.worst_fen} /></td></tr>)}</tbody></table>
      </Wide>
    </Panel>
  );
}

/** What the government would have to pay if every covered loan were lost, and how many times the pool that is. */
function Exposure() {
  const say = useSay();
  const lang = useLang();
  const view = useSuspenseQuery(reports.exposure()).data;
  const codes = useCodes();
  const times = (ppm: number | null | undefined) => (ppm === null || ppm === undefined ? '—' : say(`${(ppm / 1_000_000).toFixed(2)} 倍`, `${(ppm / 1_000_000).toFixed(2)} ×`));
  const groups = [[say('银行', 'Bank'), view.by_bank], [say('类别', 'Tier'), view.by_tier.map((row) => ({ ...row, name: row.key === 'none' ? say('不在库', 'Not in the library') : label(TIER, row.key, lang) }))], [say('赛道', 'Track'), view.by_track.map((row) => ({ ...row, name: codes(row.key) }))]] as const;
  return (
    <Panel title={say('风险敞口与杠杆', 'Exposure and leverage')}>
      <p>{say('政府敞口合计', 'Government exposure in all')} <strong><Amount fen={view.total.exposure_fen} /></strong> · {say('杠杆', 'leverage')} {times(view.total.leverage_ppm)}</p>
      <Wide label={say('风险敞口', 'Exposure')}>
        <table className="compare"><thead><tr><th scope="col">{say('分组', 'By')}</th><th scope="col">{say('名称', 'Name')}</th><th scope="col">{say('笔数', 'Loans')}</th><th scope="col">{say('纳入补偿余额', 'Covered balance')}</th><th scope="col">{say('政府敞口', 'Government exposure')}</th><th scope="col">{say('杠杆', 'Leverage')}</th></tr></thead>
          <tbody>{groups.flatMap(([group, rows]) => rows.map((row) => <tr key={`${group}${row.key}`}><td>{group}</td><th scope="row" translate="no">{row.name}</th><td>{row.loans}</td><td><Amount fen={row.covered_fen} /></td><td><Amount fen={row.exposure_fen} /></td><td>{times(row.leverage_ppm)}</td></tr>))}</tbody></table>
      </Wide>
    </Panel>
  );
}
