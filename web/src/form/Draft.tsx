// What goes with a form that saves itself: the mark that says so, and the choice when somebody else changed it meanwhile.
import { CheckCircleOutlined, CloudUploadOutlined, ExclamationCircleOutlined, SyncOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Dialog } from '../ui/Dialog';
import type { ReactNode } from 'react';
import { Compare } from '../ui/Compare';
import { useNames } from '../ui/names';
import { moment } from '../words/dates';
import { differences } from '../words/patch';
import { useLang, useSay } from '../words/say';
import type { SaveState } from './useAutosave';

/** What became of the last thing that was typed; said aloud when it changes. */
export function SavedMark({ state, at }: { state: SaveState; at: Date | null }) {
  const say = useSay();
  const lang = useLang();
  const words: Record<SaveState, [ReactNode, string]> = {
    saved: [<CheckCircleOutlined key="i" />, at ? say(`已保存 ${moment(at.toISOString(), lang).slice(-5)}`, `Saved ${moment(at.toISOString(), lang).slice(-5)}`) : say('全部已保存', 'Everything is saved')],
    waiting: [<CloudUploadOutlined key="i" />, say('待保存…', 'Not saved yet…')],
    saving: [<SyncOutlined key="i" spin />, say('正在保存…', 'Saving…')],
    failed: [<ExclamationCircleOutlined key="i" />, say('没有保存成功，内容已暂存在本机', 'Not saved; kept in this browser')],
    conflict: [<ExclamationCircleOutlined key="i" />, say('他人也修改了本表', 'Somebody else has changed it too')],
  };
  return <span className={`save-state ${state}`} role="status">{words[state][0]} {words[state][1]}</span>;
}

/** Both versions side by side; nobody's work is overwritten unseen. */
export function DraftConflict({ title, mine, theirs, settle }: { title: string; mine: object; theirs: object; settle: (mine: boolean) => void }) {
  const say = useSay();
  const names = useNames();
  return (
    <Dialog open width={860} closable={false} mask={{ closable: false }} keyboard={false} title={title}
      footer={[
        <Button key="theirs" onClick={() => settle(false)}>{say('放弃我的修改，用对方的版本', 'Discard mine, take theirs')}</Button>,
        <Button key="mine" type="primary" onClick={() => settle(true)}>{say('在对方版本上保留我的修改', 'Keep mine on top of theirs')}</Button>,
      ]}>
      <p>{say('下面是两边不同的地方。没有列出的内容两边一致。', 'This is where the two differ; everything else is the same.')}</p>
      <Compare left={say('我的修改', 'Mine')} right={say('对方的版本', 'Theirs')} rows={differences(mine, theirs).map((one) => ({ name: names(one.at), left: one.mine, right: one.theirs, at: one.at }))} />
    </Dialog>
  );
}
