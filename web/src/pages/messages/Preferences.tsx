import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { App as AntApp, Button } from 'antd';
import { useState } from 'react';
import { read } from '../../api/client';
import { FaultSummary, FormArea } from '../../form/context';
import { ChoiceField } from '../../form/fields';
import { useSend } from '../../form/useSend';
import { Mark, Page, Panel } from '../../ui/basics';
import { LinkButton } from '../../ui/LinkButton';
import { label, MAILING, options } from '../../words/labels';
import { mergePatch } from '../../words/patch';
import { useLang, useSay } from '../../words/say';

const query = read('/api/v1/me/message-preferences');

/** Which notices are mailed at once, which wait for the digest, which are only in the inbox. */
export function Preferences() {
  const view = useSuspenseQuery(query).data;
  return <Choices key={view.version} />;
}

function Choices() {
  const say = useSay();
  const lang = useLang();
  const client = useQueryClient();
  const { message } = AntApp.useApp();
  const view = useSuspenseQuery(query).data;
  const { send, problem, busy } = useSend();
  const free = view.items.filter((one) => !one.mandatory);
  const fixed = view.items.filter((one) => one.mandatory);
  const before: Record<string, Record<string, string>> = { choices: Object.fromEntries(free.map((one) => [one.notice, one.mailing])) };
  const [typed, setTyped] = useState(before);
  const changed = mergePatch(before, typed);
  return (
    <Page title={say('邮件偏好', 'Mail preferences')} narrow lead={say('站内消息总会收到；这里选择哪些同时发邮件。', 'The inbox always has everything; choose here what is mailed as well.')}
      aside={<LinkButton to="/messages">{say('返回消息', 'Back to the messages')}</LinkButton>}>
      <FormArea value={typed} onChange={setTyped} problem={problem}>
        <form onSubmit={async (e) => {
          e.preventDefault();
          if (!changed) return;
          if (await send({ method: 'PATCH', href: '/api/v1/me/message-preferences', body: changed, version: view.version })) {
            await client.invalidateQueries({ queryKey: query.queryKey });
            void message.success(say('已保存', 'Saved'));
          }
        }}>
          <FaultSummary problem={problem} />
          <Panel title={say('可以选择的通知', 'Notices you can choose for')}>
            <div className="grid">
              {free.map((one) => (
                <ChoiceField key={one.notice} at={`/choices/${one.notice}`} label={one.label} choices={options(MAILING, lang)}
                  empty={say(`默认（${label(MAILING, one.default, lang)}）`, `As usual (${label(MAILING, one.default, lang).toLowerCase()})`)} />
              ))}
            </div>
            {free.length === 0 && <p className="soft">{say('没有可以选择的通知。', 'There is nothing to choose.')}</p>}
          </Panel>
          {free.length > 0 && <div className="form-bar"><span className="soft">{changed ? say('有未保存的修改', 'Not saved yet') : say('全部已保存', 'Everything is saved')}</span><Button htmlType="submit" type="primary" loading={busy} disabled={!changed}>{say('保存', 'Save')}</Button></div>}
        </form>
      </FormArea>
      <br />
      <Panel title={say('必须发送的通知', 'Notices that are always mailed')}>
        <p className="soft">{say('涉及期限或权利，不能关闭。', 'They are about deadlines or rights and cannot be turned off.')}</p>
        <ul className="rules">{fixed.map((one) => <li key={one.notice} className="rule"><div className="rule-line"><span className="rule-text">{one.label}</span><Mark>{label(MAILING, one.mailing, lang)}</Mark></div></li>)}</ul>
      </Panel>
    </Page>
  );
}
