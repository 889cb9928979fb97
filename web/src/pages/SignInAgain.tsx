// The session ended while somebody was working. They sign in over the page, which keeps everything they have typed.
import { Dialog } from '../ui/Dialog';
import { useState, useSyncExternalStore } from 'react';
import { queries } from '../api/client';
import { meQuery } from '../api/me';
import { asProblem, type Problem } from '../api/problem';
import { session } from '../api/session';
import { FaultSummary, FormArea } from '../form/context';
import { TextField } from '../form/fields';
import { useSay } from '../words/say';

export function SignInAgain() {
  const say = useSay();
  const state = useSyncExternalStore(session.subscribe, () => session.state);
  const [typed, setTyped] = useState<{ password?: string }>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  if (state !== 'ended') return null;
  const me = queries.getQueryData(meQuery.queryKey);
  const go = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await session.signIn(me?.email ?? '', typed.password ?? '');
      setTyped({});
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog open title={say('登录已到期', 'Your session has ended')} closable={false} mask={{ closable: false }} keyboard={false}
      okText={say('重新登录', 'Sign in again')} confirmLoading={busy} onOk={() => void go()}
      cancelText={say('放弃并离开', 'Leave')} onCancel={() => { session.forget(); location.assign('/sign-in'); }}>
      <p>{say('已填写的内容都还在。重新登录后会接着刚才的操作继续。', 'Everything you typed is still here. After signing in, what you were doing goes on.')}</p>
      <FormArea value={typed} onChange={setTyped} problem={problem}>
        <FaultSummary problem={problem} />
        <form onSubmit={(e) => { e.preventDefault(); void go(); }}>
          <p><strong>{me?.email}</strong></p>
          <TextField at="/password" label={say('密码', 'Password')} type="password" autoComplete="current-password" required />
        </form>
      </FormArea>
    </Dialog>
  );
}
