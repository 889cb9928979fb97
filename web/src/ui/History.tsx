import type { Schemas } from '../api/client';
import { EVENT, label } from '../words/labels';
import { useLang, useSay, type Say } from '../words/say';
import { Empty, Moment, State } from './basics';
import { Reason } from './Reason';

/** What happened, oldest first. */
export function History({ items, states }: { items: Schemas['TimelineItem'][]; states: Record<string, Say> }) {
  const say = useSay();
  const lang = useLang();
  if (items.length === 0) return <Empty>{say('还没有记录。', 'Nothing has happened yet.')}</Empty>;
  return (
    <ol className="history">
      {items.map((item, i) => (
        <li key={i}>
          <Moment at={item.at} />
          <p><strong>{label(EVENT, item.action, lang)}</strong>{item.by && <span className="soft"> · {item.by.startsWith('system:') ? say('系统', 'the system') : item.by}</span>} {item.to && item.to !== item.from && <State of={item.to} table={states} />}</p>
          {item.reason && <p><Reason text={item.reason} /></p>}
        </li>
      ))}
    </ol>
  );
}
