import { Button, Result } from 'antd';
import { useEffect, useState } from 'react';
import { FaultSummary, FormArea } from '../../form/context';
import { CheckField, TextField } from '../../form/fields';
import { useSend } from '../../form/useSend';
import { Page, Panel } from '../../ui/basics';
import { LinkButton } from '../../ui/LinkButton';
import { useLang, useSay } from '../../words/say';

/** Which text of the notice was agreed to; it changes when the text below does. */
const NOTICE_VERSION = '2026-11';

interface Typed {
  credit_code?: string; enterprise_name?: string; name?: string; mobile?: string; email?: string; password?: string; consent?: boolean;
}

export function Register() {
  const say = useSay();
  const lang = useLang();
  const [typed, setTyped] = useState<Typed>({});
  const [step, setStep] = useState<'details' | 'code' | 'done'>('details');
  const { send, problem, busy } = useSend();
  useEffect(() => {
    // Each step is a page of its own and is read from its title.
    if (step !== 'details') document.querySelector('h1')?.focus();
  }, [step]);
  const [code, setCode] = useState<{ code?: string }>({});
  const confirm = useSend();
  if (step === 'done') {
    return (
      <Page title={say('注册完成', 'Registered')} narrow>
        <Result status="success" title={say('邮箱已确认，账号可以使用了', 'Your address is confirmed; the account works')}
          subTitle={say('提交申报前，经办人还会核验您能否代表该企业。您可以先登录填写。', 'Before you can submit, an officer verifies that you act for the enterprise. You may sign in and fill in the form already.')}
          extra={<LinkButton to="/sign-in" color="primary" variant="solid">{say('去登录', 'Sign in')}</LinkButton>} />
      </Page>
    );
  }
  if (step === 'code') {
    return (
      <Page title={say('确认邮箱', 'Confirm your address')} narrow lead={say(`验证码已发送到 ${typed.email ?? ''}，30 分钟内有效。`, `A code was sent to ${typed.email ?? ''}; it is valid for 30 minutes.`)}>
        <Panel>
          <FormArea value={code} onChange={setCode} problem={confirm.problem}>
            <form onSubmit={async (e) => {
              e.preventDefault();
              if (await confirm.send({ method: 'POST', href: '/api/v1/auth/email-confirmations', body: { email: typed.email ?? '', code: code.code ?? '' } })) setStep('done');
            }}>
              <FaultSummary problem={confirm.problem} />
              <TextField at="/code" label={say('验证码', 'Code')} autoComplete="one-time-code" hint={say('没有收到？请看看垃圾邮件，或返回修改后再提交一次。', 'Nothing came? Look among the spam, or go back and send it again.')} required />
              <div className="actions">
                <Button type="primary" htmlType="submit" loading={confirm.busy}>{say('确认', 'Confirm')}</Button>
                <Button onClick={() => setStep('details')}>{say('返回修改', 'Back')}</Button>
              </div>
            </form>
          </FormArea>
        </Panel>
      </Page>
    );
  }
  return (
    <Page title={say('注册企业账号', 'Register an enterprise')} narrow
      lead={say('您将作为企业的经办人。企业已有档案的，注册即提交认领申请，由区里的经办人审核。', 'You will act for the enterprise. When it has an account already, its record is claimed and an officer decides.')}>
      <Panel>
        <FormArea value={typed} onChange={setTyped} problem={problem}>
          <form onSubmit={async (e) => {
            e.preventDefault();
            const body = { credit_code: '', enterprise_name: '', name: '', mobile: '', email: '', password: '', consent: false, ...typed, lang, notice_version: NOTICE_VERSION };
            if (await send({ method: 'POST', href: '/api/v1/auth/registrations', body })) setStep('code');
          }}>
            <FaultSummary problem={problem} />
            <TextField at="/credit_code" label={say('统一社会信用代码', 'Unified social credit code')} hint={say('18 位，见营业执照', '18 characters, on the business licence')} maxLength={18} required />
            <TextField at="/enterprise_name" label={say('企业名称', 'Enterprise')} autoComplete="organization" required />
            <div className="grid">
              <TextField at="/name" label={say('您的姓名', 'Your name')} autoComplete="name" required />
              <TextField at="/mobile" label={say('手机号', 'Mobile')} type="tel" autoComplete="tel" required />
            </div>
            <TextField at="/email" label={say('邮箱', 'E-mail')} type="email" autoComplete="username" hint={say('用于登录和接收通知', 'For signing in and notices')} required />
            <TextField at="/password" label={say('密码', 'Password')} type="password" autoComplete="new-password" hint={say('至少 10 位，大小写字母、数字、符号至少三种', 'At least 10 characters, three of: lower case, upper case, digits, others')} required />
            <div className="field">
              <details>
                <summary>{say('个人信息处理告知', 'Privacy notice')}</summary>
                <p className="soft">{say(
                  '为办理企业筛选培育，我们处理您的姓名、手机号、邮箱和登录记录，用于身份核验、通知和留痕审计，不用于其他目的。登录与操作日志依法至少保存六个月。您可以查阅、更正您的信息，注销账号请联系经办人。',
                  'To screen and cultivate enterprises we process your name, mobile number, e-mail address and sign-in records, for verification, notices and audit, and for nothing else. Logs are kept for at least six months as the law requires. You may read and correct your data; to close your account, contact an officer.',
                )}</p>
              </details>
            </div>
            <CheckField at="/consent" label={say('我已阅读并同意个人信息处理告知', 'I have read the privacy notice and agree')} required />
            <Button type="primary" htmlType="submit" loading={busy}>{say('注册', 'Register')}</Button>
          </form>
        </FormArea>
      </Panel>
    </Page>
  );
}
