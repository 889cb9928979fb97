import { useQueryClient } from '@tanstack/react-query';
import { App as AntApp, Button } from 'antd';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { FaultSummary, FormArea, useField } from '../../form/context';
import { AreaField, ChoiceField } from '../../form/fields';
import { useSend } from '../../form/useSend';
import { Mark, Panel } from '../../ui/basics';
import { ENTRY_VERDICT, options } from '../../words/labels';
import { told, useLang, useSay } from '../../words/say';
import { Entries } from './Entries';
import { judgements, type Judged } from './judgements';

/** An officer says of each value whether it is right, or asks about it. What is asked goes back to the enterprise. */
export function Judging({ view }: { view: Schemas['AnnualUpdateView'] }) {
  const say = useSay();
  const client = useQueryClient();
  const { message } = AntApp.useApp();
  const { send, problem, busy } = useSend();
  const [typed, setTyped] = useState<Judged>({ verdicts: {}, questioned: {} });
  const open = view.entries.filter((entry) => entry.verdict !== 'verified').map((entry) => entry.indicator);
  const body = judgements(typed);
  const said = body.verified.length + Object.keys(body.questioned).length;
  return (
    <FormArea value={typed} onChange={setTyped} problem={problem}>
      <FaultSummary problem={problem} />
      <Panel title={say('逐项核验', 'Value by value')}>
        <Entries view={view} judge={(entry) => (entry.verdict === 'verified' ? <Mark tone="good">{say('已核验', 'Verified')}</Mark> : <Verdict entry={entry} />)} />
      </Panel>
      <div className="form-bar">
        <span className="soft">{say(`已判断 ${said} / ${open.length} 项`, `${said} of ${open.length} judged`)}</span>
        <Button disabled={said >= open.length} onClick={() => setTyped({ ...typed, verdicts: { ...Object.fromEntries(open.map((code) => [code, 'verified'])), ...typed.verdicts } })}>{say('其余全部通过', 'The rest is right')}</Button>
        <Button type="primary" loading={busy} disabled={said === 0} onClick={async () => {
          const action = view.actions.find((one) => one.action === 'annual_update.judge');
          if (!action || !(await send({ method: action.method, href: action.href, body, version: view.version }))) return;
          await client.invalidateQueries();
          void message.success(say('已保存核验结果', 'Saved'));
        }}>{say('提交核验结果', 'Save the verdicts')}</Button>
      </div>
    </FormArea>
  );
}

function Verdict({ entry }: { entry: Schemas['AnnualEntryView'] }) {
  const say = useSay();
  const lang = useLang();
  const name = told(entry.name, lang);
  const at = `/verdicts/${entry.indicator}`;
  const verdict = useField<string>(at, name).value;
  return (
    <div className="verdict">
      {entry.remark && <p className="field-remark">{say('上次询问：', 'Asked before: ')}{entry.remark}</p>}
      <ChoiceField at={at} label={say(`${name}：核验`, `${name}: verdict`)} choices={options(ENTRY_VERDICT, lang)} empty={say('未判断', 'Not judged yet')} />
      {verdict === 'questioned' && <AreaField at={`/questioned/${entry.indicator}`} label={say(`${name}：询问内容`, `${name}: question`)} rows={2} required />}
    </div>
  );
}
