import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Schemas } from '../../api/client';
import { INDICATORS } from '../../router';
import { Mark, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { ENTRY_VERDICT } from '../../words/labels';
import { told, useLang, useSay } from '../../words/say';
import { Figure, Moved } from './figures';

type Entry = Schemas['AnnualEntryView'];

/** Every value beside the one of the year before, with what was said about it. */
export function Entries({ view, judge }: { view: Schemas['AnnualUpdateView']; judge?: (entry: Entry) => ReactNode }) {
  const say = useSay();
  const lang = useLang();
  // As in the form that was filled in.
  const order = useSuspenseQuery(INDICATORS).data.indicators.map((one) => one.code);
  const rows = [...view.entries].sort((a, b) => order.indexOf(a.indicator) - order.indexOf(b.indicator));
  return (
    <DataTable<Entry> name={judge ? 'entries-judged' : 'entries'} caption={say('年度数据', 'Figures')} rows={rows} id={(row) => row.indicator} empty={say('还没有填写。', 'Nothing was stated yet.')} columns={[
      { key: 'name', title: say('指标', 'Figure'), show: (row) => told(row.name, lang) },
      { key: 'last', title: String(view.year - 2), right: true, show: (row) => <Figure unit={row.unit} value={row.last} /> },
      { key: 'value', title: String(view.year - 1), right: true, show: (row) => <Figure unit={row.unit} value={row.value} /> },
      { key: 'moved', title: say('变动', 'Change'), show: (row) => <Moved entry={row} /> },
      { key: 'reason', title: say('企业说明', 'Explanation'), show: (row) => row.reason ?? '—' },
      { key: 'verdict', title: say('核验', 'Verdict'), show: (row) => judge?.(row) ?? <Verdict row={row} /> },
    ]} />
  );
}

function Verdict({ row }: { row: Entry }) {
  const say = useSay();
  return (
    <>
      {row.verdict ? <State of={row.verdict} table={ENTRY_VERDICT} /> : <Mark>{say('未核验', 'Not judged')}</Mark>}
      {row.remark && row.verdict !== 'verified' && <p className="field-remark">{row.remark}</p>}
    </>
  );
}
