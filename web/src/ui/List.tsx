// A list of the server with its filters in the address: what is looked at can be sent to somebody else, and "back" works.
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useSay } from '../words/say';

export interface Filter {
  name: string;
  label: string;
  options?: Array<{ value: string; label: string }>;
  /** What it means to choose nothing, where that is not "all". */
  blank?: string;
  /** Free text, sent when it is left or Enter is pressed. */
  text?: boolean;
  date?: boolean;
}

export function Filters({ filters, value, onChange, children }: {
  filters: Filter[]; value: Record<string, string | undefined>; onChange: (name: string, value: string | undefined) => void; children?: ReactNode;
}) {
  const say = useSay();
  const set = filters.filter((filter) => value[filter.name]);
  return (
    <form className="filters" role="search" onSubmit={(e) => e.preventDefault()}>
      {filters.map((filter) => (
        <label key={filter.name} className="filter">
          <span>{filter.label}</span>
          {filter.date ? (
            <DateFilter value={value[filter.name]} onChange={(next) => onChange(filter.name, next)} />
          ) : filter.text ? (
            <input className="input" type="search" defaultValue={value[filter.name] ?? ''} key={value[filter.name] ?? ''}
              onKeyDown={(e) => { if (e.key === 'Enter') onChange(filter.name, e.currentTarget.value.trim() || undefined); }}
              onBlur={(e) => { const next = e.currentTarget.value.trim() || undefined; if (next !== value[filter.name]) onChange(filter.name, next); }} />
          ) : (
            <select className="input" value={value[filter.name] ?? ''} onChange={(e) => onChange(filter.name, e.target.value || undefined)}>
              <option value="">{filter.blank ?? say('全部', 'All')}</option>
              {filter.options?.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
            </select>
          )}
        </label>
      ))}
      {set.length > 1 && <Button type="link" size="small" onClick={() => onChange('*', undefined)}>{say('清除筛选', 'Clear filters')}</Button>}
      {children}
    </form>
  );
}

/** While a year is being typed it is 0002, 0020, 0202: that is no day anybody asks for. */
function DateFilter({ value = '', onChange }: { value: string | undefined; onChange: (value: string | undefined) => void }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  return (
    <input className="input" type="date" value={typed} onChange={(e) => {
      const next = e.target.value;
      setTyped(next);
      if (next === '' || next >= '1990') onChange(next || undefined);
    }} />
  );
}

/** Keyset pages go forward by cursor; back is the browser's, which knows the addresses that were visited. */
export function Pager({ next, cursor, total, shown, onCursor }: {
  next: string | null | undefined; cursor: string | undefined; total?: number | null | undefined; shown: number;
  onCursor: (cursor: string | undefined) => void;
}) {
  const say = useSay();
  if (!next && !cursor && shown === 0) return null;
  return (
    <nav className="pager" aria-label={say('翻页', 'Pages')}>
      <span>
        {!next && !cursor ? say(`共 ${shown} 条`, `${shown} in all`) : total !== null && total !== undefined
          ? say(`共 ${total} 条，本页 ${shown} 条`, `${total} in all, ${shown} shown`)
          : say(`本页 ${shown} 条`, `${shown} shown`)}
      </span>
      {cursor && <Button size="small" icon={<LeftOutlined />} onClick={() => onCursor(undefined)}>{say('回到第一页', 'First page')}</Button>}
      {next && <Button size="small" icon={<RightOutlined />} iconPlacement="end" onClick={() => onCursor(next)}>{say('下一页', 'Next page')}</Button>}
    </nav>
  );
}
