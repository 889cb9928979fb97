// A form is a document. Every field knows its pointer in it, the same pointer that the server answers faults with.
import { createContext, useContext, useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react';
import type { FieldFault, Problem } from '../api/problem';
import { getAt, setAt } from '../words/patch';
import { useSay } from '../words/say';
import { titleOf } from '../ui/basics';
import { Alert } from 'antd';

export interface Remark {
  pointer: string;
  text: string;
}

interface FormWorld {
  value: unknown;
  set: (pointer: string, value: unknown) => void;
  faults: FieldFault[];
  remarks: Remark[];
  readOnly: boolean;
  base: string;
  known: Map<string, string>;
}

const World = createContext<FormWorld | undefined>(undefined);

interface AreaProps<T> {
  value: T;
  onChange: (value: T) => void;
  problem?: Problem | null | undefined;
  remarks?: Remark[];
  readOnly?: boolean;
  children: ReactNode;
}

export function FormArea<T>({ value, onChange, problem, remarks, readOnly, children }: AreaProps<T>) {
  const base = useId();
  const known = useRef(new Map<string, string>()).current;
  // Several changes within one event each build on the one before.
  const latest = useRef(value);
  latest.current = value;
  const world = useMemo<FormWorld>(() => ({
    value,
    set: (pointer, next) => {
      latest.current = setAt(latest.current, pointer, next);
      onChange(latest.current);
    },
    faults: problem?.errors ?? [],
    remarks: remarks ?? [],
    readOnly: readOnly ?? false,
    base,
    known,
  }), [value, onChange, problem, remarks, readOnly, base, known]);
  return <World.Provider value={world}>{children}</World.Provider>;
}

function useWorld(): FormWorld {
  const world = useContext(World);
  if (!world) throw new Error('a field stands in a FormArea');
  return world;
}

export interface FieldWorld<V> {
  id: string;
  value: V | undefined;
  set: (value: V | undefined) => void;
  fault: string | undefined;
  remark: string | undefined;
  readOnly: boolean;
  aria: { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string };
  hintId: string;
}

/** What a field at this pointer needs: its value, what is wrong with it, what an officer remarked on it. */
export function useField<V>(at: string, label: string): FieldWorld<V> {
  const world = useWorld();
  const say = useSay();
  const id = fieldId(world.base, at);
  const { known } = world;
  useEffect(() => {
    known.set(at, label);
    return () => void known.delete(at);
  }, [at, label, known]);
  const fault = world.faults.filter((one) => one.pointer === at).map((one) => one.detail).join(say('；', '; ')) || undefined;
  const remark = world.remarks.filter((one) => one.pointer === at).map((one) => one.text).join(say('；', '; ')) || undefined;
  const hintId = `${id}-hint`;
  const described = fault || remark ? `${id}-said` : undefined;
  return {
    id,
    value: getAt(world.value, at) as V | undefined,
    set: (next) => world.set(at, next),
    fault,
    remark,
    readOnly: world.readOnly,
    hintId,
    aria: { id, ...(fault ? { 'aria-invalid': true as const } : {}), ...(described ? { 'aria-describedby': `${hintId} ${described}` } : { 'aria-describedby': hintId }) },
  };
}

/** What stands at another place of the form, for a field that follows from it. */
export function useValueAt<V>(at: string): V | undefined {
  return getAt(useWorld().value, at) as V | undefined;
}

function fieldId(base: string, at: string): string {
  return `f${base}${at.replace(/[^a-zA-Z0-9]/g, '-')}`;
}

/** All faults at once, each leading to its field; also those that belong to none. Takes the focus when it appears. */
export function FaultSummary({ problem }: { problem: Problem | null | undefined }) {
  const world = useWorld();
  const say = useSay();
  const box = useRef<HTMLDivElement>(null);
  const [, again] = useState(0);
  useEffect(() => {
    if (!problem) return;
    box.current?.focus();
    box.current?.scrollIntoView?.({ block: 'nearest' });
    // Fields that have only just been drawn are known now.
    again((n) => n + 1);
  }, [problem]);
  if (!problem) return null;
  // As the fields stand on the page; what belongs to none comes last.
  const places = [...world.known.keys()];
  const place = (fault: FieldFault) => (world.known.has(fault.pointer) ? places.indexOf(fault.pointer) : places.length);
  const ordered = [...problem.errors].sort((a, b) => place(a) - place(b));
  return (
    <div ref={box} tabIndex={-1} className="fault-summary">
      <Alert type="error" showIcon role="alert" title={titleOf(problem, say)}
        description={(problem.detail || problem.errors.length > 0) && (
          <>
            {problem.detail && problem.detail !== problem.message && <p>{problem.detail}</p>}
            {problem.errors.length > 0 && <ul>
              {ordered.map((fault, i) => {
                const name = world.known.get(fault.pointer);
                const target = name && fieldId(world.base, fault.pointer);
                return (
                  <li key={i}>
                    {target
                      ? <a href={`#${target}`} onClick={(e) => { e.preventDefault(); document.getElementById(target)?.focus(); document.getElementById(target)?.scrollIntoView({ block: 'center' }); }}>{name}{say('：', ': ')}{fault.detail}</a>
                      : <>{fault.pointer && <code>{fault.pointer}</code>} {fault.detail}</>}
                  </li>
                );
              })}
            </ul>}
          </>
        )} />
    </div>
  );
}
