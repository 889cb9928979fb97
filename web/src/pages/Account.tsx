import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Alert, App as AntApp, Button } from 'antd';
import { useState } from 'react';
import { queries, read, type Schemas } from '../api/client';
import { meQuery, useMe } from '../api/me';
import { session } from '../api/session';
import { FaultSummary, FormArea } from '../form/context';
import { ChoiceField, TextField } from '../form/fields';
import { useSend } from '../form/useSend';
import { Due, Mark, Moment, Page, Panel } from '../ui/basics';
import { DataTable } from '../ui/DataTable';
import { LinkButton } from '../ui/LinkButton';
import { forgetLanding } from '../words/navigation';
import { mergePatch } from '../words/patch';
import { device } from '../words/device';
import { setLang, useSay, type Lang } from '../words/say';

export function Account() {
  const say = useSay();
  const me = useMe();
  return (
    <Page title={say('我的账号', 'My account')} narrow lead={me.email} aside={<LinkButton to="/messages/preferences">{say('邮件偏好', 'Mail preferences')}</LinkButton>}>
      {(me.must_change_password || session.mustChangePassword) && <Alert type="warning" showIcon className="problem" title={say('请先修改密码，再继续使用。', 'Change your password first to go on.')} />}
      <Details key={me.version} />
      <Password />
      <Sessions />
    </Page>
  );
}

function Details() {
  const say = useSay();
  const me = useMe();
  const client = useQueryClient();
  const { message } = AntApp.useApp();
  const { send, problem, busy } = useSend();
  const before = { name: me.name, ...(me.mobile ? { mobile: me.mobile } : {}), lang: me.lang as string };
  const [typed, setTyped] = useState<Record<string, string>>(before);
  return (
    <Panel title={say('个人信息', 'About me')}>
      <FormArea value={typed} onChange={setTyped} problem={problem}>
        <form onSubmit={async (e) => {
          e.preventDefault();
          const body = mergePatch(before, typed);
          if (!body) return;
          if (await send({ method: 'PATCH', href: '/api/v1/me', body, version: me.version })) {
            if (typed.lang && typed.lang !== me.lang) setLang(typed.lang as Lang);
            await client.invalidateQueries();
            void message.success(say('已保存', 'Saved'));
          }
        }}>
          <FaultSummary problem={problem} />
          <div className="grid">
            <TextField at="/name" label={say('姓名', 'Name')} autoComplete="name" required />
            <TextField at="/mobile" label={say('手机号', 'Mobile')} type="tel" autoComplete="tel" />
            <ChoiceField at="/lang" label={say('邮件与登录后界面的语言', 'Language of mail, and of the console after signing in')} choices={[{ value: 'zh-CN', label: '中文' }, { value: 'en', label: 'English' }]} />
          </div>
          <Button htmlType="submit" type="primary" loading={busy} disabled={!mergePatch(before, typed)}>{say('保存', 'Save')}</Button>
        </form>
      </FormArea>
    </Panel>
  );
}

function Password() {
  const say = useSay();
  const me = useMe();
  const { message } = AntApp.useApp();
  const { send, problem, busy } = useSend();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const navigate = useNavigate();
  return (
    <Panel title={say('修改密码', 'Change password')}>
      {me.password_due_at && <p className="soft">{say('当前密码有效期至：', 'The present password is good until: ')}<Due at={me.password_due_at} /></p>}
      <FormArea value={typed} onChange={setTyped} problem={problem}>
        <form onSubmit={async (e) => {
          e.preventDefault();
          if (await send({ method: 'POST', href: '/api/v1/me/password', body: { current: '', new: '', ...typed } })) {
            setTyped({});
            // The other sessions have ended; this one goes on with a fresh token.
            await session.renew();
            await queries.invalidateQueries({ queryKey: meQuery.queryKey });
            void message.success(say('密码已修改，其他设备已退出登录', 'Changed; other devices are signed out'));
            if (me.must_change_password) await navigate({ to: '/' });
          }
        }}>
          <FaultSummary problem={problem} />
          <input type="text" name="username" autoComplete="username" value={me.email} readOnly hidden />
          <TextField at="/current" label={say('当前密码', 'Current password')} type="password" autoComplete="current-password" required />
          <TextField at="/new" label={say('新密码', 'New password')} type="password" autoComplete="new-password" hint={say('至少 10 位，大小写字母、数字、符号至少三种', 'At least 10 characters, three of: lower case, upper case, digits, others')} required />
          <Button htmlType="submit" type="primary" loading={busy}>{say('修改', 'Change')}</Button>
        </form>
      </FormArea>
    </Panel>
  );
}

function Sessions() {
  const say = useSay();
  const client = useQueryClient();
  const navigate = useNavigate();
  const page = useSuspenseQuery(read('/api/v1/auth/sessions')).data;
  const { send, busy } = useSend();
  return (
    <Panel title={say('登录的设备', 'Where I am signed in')} extra={<Button danger onClick={async () => { await session.signOut(true); forgetLanding(); client.clear(); await navigate({ to: '/sign-in' }); }}>{say('全部退出', 'Sign out everywhere')}</Button>}>
      <DataTable<Schemas['SessionView']> name="sessions" caption={say('登录的设备', 'Sessions')} rows={page.items} id={(row) => row.id} empty={say('没有登录。', 'None.')} columns={[
        { key: 'agent', title: say('设备', 'Device'), show: (row) => <><span title={row.user_agent}>{device(row.user_agent)}</span> {row.current && <Mark tone="busy">{say('本机', 'This one')}</Mark>}</> },
        { key: 'address', title: say('地址', 'Address'), show: (row) => row.address },
        { key: 'last', title: say('最近使用', 'Last used'), show: (row) => <Moment at={row.last_used_at} /> },
        { key: 'end', title: say('操作', 'Action'), show: (row) => (row.current ? '—' : <Button size="small" disabled={busy} onClick={async () => { await send({ method: 'DELETE', href: `/api/v1/auth/sessions/${row.id}` }); await client.invalidateQueries(); }}>{say('退出', 'Sign out')}</Button>) },
      ]} />
    </Panel>
  );
}
