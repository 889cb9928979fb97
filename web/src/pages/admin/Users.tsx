import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { ChoiceField, TextField } from '../../form/fields';
import { lists } from '../../router';
import { ActionDialog } from '../../ui/actions';
import { Moment, Page, Panel, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { label, options, ROLE, USER_STATE } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

export function Users() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const filters = useFilters();
  const [inviting, setInviting] = useState(false);
  const page = useSuspenseQuery(lists.users(filters.value)).data;
  return (
    <Page title={say('用户与角色', 'Users and roles')} lead={say('系统管理员邀请和停用账号，安全管理员授予角色，审计管理员查看日志：三员分立，互相制约。', 'The system administrator invites and suspends, the security administrator grants roles, the auditor reads the log: three people, each checking the others.')}
      aside={may('user.invite') && <Button type="primary" onClick={() => setInviting(true)}>{say('邀请用户', 'Invite')}</Button>}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[
          { name: 'email', label: say('邮箱', 'E-mail'), text: true },
          { name: 'role', label: say('角色', 'Role'), options: options(ROLE, lang) },
          { name: 'state', label: say('状态', 'State'), options: options(USER_STATE, lang) },
        ]} />
        <DataTable<Schemas['UserSummary']> name="users" caption={say('用户', 'Users')} rows={page.items} id={(row) => row.id} empty={say('没有符合条件的用户。', 'No user matches.')} columns={[
          { key: 'name', title: say('姓名', 'Name'), show: (row) => <Link to="/users/$id" params={{ id: row.id }}>{row.name}</Link> },
          { key: 'email', title: say('邮箱', 'E-mail'), show: (row) => row.email },
          { key: 'roles', title: say('角色', 'Roles'), show: (row) => row.roles.map((role) => label(ROLE, role, lang)).join(lang === 'en' ? ', ' : '、') || '—' },
          { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={USER_STATE} /> },
          { key: 'last', title: say('最近登录', 'Last sign-in'), show: (row) => <Moment at={row.last_sign_in_at} /> },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      {inviting && (
        <ActionDialog action={{ action: 'user.invite', allowed: true, method: 'POST', href: '/api/v1/users' }} initial={{ email: '', name: '' }} onClose={() => setInviting(false)}
          words={{ name: ['邀请用户', 'Invite'], explain: ['邀请码会发送到邮箱，由本人设置密码；角色由安全管理员另行授予。', 'A code is sent; the person sets the password. Roles are granted by the security administrator.'] }}>
          <TextField at="/email" label={say('邮箱', 'E-mail')} type="email" required />
          <TextField at="/name" label={say('姓名', 'Name')} required />
          <ChoiceField at="/lang" label={say('语言', 'Language')} choices={[{ value: 'zh-CN', label: '中文' }, { value: 'en', label: 'English' }]} />
        </ActionDialog>
      )}
    </Page>
  );
}
