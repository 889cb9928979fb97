import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';

interface Tab {
  key: string;
  label: string;
  children: ReactNode;
}

/** Tabs that wrap instead of hiding behind a menu; arrow keys move between them, as a screen reader announces. */
export function Tabs({ items, label }: { items: Tab[]; label: string }) {
  const id = useId();
  const [chosen, setChosen] = useState(items[0]?.key);
  const at = Math.max(0, items.findIndex((item) => item.key === chosen));
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = items[(at + step + items.length) % items.length];
    if (step === 0 || !next) return;
    event.preventDefault();
    setChosen(next.key);
    document.getElementById(`${id}${next.key}`)?.focus();
  };
  return (
    <>
      <div role="tablist" aria-label={label} className="tabs" onKeyDown={move}>
        {items.map((item, i) => (
          <button key={item.key} id={`${id}${item.key}`} type="button" role="tab" aria-selected={i === at} aria-controls={`${id}panel`} tabIndex={i === at ? 0 : -1}
            className={i === at ? 'here' : undefined} onClick={() => setChosen(item.key)}>{item.label}</button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}panel`} aria-labelledby={`${id}${items[at]?.key ?? ''}`}>{items[at]?.children}</div>
    </>
  );
}
