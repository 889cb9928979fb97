import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { Dialog } from '../../ui/Dialog';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { FaultSummary, FormArea } from '../../form/context';
import { AreaField, ChoiceField, ListField } from '../../form/fields';
import { useSend } from '../../form/useSend';
import { lists, ROUNDS } from '../../router';
import { Due, Moment, Page, Panel, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { APPLICATION_STATE, label, options, SECTION, TIER } from '../../words/labels';
import { told, useLang, useSay, type Say } from '../../words/say';
import { useQueryClient } from '@tanstack/react-query';

type Row = Schemas['ApplicationSummary'];

/** The views an officer begins the day with: each is a filter, so it is also an address. */
const VIEWS: Array<{ name: Say; state?: string; mine?: string; overdue?: string }> = [
  { name: ['待受理', 'To be accepted'], state: 'submitted' },
  { name: ['审查超期', 'Overdue'], overdue: 'true' },
  { name: ['我经办的', 'Mine'], mine: 'true' },
  { name: ['待补正', 'With the enterprise'], state: 'returned' },
  { name: ['待审议', 'To be decided'], state: 'accepted' },
  { name: ['已评审', 'Scored'], state: 'scored' },
  { name: ['拟认定', 'Proposed'], state: 'proposed' },
  { name: ['有异议', 'Objected'], state: 'objected' },
  { name: ['全部', 'All'] },
];

export function Queue() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.applications(filters.value)).data;
  const rounds = useSuspenseQuery(ROUNDS).data.items;
  const [chosen, setChosen] = useState<string[]>([]);
  const [step, setStep] = useState<Bulk | null>(null);
  const roundName = (id: string) => rounds.find((one) => one.id === id)?.name ?? id;
  const nameOf = (id: string) => page.items.find((one) => one.id === id)?.enterprise.name ?? id;
  const within = Object.fromEntries(['q', 'year', 'round_id'].filter((name) => filters.value[name]).map((name) => [name, filters.value[name]]));
  const years = [...new Set([...rounds.map((round) => String(round.year)), ...(filters.value.year ? [filters.value.year] : [])])].sort().reverse();
  const picked = chosen.filter((id) => page.items.some((one) => one.id === id));
  return (
    <Page title={say('申报工作台', 'Work queue')} lead={say('筛选条件都在网址里，可以收藏或发给同事。', 'The filters are part of the link: bookmark or share it.')}>
      <nav className="views" aria-label={say('常用视图', 'Views')}>
        {VIEWS.map(({ name, ...view }) => {
          const here = (['state', 'mine', 'overdue'] as const).every((key) => filters.value[key] === view[key]);
          return (
            <Link key={name[0]} to="/queue" search={{ ...view, ...within }}
              className={here ? 'here' : ''} aria-current={here ? 'page' : undefined}>{told(name, lang)}</Link>
          );
        })}
      </nav>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[
          { name: 'q', label: say('企业名称或信用代码', 'Name or credit code'), text: true },
          { name: 'year', label: say('年度', 'Year'), options: years.map((year) => ({ value: year, label: year })) },
          { name: 'round_id', label: say('批次', 'Round'), options: rounds.map((round) => ({ value: round.id, label: round.name })) },
          { name: 'tier', label: say('类别', 'Tier'), options: options(TIER, lang) },
          { name: 'state', label: say('状态', 'State'), options: options(APPLICATION_STATE, lang) },
        ]} />
        <DataTable<Row> name="queue" caption={say('申报', 'Applications')} rows={page.items} id={(row) => row.id} empty={say('没有符合条件的申报。', 'No application matches.')}
          selection={may('application.accept') ? { chosen: picked, onChange: setChosen, nameOf } : undefined}
          columns={[
            { key: 'enterprise', title: say('企业', 'Enterprise'), show: (row) => <Link to="/applications/$id" params={{ id: row.id }}>{row.enterprise.name}</Link> },
            { key: 'code', title: say('信用代码', 'Credit code'), extra: true, show: (row) => <code>{row.enterprise.credit_code}</code> },
            { key: 'tier', title: say('类别', 'Tier'), show: (row) => label(TIER, row.tier, lang) },
            { key: 'round', title: say('批次', 'Round'), show: (row) => roundName(row.round_id) },
            { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={APPLICATION_STATE} /> },
            { key: 'review', title: say('受理截止', 'Review due'), show: (row) => <Due on={row.review_due_on} /> },
            { key: 'due', title: say('补正期限', 'Correct by'), show: (row) => (row.state === 'returned' ? <Due on={row.return_due_on} /> : '—') },
            { key: 'submitted', title: say('提交时间', 'Submitted'), show: (row) => <Moment at={row.submitted_at} /> },
            { key: 'updated', title: say('最近更新', 'Updated'), extra: true, show: (row) => <Moment at={row.updated_at} /> },
          ]} />
        {picked.length > 0 && (
          <div className="bulk" role="region" aria-label={say('批量操作', 'Bulk actions')}>
            <span>{say(`已选 ${picked.length} 件`, `${picked.length} selected`)}</span>
            {BULK.map((bulk) => <Button key={bulk.action} size="small" onClick={() => setStep(bulk)}>{told(bulk.name, lang)}</Button>)}
            <Button size="small" type="link" onClick={() => setChosen([])}>{say('取消选择', 'Clear')}</Button>
          </div>
        )}
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      {step && <BulkDialog bulk={step} ids={picked} nameOf={nameOf} onClose={() => setStep(null)} onDone={() => setChosen([])} />}
    </Page>
  );
}

