import { Button, Result } from 'antd';
import { useState } from 'react';
import { FaultSummary, FormArea } from '../../form/context';
import { TextField } from '../../form/fields';
import { useSend } from '../../form/useSend';
import { Page, Panel } from '../../ui/basics';
import { LinkButton } from '../../ui/LinkButton';
import { useSay } from '../../words/say';

interface Typed {
  email?: string; code?: string; password?: string;
}

/** A forgotten password, or the first one after an invitation: both are a code from a mail and a new password. */
export function SetPassword() {
  const say = useSay();
  const [typed, setTyped] = useState<Typed>({});
  const [step, setStep] = useState<'ask' | 'set' | 'done'>('ask');
  const asking = useSend();
  const setting = useSend();
  if (step === 'done') {
    return (
      <Page title={say('设置密码', 'Set a password')} narrow>
        <Result status="success" title={say('密码已设置', 'Your password is set')} extra={<LinkButton to="/sign-in" color="primary" variant="solid">{say('去登录', 'Sign in')}</LinkButton>} />
      </Page>
    );
  }
  const problem = step === 'ask' ? asking.problem : setting.problem;
  return (
    <Page title={say('设置密码', 'Set a password')} narrow
      lead={step === 'ask' ? say('输入邮箱，我们会发送验证码。已有邀请码或验证码可直接进入下一步。', 'Enter your address and we send a code. With an invitation or a code at hand, go on directly.') : say('输入邮件中的验证码（或邀请码）和新密码。', 'Enter the code from the mail and a new password.')}>
      <Panel>
        <FormArea value={typed} onChange={setTyped} problem={problem}>
          <form onSubmit={async (e) => {
            e.preventDefault();
            if (step === 'ask') {
              if (await asking.send({ method: 'POST', href: '/api/v1/auth/password-resets', body: { email: typed.email ?? '' } })) setStep('set');
            } else if (await setting.send({ method: 'POST', href: '/api/v1/auth/password-resets/confirmation', body: { email: '', code: '', password: '', ...typed } })) setStep('done');
          }}>
            <FaultSummary problem={problem} />
            <TextField at="/email" label={say('邮箱', 'E-mail')} type="email" autoComplete="username" required />
            {step === 'set' && (
              <>
                <TextField at="/code" label={say('验证码或邀请码', 'Code')} autoComplete="one-time-code" required />
                <TextField at="/password" label={say('新密码', 'New password')} type="password" autoComplete="new-password" required />
              </>
            )}
            <div className="actions">
              <Button type="primary" htmlType="submit" loading={asking.busy || setting.busy}>{step === 'ask' ? say('发送验证码', 'Send a code') : say('设置密码', 'Set password')}</Button>
              {step === 'ask'
                ? <Button type="link" onClick={() => setStep('set')}>{say('我已有验证码', 'I have a code')}</Button>
                : <Button type="link" onClick={() => setStep('ask')}>{say('重新获取', 'Get another code')}</Button>}
            </div>
          </form>
        </FormArea>
      </Panel>
    </Page>
  );
}
