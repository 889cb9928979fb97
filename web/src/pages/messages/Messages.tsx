import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { queries, read, write, type Schemas } from '../../api/client';
import { asProblem, type Problem } from '../../api/problem';
import { lists } from '../../router';
import { Day, Due, Mark, Moment, Page, Panel, ProblemNote } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { LinkButton } from '../../ui/LinkButton';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { daysUntil } from '../../words/dates';
import { useSay } from '../../words/say';
import { markRead, refreshInbox } from './unread';

type Row = Schemas['MessageSummary'];

/** Everything the caller was told, whether it was mailed or not; each leads to what it is about. */
export function Messages() {
  const say = useSay();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.messages(filters.value)).data;
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const unread = page.items.some((row) => !row.read_at);
  const mark = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  // Those that came in while the list was being read stay unread.
  const all = () => mark(async () => {
    const newest = page.items[0];
    await write({ method: 'POST', href: '/api/v1/messages/readings', body: filters.value.cursor || !newest ? {} : { up_to: newest.id } });
    await refreshInbox();
  });
  return (
    <Page title={say('消息', 'Messages')} lead={say('所有与您有关的通知。打开即标为已读。', 'Everything you were told. Opening a message marks it as read.')}
      aside={<><LinkButton to="/messages/preferences">{say('邮件偏好', 'Mail preferences')}</LinkButton><Button disabled={!unread || busy} onClick={() => void all()}>{say('全部标为已读', 'Mark all as read')}</Button></>}>
      <ProblemNote problem={problem} />
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[{ name: 'unread', label: say('状态', 'State'), options: [{ value: 'true', label: say('未读', 'Unread') }] }]} />
        <DataTable<Row> name="messages" caption={say('消息', 'Messages')} rows={page.items} id={(row) => row.id}
          empty={filters.value.unread ? say('没有未读消息。', 'Nothing is unread.') : say('没有消息。', 'No messages.')} columns={[
            { key: 'title', title: say('消息', 'Message'), show: (row) => <Title row={row} /> },
            { key: 'at', title: say('时间', 'Received'), show: (row) => <Moment at={row.created_at} /> },
            { key: 'due', title: say('期限', 'Due'), show: (row) => (row.due_on && daysUntil(row.due_on) < 0 ? <span className="soft"><Day on={row.due_on} /></span> : <Due on={row.due_on} />) },
            { key: 'read', title: say('操作', 'Action'), show: (row) => (row.read_at ? <span className="soft">{say('已读', 'Read')}</span>
              : <Button size="small" disabled={busy} aria-label={say(`标为已读：${row.title}`, `Mark as read: ${row.title}`)} onClick={() => void mark(() => markRead(row.id))}>{say('标为已读', 'Mark as read')}</Button>) },
          ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
    </Page>
  );
}

function Title({ row }: { row: Row }) {
  const say = useSay();
  return (
    <div className="message">
      {/* Who goes to what it is about has been told; that the mark fails is no reason not to go there. */}
      <Link to={row.path} className={row.read_at ? undefined : 'unread'} onClick={() => { if (!row.read_at) void markRead(row.id).catch(() => undefined); }}>{row.title}</Link>
      {!row.read_at && <> <Mark tone="busy">{say('未读', 'Unread')}</Mark></>}
      <Words id={row.id} title={row.title} />
    </div>
  );
}

/** What the message says in full, asked for when somebody wants to read it. */
function Words({ id, title }: { id: string; title: string }) {
  const say = useSay();
  const [text, setText] = useState<string>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const open = async () => {
    try {
      setText((await queries.ensureQueryData(read('/api/v1/messages/{id}', { params: { path: { id } } }))).text);
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <details onToggle={(e) => { if (e.currentTarget.open && text === undefined) void open(); }}>
      <summary translate="no" aria-label={say(`全文：${title}`, `Full text: ${title}`)}>{say('全文', 'Full text')}</summary>
      <ProblemNote problem={problem} />
      {text !== undefined && <p className="written">{text}</p>}
    </details>
  );
}
