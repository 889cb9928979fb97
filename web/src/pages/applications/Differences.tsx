import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read } from '../../api/client';
import { Empty, ProblemNote } from '../../ui/basics';
import { Compare } from '../../ui/Compare';
import { useNames } from '../../ui/names';
import { useSay } from '../../words/say';

/** What changed from one submission to another, value by value. */
export function Differences({ id, last }: { id: string; last: number }) {
  const say = useSay();
  const names = useNames();
  const [from, setFrom] = useState(last - 1);
  const [to, setTo] = useState(last);
  const { data, error, isPending } = useQuery(read('/api/v1/applications/{id}/differences', { params: { path: { id }, query: { from, to } } }));
  const numbers = Array.from({ length: last }, (_, i) => i + 1);
  const named = (number: number) => say(`第 ${number} 次提交`, `Submission ${number}`);
  const choice = (name: string, value: number, set: (n: number) => void) => (
    <label className="filter"><span>{name}</span><select className="input" value={value} onChange={(e) => set(Number(e.target.value))}>{numbers.map((n) => <option key={n} value={n}>{named(n)}</option>)}</select></label>
  );
  return (
    <>
      <div className="filters">{choice(say('从', 'From'), from, setFrom)}{choice(say('到', 'To'), to, setTo)}</div>
      <ProblemNote problem={error} />
      {data && data.differences.length === 0 && <Empty>{say('两次提交没有不同。', 'The two are the same.')}</Empty>}
      {data && data.differences.length > 0 && <Compare left={named(from)} right={named(to)} rows={data.differences.map((one) => ({ at: one.pointer, name: names(one.pointer), left: one.old, right: one.new }))} />}
      {isPending && <p className="soft" role="status">{say('正在比较…', 'Comparing…')}</p>}
    </>
  );
}
