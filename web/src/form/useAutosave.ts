// Saves by itself what is typed, a moment after the last key. Nothing is lost: what could not be saved is kept in this browser
// until it could, and what somebody else has changed meanwhile is shown, never overwritten.
import { useCallback, useEffect, useRef, useState } from 'react';
import { asProblem, type Problem } from '../api/problem';
import { applyPatch, mergePatch, type Json } from '../words/patch';

type Document = { [key: string]: Json | undefined };
export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict';

interface Saved<T> {
  value: T;
  version: number;
}

interface Options<T> {
  key: string;
  loaded: Saved<T>;
  save: (patch: Document, version: number, whole: T) => Promise<Saved<T>>;
  reload: () => Promise<Saved<T>>;
  pause?: number;
}

interface Kept {
  version: number;
  patch: Document;
}

export function useAutosave<T extends object>({ key, loaded, save, reload, pause = 1200 }: Options<T>) {
  const stash = `laoshan.draft.${key}`;
  const base = useRef<Saved<T>>(loaded);
  const [kept] = useState(() => recall(stash));
  const [value, setValue] = useState<T>(() => (kept ? (applyPatch(loaded.value as Json, kept.patch as Json) as T) : loaded.value));
  const [parted] = useState(() => kept !== undefined && kept.version !== loaded.version
    && mergePatch(loaded.value as Document, value as Document) !== undefined);
  const [state, setState] = useState<SaveState>(parted ? 'conflict' : kept ? 'waiting' : 'saved');
  const [problem, setProblem] = useState<Problem | null>(null);
  // What was kept here was made on an older version than the one that was loaded: the person decides.
  const [theirs, setTheirs] = useState<Saved<T> | null>(parted ? loaded : null);
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const current = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<Promise<boolean>>(undefined);
  const blocked = useRef(parted);

  const flush = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current);
    if (running.current) return running.current;
    const run = async (): Promise<boolean> => {
      try {
        for (;;) {
          const sent = current.current;
          const patch = mergePatch(base.current.value as Document, sent as Document);
          if (!patch) {
            forget(stash);
            setState('saved');
            return true;
          }
          if (blocked.current) return false;
          setState('saving');
          base.current = await save(patch, base.current.version, sent);
          // What was sent is what counts as saved, also where the server writes it in another way.
          base.current = { ...base.current, value: sent };
          setSavedAt(new Date());
          setProblem(null);
        }
      } catch (error) {
        const refused = asProblem(error);
        if (refused.status === 412) {
          blocked.current = true;
          try {
            setTheirs(await reload());
            setState('conflict');
          } catch (failed) {
            blocked.current = false;
            setProblem(asProblem(failed));
            setState('failed');
          }
        } else {
          setProblem(refused);
          setState('failed');
        }
        return false;
      }
    };
    const started = run();
    running.current = started;
    // Not inside: with nothing to save it would be over before it is noted as running.
    void started.finally(() => {
      if (running.current === started) running.current = undefined;
    });
    return started;
  }, [save, reload, stash]);

  const change = useCallback((next: T) => {
    current.current = next;
    setValue(next);
    const patch = mergePatch(base.current.value as Document, next as Document);
    keep(stash, patch && { version: base.current.version, patch });
    if (blocked.current) return;
    setState('waiting');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), pause);
  }, [flush, pause, stash]);

  /** Ends a conflict: on the newer version, with one's own changes on top or without them. */
  const settle = useCallback((mine: boolean) => {
    if (!theirs) return;
    const patch = mergePatch(base.current.value as Document, current.current as Document) ?? {};
    base.current = theirs;
    blocked.current = false;
    setTheirs(null);
    const next = mine ? (applyPatch(theirs.value as Json, patch as Json) as T) : theirs.value;
    current.current = next;
    setValue(next);
    void flush();
  }, [theirs, flush]);

  useEffect(() => {
    if (kept && !blocked.current) void flush();
    // Once, for what was kept from before.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (state !== 'saved') event.preventDefault();
    };
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [state]);

  // Leaving the page within the console: what is pending goes out at once.
  const last = useRef(flush);
  last.current = flush;
  useEffect(() => () => void last.current(), []);

  return { value, change, state, problem, theirs, settle, flush, savedAt, version: () => base.current.version };
}

function recall(stash: string): Kept | undefined {
  try {
    return (JSON.parse(localStorage.getItem(stash) ?? 'null') as Kept | null) ?? undefined;
  } catch {
    return undefined;
  }
}

function keep(stash: string, kept: Kept | undefined): void {
  try {
    if (kept) localStorage.setItem(stash, JSON.stringify(kept));
    else localStorage.removeItem(stash);
  } catch {
    // A full or forbidden store: the page itself still holds it.
  }
}

function forget(stash: string): void {
  keep(stash, undefined);
}
