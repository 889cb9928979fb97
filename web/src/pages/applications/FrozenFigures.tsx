import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read } from '../../api/client';
import { ProblemNote } from '../../ui/basics';
import { useSay } from '../../words/say';
import { FormShown } from './FormShown';

/** What a submission was judged by: the form's figures, completed from the record, as they stood then. */
export function FrozenFigures({ id, number }: { id: string; number: number }) {
  const say = useSay();
  const [open, setOpen] = useState(false);
  const { data, error } = useQuery({ ...read('/api/v1/applications/{id}/submissions/{number}', { params: { path: { id, number } } }), enabled: open, staleTime: Infinity });
  return (
    <details onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{say('提交时固定的数据（含登记信息）', 'The figures as frozen, with those on record')}</summary>
      <ProblemNote problem={error} />
      {data && <FormShown form={{ ...data.form, figures: data.figures }} />}
      {open && !data && !error && <p className="soft" role="status">{say('正在加载…', 'Loading…')}</p>}
    </details>
  );
}
