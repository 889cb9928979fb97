import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { queries } from '../../api/client';
import { DEMO_PASSWORD, isDemo } from '../../api/demo';
import { asProblem, type Problem } from '../../api/problem';
import { session } from '../../api/session';
import { LinkButton } from '../../ui/LinkButton';
import { FaultSummary, FormArea } from '../../form/context';
import { TextField } from '../../form/fields';
import { Page, Panel } from '../../ui/basics';
import { label, ROLE } from '../../words/labels';
import { forgetLanding, landing } from '../../words/navigation';
import { useLang, useSay } from '../../words/say';


export function SignIn() {
  const say = useSay();
  const lang = useLang();
  const navigate = useNavigate();
  const { next } = useSearch({ strict: false });
  const [typed, setTyped] = useState<{ email?: string; password?: string }>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const go = async (email: string, password: string) => {
    setBusy(true);
    setProblem(null);
    try {
      await session.signIn(email, password);
      queries.clear();
      forgetLanding();
      // Only within the console: an address from elsewhere must not lead away from it.
      const inside = typeof next === 'string' && /^\/(?!\/)/.test(next);
      await navigate({ href: session.mustChangePassword ? '/account' : inside ? next : await landing() });
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };
  return (
    <Page title={say('登录', 'Sign in')} narrow>
      <Panel>
        <FormArea value={typed} onChange={setTyped} problem={problem}>
          <form onSubmit={(e) => { e.preventDefault(); void go(typed.email ?? '', typed.password ?? ''); }}>
            <FaultSummary problem={problem} />
            <TextField at="/email" label={say('邮箱', 'E-mail')} type="email" autoComplete="username" required />
            <TextField at="/password" label={say('密码', 'Password')} type="password" autoComplete="current-password" required />
            <div className="actions">
              <Button type="primary" htmlType="submit" loading={busy}>{say('登录', 'Sign in')}</Button>
              <LinkButton to="/set-password" color="primary" variant="link">{say('忘记密码／使用邀请码', 'Forgotten password or invitation code')}</LinkButton>
              <LinkButton to="/register" color="primary" variant="link">{say('注册企业账号', 'Register an enterprise')}</LinkButton>
            </div>
          </form>
        </FormArea>
      </Panel>
      {isDemo && (
        <Panel title={say('演示账号', 'Demo accounts')}>
          <p className="soft">{say('演示数据均为虚构。选一个角色直接进入：', 'All data is made up. Enter as one of the roles:')}</p>
          <div className="actions">
            {Object.keys(ROLE).map((role) => (
              <Button key={role} disabled={busy} onClick={() => void go(`${role}@laoshan.example`, DEMO_PASSWORD)}>{label(ROLE, role, lang)}</Button>
            ))}
          </div>
        </Panel>
      )}
    </Page>
  );
}
