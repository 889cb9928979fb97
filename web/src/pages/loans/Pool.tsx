import { useSuspenseQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { read, type Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { useSend } from '../../form/useSend';
import { lists } from '../../router';
import { ActionBar } from '../../ui/actions';
import { Amount, Day, Mark, Page, Panel, ProblemNote, Rate } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { LinkButton } from '../../ui/LinkButton';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { label, options, POOL_ACCOUNT, POOL_KIND } from '../../words/labels';
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
        <div className="stat"><dt>{say('占用率', 'Committed share')}</dt><dd><Rate ppm={pool.committed_ppm} /></dd></div>
        <div className="stat"><dt>{say('排队待付', 'Queued')}</dt><dd><Amount fen={pool.queued_fen} /></dd></div>
        <div className="stat"><dt>{say('排队件数', 'Claims queued')}</dt><dd>{pool.queued_claims}</dd></div>
      </dl>
      <Panel title={say('科目余额', 'Accounts')}>
        <table className="compare"><thead><tr><th scope="col">{say('科目', 'Account')}</th><th scope="col">{say('余额', 'Balance')}</th></tr></thead>
          <tbody>{pool.accounts.filter((one) => one.balance_fen !== 0).map((one) => <tr key={one.account}><th scope="row">{label(POOL_ACCOUNT, one.account, lang)}</th><td><Amount fen={one.balance_fen} full /></td></tr>)}</tbody></table>
      </Panel>
      <Panel title={say('流水', 'Transactions')}>
        <Filters value={filters.value} onChange={filters.set} filters={[{ name: 'kind', label: say('类别', 'Kind'), options: options(POOL_KIND, lang) }]} />
        <DataTable<Schemas['PoolTransactionSummary']> name="pool" caption={say('流水', 'Transactions')} rows={page.items} id={(row) => row.id} empty={say('没有流水。', 'No transactions.')} columns={[
          { key: 'on', title: say('记账日期', 'Booked'), show: (row) => <Day on={row.booked_on} /> }, { key: 'kind', title: say('类别', 'Kind'), show: (row) => label(POOL_KIND, row.kind, lang) },
          { key: 'amount', title: say('金额', 'Amount'), right: true, show: (row) => <Amount fen={row.amount_fen} full /> }, { key: 'reason', title: say('事由', 'Reason'), show: (row) => row.reason },
          { key: 'voucher', title: say('凭证号', 'Voucher'), show: (row) => row.voucher_no ?? '—' }, { key: 'by', title: say('经办', 'By'), extra: true, show: (row) => row.made_by },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
    </Page>
  );
}
