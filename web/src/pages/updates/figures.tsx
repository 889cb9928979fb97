// A figure of the yearly report beside the one of the year before.
import type { ReactNode } from 'react';
import type { Schemas } from '../../api/client';
import { Amount, Rate } from '../../ui/basics';
import { percent } from '../../words/money';
import { useSay } from '../../words/say';

export function Figure({ unit, value }: { unit: Schemas['Unit']; value: number | null | undefined }): ReactNode {
  if (value === null || value === undefined) return '—';
  return unit === 'fen' ? <Amount fen={value} full /> : unit === 'ppm' ? <Rate ppm={value} /> : <span className="figure">{value}</span>;
}

/** How far it moved, to a tenth of a percent; in words too where it moved by more than the window's share. */
export function Moved({ entry }: { entry: Schemas['AnnualEntryView'] }) {
  const say = useSay();
  const ppm = entry.change_ppm;
  const change = ppm === null || ppm === undefined ? undefined : `${ppm > 0 ? '+' : ''}${percent(Math.round(ppm / 1000) * 1000)}`;
  if (!entry.marked) return <span className="figure soft">{change ?? '—'}</span>;
  return <strong className="due-soon">{change} {say('变动较大', 'a large change')}</strong>;
}
