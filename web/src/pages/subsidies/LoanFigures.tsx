import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Schemas } from '../../api/client';
import { reports } from '../../router';
import { Amount, Day, Empty, Page, Panel, Wide } from '../../ui/basics';
import { Chart } from '../../ui/Chart';
import { DataTable } from '../../ui/DataTable';
import { Filters } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { today } from '../../words/dates';
import { BREACH, label, LOAN_CLASS, SUBSIDY_STATE, TIER } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

/** What the fund manager answers for: claims by state and age, what was paid to whom, how good the loans are, what is late. */
export function LoanFigures() {
  const say = useSay();
  const lang = useLang();
  const { value, set } = useFilters();
  const view = useSuspenseQuery(reports.loans(value)).data;
  const years = Array.from({ length: 4 }, (_, back) => String(Number(today().slice(0, 4)) - back));
  const option = useMemo(() => ({
    color: ['#0b5c7a'], tooltip: {}, grid: { left: 8, right: 60, top: 10, bottom: 8, containLabel: true },
    xAxis: { type: 'value', name: lang === 'en' ? '10k yuan' : '万元' }, yAxis: { type: 'category', inverse: true, data: view.loans.map((row) => label(LOAN_CLASS, row.class, lang)) },
    series: [{ type: 'bar', data: view.loans.map((row) => row.balance_fen / 1_000_000), label: { show: true, position: 'right', formatter: (at: { value: number }) => at.value.toLocaleString('en') } }],
  }), [view, lang]);
  return (
    <Page title={say('贷款全景', 'Loan figures')} lead={<>{say('截至', 'As of')} <Day on={view.as_of} /></>}>
      <Filters value={value} onChange={set} filters={[{ name: 'year', label: say('年度', 'Year'), options: years.map((year) => ({ value: year, label: year })) }]} />
      <div className="halves">
        <Panel title={say('贷款质量', 'Loans by class')}>
          <Chart option={option} label={say('各分类余额图', 'Balance by class')} />
          <Wide label={say('贷款质量', 'Quality of the loans')}><table className="compare"><thead><tr><th scope="col">{say('分类', 'Class')}</th><th scope="col">{say('笔数', 'Loans')}</th><th scope="col">{say('余额', 'Balance')}</th><th scope="col">{say('纳入补偿', 'Covered')}</th></tr></thead>
            <tbody>{view.loans.map((row) => <tr key={row.class}><th scope="row">{label(LOAN_CLASS, row.class, lang)}</th><td><Link to="/loans" search={{ class: row.class }}>{row.loans}</Link></td><td><Amount fen={row.balance_fen} /></td><td><Amount fen={row.covered_fen} /></td></tr>)}</tbody></table></Wide>
        </Panel>
        <Panel title={say('超期事项', 'What is late')}>
          {view.breaches.length === 0 ? <Empty>{say('没有超期。', 'Nothing is late.')}</Empty> : (
            <ul>{view.breaches.map((row) => <li key={row.id}><Breach row={row} /> · {say(`超期 ${row.days_late} 天`, `${row.days_late} days late`)}</li>)}</ul>
          )}
        </Panel>
      </div>
      <Panel title={say('贴息申请：状态与时长', 'Claims by state and age')}>
        <DataTable<Schemas['ClaimsByState']> name="claims-by-state" caption={say('贴息申请', 'Claims')} rows={view.claims} id={(row) => row.state} empty={say('没有贴息申请。', 'No claims.')} columns={[
          { key: 'state', title: say('状态', 'State'), show: (row) => <Link to="/subsidies" search={{ state: row.state }}>{label(SUBSIDY_STATE, row.state, lang)}</Link> }, { key: 'claims', title: say('件数', 'Claims'), right: true, show: (row) => row.claims },
          { key: 'a', title: say('10 天内', 'Up to 10 days'), right: true, show: (row) => row.up_to_10_days }, { key: 'b', title: say('11–30 天', '11–30 days'), right: true, show: (row) => row.up_to_30_days },
          { key: 'c', title: say('31–60 天', '31–60 days'), right: true, show: (row) => row.up_to_60_days }, { key: 'd', title: say('60 天以上', 'Over 60 days'), right: true, show: (row) => row.older },
          { key: 'computed', title: say('测算', 'Computed'), right: true, show: (row) => <Amount fen={row.computed_fen} /> }, { key: 'granted', title: say('核定', 'Granted'), right: true, show: (row) => (row.granted_fen > 0 ? <Amount fen={row.granted_fen} /> : '—') },
        ]} />
      </Panel>
      <div className="halves">
        <Paid title={say('已支付：按企业', 'Paid by enterprise')} rows={view.paid_by_enterprise.map((row) => ({ key: row.enterprise_id, name: row.name, fen: row.paid_fen }))} />
        <div>
          <Paid title={say('已支付：按银行', 'Paid by bank')} rows={view.paid_by_bank.map((row) => ({ key: row.bank_id, name: row.name, fen: row.paid_fen }))} />
          <Paid title={say('已支付：按类别', 'Paid by tier')} rows={view.paid_by_tier.map((row) => ({ key: row.tier ?? '', name: row.tier ? label(TIER, row.tier, lang) : say('不在库', 'Not in the library'), fen: row.paid_fen }))} />
        </div>
      </div>
    </Page>
  );
}

function Breach({ row }: { row: Schemas['Breach'] }) {
  const lang = useLang();
  const name = label(BREACH, row.kind, lang);
  return row.kind === 'subsidy_review' ? <Link to="/subsidies/$id" params={{ id: row.id }}>{name}</Link> : <Link to="/compensation/$id" params={{ id: row.id }}>{name}</Link>;
}

function Paid({ title, rows }: { title: string; rows: Array<{ key: string; name: string; fen: number }> }) {
  const say = useSay();
  return (
    <Panel title={title}>
      {rows.length === 0 ? <Empty>{say('还没有支付。', 'Nothing was paid yet.')}</Empty> : (
        <Wide label={title}><table className="compare"><thead><tr><th scope="col">{say('名称', 'Name')}</th><th scope="col">{say('已支付', 'Paid')}</th></tr></thead>
          <tbody>{rows.map((row) => <tr key={row.key}><th scope="row" translate="no">{row.name}</th><td><Amount fen={row.fen} full /></td></tr>)}</tbody></table></Wide>
      )}
    </Panel>
  );
}
