import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { read } from '../../api/client';
import { ActionBar } from '../../ui/actions';
import { Facts, Moment, Page, Panel, State } from '../../ui/basics';
import { label, ROLE, USER_STATE } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

export function UserPage() {
  const say = useSay();
  const lang = useLang();
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
    </Page>
  );
}
