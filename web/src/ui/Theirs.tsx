// Somebody else saved the same record meanwhile: both sides are shown, and saving again is a choice made with open eyes.
import { Alert } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { write } from '../api/client';
import type { Problem } from '../api/problem';
import { differences, isObject } from '../words/patch';
import { useSay } from '../words/say';
import { Compare, type Row } from './Compare';
import { useNames } from './names';

export interface Newer {
  version: number;
  rows: Array<Omit<Row, 'name'>>;
}

/** What the record holds now where it differs from what was to be written; null while nothing stands in the way. */
export function useTheirs(problem: Problem | null, href: string, mine: unknown): Newer | null {
  const [newer, setNewer] = useState<Newer | null>(null);
  const latest = useRef(mine);
  latest.current = mine;
  useEffect(() => {
    if (problem?.status !== 412) return;
    let gone = false;
    void write<Record<string, unknown>>({ method: 'GET', href }).then((now) => {
      if (gone || typeof now.version !== 'number' || !isObject(latest.current)) return;
      const rows = Object.entries(latest.current).flatMap(([key, value]) => differences(value, now[key], `/${key}`));
      setNewer({ version: now.version, rows: rows.map((one) => ({ at: one.at, left: one.mine, right: one.theirs })) });
    }, () => undefined);
    return () => { gone = true; };
  }, [problem, href]);
  return newer;
}

export function Theirs({ newer }: { newer: Newer | null }) {
  const say = useSay();
  const names = useNames();
  if (!newer) return null;
  return (
    <div className="problem" role="alert">
      <Alert type="warning" showIcon title={say('他人刚刚修改了这条记录。再次保存将以您填写的为准。', 'Somebody else has just changed this record. Saving again keeps what you typed.')} />
      {newer.rows.length > 0 && <Compare left={say('我的修改', 'Mine')} right={say('现在的内容', 'As it is now')} rows={newer.rows.map((row) => ({ ...row, name: names(row.at) }))} />}
    </div>
  );
}
