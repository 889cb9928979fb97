import { useCallback, useRef, useState } from 'react';
import { newKey, write, type Sent } from '../api/client';
import { asProblem, type Problem } from '../api/problem';

/** One request at a time, its refusal kept for the form that made it. A repeat after a network failure is the same request. */
export function useSend() {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const send = useCallback(async <T,>(sent: Omit<Sent, 'key'>): Promise<T | undefined> => {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await write<T>({ ...sent, key: key.current });
      key.current = newKey();
      return answer ?? ({} as T);
    } catch (error) {
      const refused = asProblem(error);
      if (!refused.passing) key.current = newKey();
      setProblem(refused);
      return undefined;
    } finally {
      setBusy(false);
    }
  }, []);
  return { send, problem, busy, clear: () => setProblem(null) };
}
