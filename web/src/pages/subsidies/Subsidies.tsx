import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { useMay, useMe } from '../../api/me';
import { ManyField } from '../../form/fields';
import { lists } from '../../router';
import { ActionDialog } from '../../ui/actions';
import { wordsOf } from '../../ui/action-words';
import { Amount, Day, Due, Empty, Mark, Page, Panel, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { options, SUBSIDY_STATE } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

type Row = Schemas['SubsidyClaimSummary'];

/** What is done with several claims at once, and from which state. */
const BULK = { announce: { from: 'approved', action: 'subsidy.announce', href: '/api/v1/subsidy-notices' }, order: { from: 'payable', action: 'payment_batch.create', href: '/api/v1/payment-batches' } } as const;

export function Subsidies() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.subsidies(filters.value)).data;
  const [beginning, setBeginning] = useState(false);
  const [chosen, setChosen] = useState<string[]>([]);
  const [bulk, setBulk] = useState<keyof typeof BULK | null>(null);
  const picked = page.items.filter((row) => chosen.includes(row.id));
  const fits = (name: keyof typeof BULK) => picked.length > 0 && picked.every((row) => row.state === BULK[name].from) && may(BULK[name].action);
  const staff = may('subsidy.announce');
  return (
    <Page title={say('贷款贴息', 'Interest subsidies')} lead={say('每笔贷款每个计息年度申请一次；金额按计算单逐步可查。', 'Once per loan and interest year; every amount can be followed step by step.')}
      aside={may('subsidy_claim.create') && <Button type="primary" onClick={() => setBeginning(true)}>{say('申请贴息', 'Claim a subsidy')}</Button>}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[{ name: 'state', label: say('状态', 'State'), options: options(SUBSIDY_STATE, lang) }, { name: 'budget_year', label: say('预算年度', 'Budget year'), text: true }]} />
        <DataTable<Row> name="subsidies" caption={say('贴息申请', 'Claims')} rows={page.items} id={(row) => row.id} empty={say('没有贴息申请。', 'No claims.')}
          selection={staff ? { chosen: picked.map((row) => row.id), onChange: setChosen, nameOf: (id) => page.items.find((row) => row.id === id)?.enterprise_name ?? id } : undefined} columns={[
            { key: 'enterprise', title: say('企业', 'Enterprise'), show: (row) => <Link to="/subsidies/$id" params={{ id: row.id }}>{row.enterprise_name}</Link> },
            { key: 'contract', title: say('合同号', 'Contract'), show: (row) => row.contracts.join(say('、', ', ')) },
            { key: 'year', title: say('计息年度', 'Interest year'), right: true, show: (row) => row.claim_year },
            { key: 'computed', title: say('测算', 'Computed'), right: true, show: (row) => <Amount fen={row.computed_fen} /> },
            { key: 'granted', title: say('核定', 'Granted'), right: true, show: (row) => (row.granted_fen > 0 ? <Amount fen={row.granted_fen} /> : '—') },
            { key: 'state', title: say('状态', 'State'), show: (row) => <><State of={row.state} table={SUBSIDY_STATE} /> {row.overdue && <Mark tone="bad">{say('超期', 'late')}</Mark>}</> },
            { key: 'filed', title: say('提交日期', 'Filed'), show: (row) => <Day on={row.filed_on} /> },
            ...(!may('subsidy_claim.create') ? [] : [{ key: 'window', title: say('提交截止', 'Hand in by'), show: (row: Row) => (row.state === 'draft' ? <Due on={row.window_to} /> : '—') }]),
            { key: 'due', title: say('审核期限', 'Review by'), extra: true, show: (row) => <Due on={row.due_on} /> },
            { key: 'budget', title: say('预算年度', 'Budget year'), extra: true, right: true, show: (row) => row.budget_year },
          ]} />
        {picked.length > 0 && (
          <div className="bulk" role="region" aria-label={say('批量操作', 'Bulk actions')}>
            <span>{say(`已选 ${picked.length} 件`, `${picked.length} selected`)} · <Amount fen={picked.reduce((sum, row) => sum + row.granted_fen, 0)} full /></span>
            <Button size="small" disabled={!fits('announce')} onClick={() => setBulk('announce')}>{say('公示', 'Put on notice')}</Button>
            <Button size="small" disabled={!fits('order')} onClick={() => setBulk('order')}>{say('发起支付', 'Order the payment')}</Button>
            {!fits('announce') && !fits('order') && <span className="soft">{say('只能同时处理“已批准”或“待支付”的申请', 'All chosen must be approved, or all payable')}</span>}
          </div>
        )}
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      {bulk && (() => {
        const action = { action: BULK[bulk].action, allowed: true, method: 'POST', href: BULK[bulk].href };
        const words = wordsOf(action);
        return words && <ActionDialog action={action} words={words} initial={{ claim_ids: picked.map((row) => row.id), ...(bulk === 'announce' ? { body: '' } : { note: '' }) }} onClose={() => setBulk(null)} onDone={() => setChosen([])} />;
      })()}
      {beginning && <BeginClaim onClose={() => setBeginning(false)} />}
    </Page>
  );
}

/** Which loans; the interest year is the one whose window opened last. */
function BeginClaim({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const loans = useQuery(lists.loans({})).data?.items.filter((one) => ['active', 'overdue', 'settled'].includes(one.state)) ?? [];
  const [enterprise, setEnterprise] = useState(me.enterprises[0]?.id ?? '');
  const own = loans.filter((one) => one.enterprise_id === enterprise);
  return (
    <ActionDialog key={enterprise} action={{ action: 'subsidy_claim.create', allowed: true, method: 'POST', href: '/api/v1/subsidy-claims' }} initial={{ enterprise_id: enterprise, loan_ids: [] }} onClose={onClose}
      words={{ name: ['申请贴息', 'Claim a subsidy'], press: ['开始填写', 'Begin'], done: ['已建立草稿', 'The draft is made'], explain: ['选择要申请贴息的贷款。之后填写材料并提交；实付利息由银行确认。', 'Choose the loans. Then fill in the form and submit; the bank confirms the interest that was paid.'] }}
      onDone={(made) => { void client.invalidateQueries(); void navigate({ to: '/subsidies/$id/form', params: { id: (made as Row).id } }); }}>
      {me.enterprises.length > 1 && (
        <div className="field"><label htmlFor="claim-enterprise">{say('企业', 'Enterprise')}</label>
          <select id="claim-enterprise" className="input" value={enterprise} onChange={(e) => setEnterprise(e.target.value)}>{me.enterprises.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</select></div>
      )}
      {own.length === 0 ? <Empty>{say('没有可申请的贷款：贷款由银行备案并放款后出现在这里。', 'No loan to claim for: loans appear once the bank has registered and drawn them.')}</Empty>
        : <ManyField at="/loan_ids" label={say('贷款', 'Loans')} choices={own.map((one) => ({ value: one.id, label: `${one.contract_no} · ${one.bank_name}` }))} required />}
    </ActionDialog>
  );
}
