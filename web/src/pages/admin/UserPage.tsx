import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { read, type Action, type Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { sessionsQuery } from '../../router';
import { ActionBar, ActionDialog } from '../../ui/actions';
import { Facts, Mark, Moment, Page, Panel, ProblemNote, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { device } from '../../words/device';
import { label, ROLE, USER_STATE } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

export function UserPage() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const { id = '' } = useParams({ strict: false });
  const user = useSuspenseQuery(read('/api/v1/users/{id}', { params: { path: { id } } })).data;
  return (
    <Page title={user.name} tags={<State of={user.state} table={USER_STATE} />} lead={user.email} narrow>
      <Panel><ActionBar record={user} initial={{ 'role.grant': { roles: user.roles } }} /></Panel>
      <Panel>
        <Facts rows={[
          [say('角色', 'Roles'), user.roles.map((role) => label(ROLE, role, lang)).join(lang === 'en' ? ', ' : '、')],
          [say('语言', 'Language'), user.lang === 'en' ? 'English' : '中文'],
          [say('建立时间', 'Since'), <Moment key="c" at={user.created_at} />],
          [say('最近登录', 'Last sign-in'), <Moment key="l" at={user.last_sign_in_at} />],
          user.locked_until ? [say('锁定至', 'Locked until'), <Moment key="k" at={user.locked_until} />] : false,
        ]} />
      </Panel>
      {may('user_session.list') && <Sessions id={id} />}
    </Page>
  );
}

/** Where somebody is signed in: one sign-in may be ended, or all of them. */
function Sessions({ id }: { id: string }) {
  const say = useSay();
  const may = useMay();
  const { data, error } = useQuery(sessionsQuery(id));
  const [ending, setEnding] = useState<Action | null>(null);
  const end = (which = '') => setEnding({ action: 'user_session.close', allowed: true, method: 'DELETE', href: `/api/v1/users/${id}/sessions${which}` });
  const rows = data?.items ?? [];
  return (
    <Panel title={say('会话', 'Sessions')} extra={may('user_session.close') && rows.length > 0 && <Button danger onClick={() => end()}>{say('结束全部会话', 'End all sessions')}</Button>}>
      <ProblemNote problem={error} />
      {data && (
        <DataTable<Schemas['SessionView']> name="user-sessions" caption={say('会话', 'Sessions')} rows={rows} id={(row) => row.id} empty={say('目前没有登录。', 'Not signed in anywhere.')} columns={[
          { key: 'agent', title: say('设备', 'Device'), show: (row) => <><span title={row.user_agent}>{device(row.user_agent)}</span> {row.current && <Mark tone="busy">{say('本机', 'This one')}</Mark>}</> },
          { key: 'address', title: say('地址', 'Address'), show: (row) => row.address },
          { key: 'last', title: say('最近使用', 'Last used'), show: (row) => <Moment at={row.last_used_at} /> },
          ...(may('user_session.close') ? [{ key: 'end', title: say('操作', 'Action'), show: (row: Schemas['SessionView']) => <Button size="small" onClick={() => end(`/${row.id}`)}>{say('结束', 'End')}</Button> }] : []),
        ]} />
      )}
      {ending && <ActionDialog action={ending} onClose={() => setEnding(null)} />}
    </Panel>
  );
}
