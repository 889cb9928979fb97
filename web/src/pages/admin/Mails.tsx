import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App as AntApp, Button } from 'antd';
import { read, type Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { useSend } from '../../form/useSend';
import { lists } from '../../router';
import { Moment, Page, Panel, ProblemNote, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { LinkButton } from '../../ui/LinkButton';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { MAIL_STATE, options } from '../../words/labels';
import { sentence, useLang, useSay } from '../../words/say';

export function Mails() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const client = useQueryClient();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.mails(filters.value)).data;
  const letters = useSuspenseQuery(read('/api/v1/mail-templates')).data.items;
  const titleOf = (name: string) => sentence(letters.find((one) => one.name === name)?.title ?? name);
  const { message } = AntApp.useApp();
  const { send, problem, busy } = useSend();
  const again = async () => {
    const answer = await send<Schemas['MailRetriesView']>({ method: 'POST', href: '/api/v1/mail-retries' });
    if (!answer) return;
    await client.invalidateQueries();
    void message.success(say(`${answer.queued} 封将重新发送`, `${answer.queued} will be sent again`));
  };
  return (
    <Page title={say('邮件', 'Mail')} aside={<>{may('mail_template.list') && <LinkButton to="/letters">{say('邮件模板', 'Letters')}</LinkButton>}{may('mail.retry') && <Button disabled={busy} onClick={() => void again()}>{say('重新发送全部失败邮件', 'Send all dead letters again')}</Button>}</>}>
      <ProblemNote problem={problem} />
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[{ name: 'state', label: say('状态', 'State'), options: options(MAIL_STATE, lang) }]} />
        <DataTable<Schemas['MailSummary']> name="mails" caption={say('邮件', 'Mail')} rows={page.items} id={(row) => row.id} empty={say('没有邮件。', 'No mail.')} columns={[
          { key: 'to', title: say('收件人', 'To'), show: (row) => row.to },
          { key: 'template', title: say('模板', 'Template'), show: (row) => may('mail_template.preview') ? <Link to="/letters/$name" params={{ name: row.template }}>{titleOf(row.template)}</Link> : titleOf(row.template) },
          { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={MAIL_STATE} /> },
          { key: 'attempts', title: say('次数', 'Tries'), right: true, show: (row) => row.attempts },
          { key: 'error', title: say('上次错误', 'Last error'), show: (row) => row.last_error ?? '—' },
          { key: 'at', title: say('时间', 'Since'), show: (row) => <Moment at={row.created_at} /> },
          ...(may('mail.retry') ? [{ key: 'retry', title: say('操作', 'Action'), show: (row: Schemas['MailSummary']) => (row.state === 'dead' ? <Button size="small" disabled={busy} onClick={async () => { await send({ method: 'POST', href: `/api/v1/mails/${row.id}/retry` }); await client.invalidateQueries(); }}>{say('重新发送', 'Send again')}</Button> : '—') }] : []),
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
    </Page>
  );
}
