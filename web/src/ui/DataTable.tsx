// A table for long lists: plain HTML, so that it is quick, prints, and reads well aloud. On a narrow window every row is a card.
import { SettingOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover } from 'antd';
import { useState, type ReactNode } from 'react';
import { useSay } from '../words/say';
import { Empty } from './basics';

export interface Column<Row> {
  key: string;
  title: string;
  show: (row: Row) => ReactNode;
  /** Not shown until it is chosen. */
  extra?: boolean;
  /** Figures stand to the right. */
  right?: boolean;
}

interface Selection {
  chosen: string[];
  onChange: (ids: string[]) => void;
  nameOf: (id: string) => string;
}

export function DataTable<Row>({ name, rows, columns, id, empty, selection, caption }: {
  /** Under it the choice of columns is remembered. */
  name: string;
  caption: string;
  rows: Row[];
  columns: Array<Column<Row>>;
  id: (row: Row) => string;
  empty: ReactNode;
  selection?: Selection | undefined;
}) {
  const say = useSay();
  const [shown, setShown] = useColumns(name, columns);
  const visible = columns.filter((column) => shown.includes(column.key));
  const all = rows.map(id);
  const allChosen = selection !== undefined && all.length > 0 && all.every((one) => selection.chosen.includes(one));
  if (rows.length === 0) return <Empty>{empty}</Empty>;
  return (
    <div className="table-frame">
      {columns.length > 4 && (
        <div className="column-line"><Popover trigger="click" placement="bottomRight" content={(
          <div className="column-choice">
            {columns.map((column, i) => (
              <Checkbox key={column.key} checked={shown.includes(column.key)} disabled={i === 0}
                onChange={(e) => setShown(e.target.checked
                  ? columns.map((c) => c.key).filter((key) => shown.includes(key) || key === column.key)
                  : shown.filter((key) => key !== column.key))}>
                {column.title}
              </Checkbox>
            ))}
          </div>
        )}>
          <Button type="text" size="small" icon={<SettingOutlined />}>{say('选择列', 'Columns')}</Button>
        </Popover></div>
      )}
      <table className="data">
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {selection && (
              <th scope="col" className="choose" data-label={say('全选本页', 'Select all shown')}>
                <Checkbox checked={allChosen} aria-label={say('全选本页', 'Select all shown')}
                  onChange={(e) => selection.onChange(e.target.checked ? all : [])} />
              </th>
            )}
            {visible.map((column) => <th key={column.key} scope="col" className={column.right ? 'right' : undefined}>{column.title}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = id(row);
            const chosen = selection?.chosen.includes(key) ?? false;
            return (
              <tr key={key} className={chosen ? 'chosen' : undefined}>
                {selection && (
                  <td className="choose">
                    <Checkbox checked={chosen} aria-label={say(`选择 ${selection.nameOf(key)}`, `Select ${selection.nameOf(key)}`)}
                      onChange={(e) => selection.onChange(e.target.checked
                        ? [...selection.chosen, key] : selection.chosen.filter((one) => one !== key))} />
                  </td>
                )}
                {visible.map((column) => (
                  <td key={column.key} data-label={column.title} className={column.right ? 'right' : undefined}><div className="cell">{column.show(row)}</div></td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function useColumns<Row>(name: string, columns: Array<Column<Row>>): [string[], (keys: string[]) => void] {
  const key = `laoshan.columns.${name}`;
  const [shown, set] = useState<string[]>(() => {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
      if (Array.isArray(stored)) return stored.filter((one) => columns.some((column) => column.key === one)) as string[];
    } catch {
      // What was stored is of an older console; the usual columns will do.
    }
    return columns.filter((column) => !column.extra).map((column) => column.key);
  });
  return [shown, (keys) => {
    set(keys);
    try {
      localStorage.setItem(key, JSON.stringify(keys));
    } catch {
      // It then lasts as long as the page.
    }
  }];
}