interface Bulk {
  action: Schemas['BatchAction'];
  name: Say;
  /** It ends somebody's application. */
  grave?: boolean;
}

const BULK: Bulk[] = [
  { action: 'acceptance', name: ['批量受理', 'Accept'] },
  { action: 'return', name: ['批量退回补正', 'Return for correction'] },
  { action: 'rejection', name: ['批量形式审查不通过', 'Reject at the formal review'], grave: true },
  { action: 'proposal', name: ['批量提请拟认定', 'Propose'] },
  { action: 'non_selection', name: ['批量提请不予入选', 'Not select'], grave: true },
];

/** Tried first, then done: all or nothing, and what stands in the way is said per application. */
function BulkDialog({ bulk, ids, nameOf, onClose, onDone }: { bulk: Bulk; ids: string[]; nameOf: (id: string) => string; onClose: () => void; onDone: () => void }) {
  const say = useSay();
  const lang = useLang();
  const client = useQueryClient();
  const { send, problem, busy } = useSend();
  const [typed, setTyped] = useState<Record<string, unknown>>(bulk.action === 'return' ? { items: [{ section: 'figures', remark: '' }] } : {});
  const [tried, setTried] = useState<Schemas['BatchView'] | null>(null);
  const fine = tried !== null && tried.results.every((one) => one.ok);
  const run = (dry_run: boolean) => send<Schemas['BatchView']>({ method: 'POST', href: '/api/v1/applications/batches', body: { action: bulk.action, ids, input: typed, dry_run } });
  return (
    <Dialog open width={720} title={told(bulk.name, lang)} onCancel={onClose} confirmLoading={busy} cancelText={say('取消', 'Cancel')}
      okText={fine ? say(`${bulk.name[0]}（${ids.length} 件）`, `${bulk.name[1]} (${ids.length})`) : say('试运行', 'Try it')} okButtonProps={{ danger: fine && bulk.grave === true }}
      onOk={async () => {
        const answer = await run(!fine);
        if (!answer) return;
        if (fine && answer.applied) {
          await client.invalidateQueries();
          onDone();
          onClose();
        } else setTried(answer);
      }}>
      <FormArea value={typed} onChange={(next) => { setTyped(next); setTried(null); }} problem={problem}>
        <FaultSummary problem={problem} />
        {bulk.action === 'return' ? (
          <ListField at="/items" label={say('补正内容（全部相同）', 'To be corrected (the same for all)')} add={say('再添一条', 'Add another')} blank={() => ({ section: 'figures', remark: '' })}>
            {(at) => (
              <>
                <ChoiceField at={`${at}/section`} label={say('部分', 'Section')} choices={options(SECTION, lang)} required />
                <AreaField at={`${at}/remark`} label={say('意见', 'Remark')} rows={2} required />
              </>
            )}
          </ListField>
        ) : <AreaField at="/reason" label={say('理由', 'Reason')} required={bulk.action !== 'acceptance'} />}
      </FormArea>
      {tried && (
        <div role="status">
          <Alert type={fine ? 'success' : 'warning'} showIcon title={fine ? say('试运行通过，尚未执行。', 'The trial went through; nothing is done yet.') : say('有的件不能执行，因此全部不执行。', 'Some cannot be done, so none is.')} />
          <ul>
            {tried.results.filter((one) => fine || !one.ok).map((one) => <li key={one.id}>{nameOf(one.id)}{!one.ok && <>{say('：', ': ')}{one.reason ?? one.code}</>}</li>)}
          </ul>
        </div>
      )}
    </Dialog>
  );
}
