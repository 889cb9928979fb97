import { useSuspenseQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { useSend } from '../../form/useSend';
import { lists } from '../../router';
import { Facts, Moment, Page, Panel, ProblemNote } from '../../ui/basics';
import { Compare } from '../../ui/Compare';
import { DataTable } from '../../ui/DataTable';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { Dialog } from '../../ui/Dialog';
import { useNames } from '../../ui/names';
import { anyState, label, options } from '../../words/labels';
import { useLang, useSay, type Lang } from '../../words/say';
import { actorName, eventName, eventOptions, SUBJECT } from './trail';

export function Audit() {
  const say = useSay();
  const lang = useLang();
  const filters = useFilters();
  const names = useNames();
  const [open, setOpen] = useState<Schemas['AuditEventView'] | null>(null);
  const page = useSuspenseQuery(lists.audit(filters.value)).data;
  return (
    <Page title={say('审计', 'Audit')} lead={say('每次变更都有一条链式记录，不能改、不能删。', 'Every change leaves an event in a chain; none can be changed or removed unseen.')}>
      <Verification />
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[
          { name: 'subject_kind', label: say('对象类别', 'Subject'), options: options(SUBJECT, lang) },
          { name: 'subject_id', label: say('对象编号', 'Subject id'), text: true },
          { name: 'actor', label: say('操作人编号', 'Actor’s id'), text: true },
          { name: 'action', label: say('操作', 'Action'), options: eventOptions(lang) },
        ]} />
        <DataTable<Schemas['AuditEventView']> name="audit" caption={say('审计记录', 'Audit events')} rows={page.items} id={(row) => row.id} empty={say('没有符合条件的记录。', 'No event matches.')} columns={[
          { key: 'at', title: say('时间', 'Time'), show: (row) => <Moment at={row.at} /> },
          { key: 'action', title: say('操作', 'Action'), show: (row) => <Button type="link" size="small" onClick={() => setOpen(row)}>{eventName(row.action, lang)}</Button> },
          { key: 'actor', title: say('操作人', 'Actor'), show: (row) => <span title={row.actor}>{actorName(row, lang)}</span> },
          { key: 'subject', title: say('对象', 'Subject'), show: (row) => <span title={row.subject_id}>{label(SUBJECT, row.subject_kind, lang)}</span> },
          { key: 'states', title: say('状态', 'State'), show: (row) => moved(row, lang) },
          { key: 'seq', title: say('序号', 'No.'), extra: true, right: true, show: (row) => row.seq },
          { key: 'hash', title: say('散列', 'Hash'), extra: true, show: (row) => <code>{row.hash.slice(0, 16)}…</code> },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      {open && (
        <Dialog open title={eventName(open.action, lang)} onCancel={() => setOpen(null)} footer={null} width={760}>
          <Facts rows={[
            [say('时间', 'Time'), <Moment key="t" at={open.at} />], [say('操作', 'Action'), <code key="a">{open.action}</code>],
            [say('操作人', 'Actor'), <>{actorName(open, lang)} <code>{open.actor}</code></>], [say('对象', 'Subject'), <>{label(SUBJECT, open.subject_kind, lang)} <code>{open.subject_id}</code></>], [say('状态', 'State'), moved(open, lang)],
            [say('请求编号', 'Request'), <code key="r">{open.request_id}</code>], [say('理由', 'Reason'), open.reason], [say('散列', 'Hash'), <code key="h">{open.hash}</code>],
          ]} />
          <br />
          <Compare left={say('之前', 'Before')} right={say('之后', 'After')} rows={Object.entries(open.changes).map(([key, change]) => ({ at: `/${key}`, name: names(`/${key}`), left: change.old, right: change.new }))} />
        </Dialog>
      )}
    </Page>
  );
}

/** From one state to another, by the names that its kind of record gives them. */
function moved(row: Schemas['AuditEventView'], lang: Lang): string {
  const states = anyState(row.subject_kind);
  return row.to ? `${label(states, row.from, lang)} → ${label(states, row.to, lang)}` : '—';
}

function Verification() {
  const say = useSay();
  const { send, problem, busy } = useSend();
  const [result, setResult] = useState<Schemas['VerificationView'] | null>(null);
  return (
    <Panel title={say('完整性校验', 'Verification')} extra={<Button loading={busy} onClick={async () => setResult((await send<Schemas['VerificationView']>({ method: 'POST', href: '/api/v1/audit-verifications' })) ?? null)}>{say('立即校验', 'Verify now')}</Button>}>
      <ProblemNote problem={problem} />
      {!result && <p className="soft">{say('逐条重算全部链条，并与每日签名检查点核对。', 'Recomputes every chain and compares it with the signed daily checkpoints.')}</p>}
      {result && (
        <>
          <Alert role="status" type={result.intact ? 'success' : 'error'} showIcon title={result.intact ? say('完整，没有被改动', 'Intact: nothing was changed') : say('发现被改动的记录', 'Something was changed')}
            description={say(`${result.subjects} 条链、${result.events} 条记录、${result.checkpoints} 个检查点、${result.files} 个检查点文件`, `${result.subjects} chains, ${result.events} events, ${result.checkpoints} checkpoints, ${result.files} checkpoint files`)} />
          {result.faults.length > 0 && <ul>{result.faults.map((fault, i) => <li key={i}><code>{fault.subject_kind} {fault.subject_id} #{fault.seq}</code> {fault.fault}{say('：', ': ')}{fault.detail}</li>)}</ul>}
        </>
      )}
    </Panel>
  );
}
