// Buttons come from the `actions` of a record and from nowhere else: what is allowed can be pressed, what is not says why.
import { App as AntApp, Button, Tooltip } from 'antd';
import { Dialog } from './Dialog';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { newKey, write, type Action } from '../api/client';
import { asProblem, type Problem } from '../api/problem';
import { FaultSummary, FormArea } from '../form/context';
import { told, useLang, useSay, type Lang } from '../words/say';
import { wordsOf, type ActionWords } from './action-words';
import { Ask } from './Ask';
import { Theirs, useTheirs } from './Theirs';

export interface Doable {
  actions: Action[];
  version?: number;
}

interface BarProps {
  record: Doable;
  /** Actions that have a page or a dialog of their own. */
  own?: Record<string, (action: Action) => void>;
  /** In this order; the rest follows as it comes. */
  order?: string[];
  hide?: string[];
  /** What a dialog begins with. */
  initial?: Record<string, Record<string, unknown>>;
  onDone?: (action: string, answer: unknown) => void;
  /** Something beside it stands out already. */
  plain?: boolean;
}

export function ActionBar({ record, own = {}, order = [], hide = [], initial = {}, plain = false, onDone }: BarProps) {
  const say = useSay();
  const [asked, setAsked] = useState<Action | null>(null);
  const known = record.actions.filter((action) => !hide.includes(action.action) && (wordsOf(action) || own[action.action]));
  const rank = (action: Action) => (order.includes(action.action) ? order.indexOf(action.action) : order.length);
  // What cannot be taken back stands last.
  const grave = (action: Action) => Number(wordsOf(action)?.tone === 'danger');
  const sorted = [...known].sort((a, b) => Number(b.allowed) - Number(a.allowed) || grave(a) - grave(b) || rank(a) - rank(b));
  if (sorted.length === 0) return null;
  const allowed = sorted.filter((action) => action.allowed);
  const refused = sorted.filter((action) => !action.allowed);
  // A few reasons stand beside what can be done; many, or nothing but reasons, are folded.
  const folded = refused.length > 3 || (allowed.length === 0 && refused.length > 1);
  const firstAllowed = plain ? undefined : sorted.find((action) => action.allowed && wordsOf(action)?.tone !== 'danger' && !wordsOf(action)?.quiet);
  return (
    <div className="actions" role="group" aria-label={say('可执行的操作', 'Actions')}>
      {[...allowed, ...(folded ? [] : refused)].map((action) => (
        <ActionButton key={`${action.action} ${action.href}`} action={action} primary={action === firstAllowed}
          onPress={() => (own[action.action] ? own[action.action]?.(action) : setAsked(action))} />
      ))}
      {folded && (
        <details className="refusals">
          <summary>{say(`现在不能做的（${refused.length}）`, `Not possible now (${refused.length})`)}</summary>
          <ul>{refused.map((action) => <li key={`${action.action} ${action.href}`}><ActionButton action={action} onPress={() => undefined} /> <span className="soft">{action.reason}</span></li>)}</ul>
        </details>
      )}
      {asked && (
        <ActionDialog action={asked} version={record.version} initial={initial[asked.action]} onClose={() => setAsked(null)}
          onDone={(answer) => onDone?.(asked.action, answer)} />
      )}
    </div>
  );
}

export function actionName(action: Action, lang: Lang): string {
  const words = wordsOf(action);
  return words ? told(words.name, lang) : action.action;
}

/** A refused action can still be reached by keyboard, so that the reason can be read. */
export function ActionButton({ action, primary, onPress, children }: { action: Action; primary?: boolean; onPress: () => void; children?: ReactNode }) {
  const lang = useLang();
  const words = wordsOf(action);
  const button = (
    <Button type={primary ? 'primary' : 'default'} danger={words?.tone === 'danger' && action.allowed}
      aria-disabled={!action.allowed} className={action.allowed ? undefined : 'refused'}
      aria-description={action.allowed ? undefined : action.reason ?? undefined}
      onClick={() => { if (action.allowed) onPress(); }}>
      {children ?? actionName(action, lang)}
    </Button>
  );
  return action.allowed ? button : <Tooltip title={action.reason ?? action.reason_code} trigger={['hover', 'focus', 'click']}>{button}</Tooltip>;
}

interface DialogProps {
  action: Action;
  version?: number | undefined;
  words?: ActionWords;
  initial?: Record<string, unknown> | undefined;
  onClose: () => void;
  onDone?: (answer: unknown) => void;
  /** Where the faults belong to fields outside the dialog, it closes and they are shown there. */
  onRefused?: (problem: Problem) => void;
  /** For what the table of fields cannot say. */
  children?: ReactNode;
}

/** Asks for what the action needs, sends it, and says what was wrong at its field. */
export function ActionDialog({ action, version, words = wordsOf(action), initial, onClose, onDone, onRefused, children }: DialogProps) {
  const say = useSay();
  const lang = useLang();
  const client = useQueryClient();
  const { message } = AntApp.useApp();
  const [body, setBody] = useState<Record<string, unknown>>(initial ?? {});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const name = words ? told(words.name, lang) : action.action;
  const fields = words?.fields ?? [];
  const newer = useTheirs(['PATCH', 'PUT'].includes(action.method) ? problem : null, action.href, body);
  const send = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const sent = action.method === 'DELETE' || (fields.length === 0 && !children && Object.keys(body).length === 0) ? undefined : words?.shape ? words.shape(body) : body;
      const answer = await write({
        method: action.method, href: action.href, body: sent, ...(version === undefined ? {} : { version: newer ? Math.max(newer.version, version) : version }), key: key.current,
      });
      await client.invalidateQueries();
      void message.success(words?.done ? told(words.done, lang) : say(`${name}：已完成`, `${name}: done`));
      onDone?.(answer);
      onClose();
    } catch (error) {
      const refused = asProblem(error);
      // Another body is another intention.
      if (!refused.passing) key.current = newKey();
      if (refused.status === 412 || refused.status === 409) void client.invalidateQueries();
      setProblem(refused);
      if (onRefused && refused.errors.length > 0) {
        onRefused(refused);
        onClose();
      }
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog open title={name} onCancel={onClose} onOk={() => void send()} confirmLoading={busy} destroyOnHidden
      okText={words?.press ? told(words.press, lang) : name} cancelText={say('取消', 'Cancel')}
      okButtonProps={{ danger: words?.tone === 'danger' }} width={words?.wide ? 760 : 560}>
      <FormArea value={body} onChange={setBody} problem={problem}>
        <div className="dialog">
          {words?.explain && <p>{told(words.explain, lang)}</p>}
          {newer && problem?.status === 412 ? <Theirs newer={newer} /> : <FaultSummary problem={problem} />}
          {fields.map((field) => <Ask key={field.at} field={field} />)}
          {children}
        </div>
      </FormArea>
    </Dialog>
  );
}
