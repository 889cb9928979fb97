import { Alert } from 'antd';
import { day } from '../words/dates';
import { useLang, useSay } from '../words/say';

/** An enterprise whose title was revoked may not apply for some years. */
export function Barred({ name, until }: { name?: string; until: string | null | undefined }) {
  const say = useSay();
  const lang = useLang();
  if (!until) return null;
  const on = day(until, lang);
  return (
    <Alert type="warning" showIcon className="problem" title={(
      <>{name && <><span translate="no">{name}</span>{say('：', ': ')}</>}{say(`资格曾被撤销，${on}前不得申报`, `A title was revoked; no application before ${on}`)}</>
    )} />
  );
}
