import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useField } from '../form/context';
import { ChoiceField, type Choice } from '../form/fields';
import { lists } from '../router';
import { useSay } from '../words/say';

/** An enterprise on record, found by part of its name: a long register is no list to choose from. What was chosen stays on offer. */
export function EnterpriseField({ at, label, required, known }: { at: string; label: string; required?: boolean; known?: Choice | undefined }) {
  const say = useSay();
  const [q, setQ] = useState('');
  const chosen = useField<string>(at, label).value;
  const names = useRef(new Map(known ? [[known.value, known.label]] : []));
  const found = useQuery({ ...lists.enterprises(q.length > 1 ? { q } : {}), placeholderData: keepPreviousData }).data?.items ?? [];
  for (const one of found) names.current.set(one.id, one.name);
  const kept = chosen && !found.some((one) => one.id === chosen) ? [{ value: chosen, label: names.current.get(chosen) ?? chosen }] : [];
  return (
    <div className="found">
      <label className="filter"><span>{say(`${label}：按名称查找`, `${label}: find by name`)}</span><input className="input" type="search" value={q} onChange={(e) => setQ(e.target.value.trim())} /></label>
      <ChoiceField at={at} label={label} {...(required ? { required } : {})} choices={[...kept, ...found.map((one) => ({ value: one.id, label: one.name }))]} />
    </div>
  );
}
