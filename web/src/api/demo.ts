// The demo's clock; a real server has none.
import { setAhead } from '../words/dates';
import { write } from './client';

export const isDemo = typeof document !== 'undefined' && document.documentElement.dataset.demo !== 'false';

/** Of everybody whom the demo has made; it prints it. */
export const DEMO_PASSWORD = 'Laoshan-demo-2026';

interface Clock {
  now: string;
  ahead_seconds: number;
}

function follow(clock: Clock): Clock {
  setAhead(clock.ahead_seconds * 1000);
  return clock;
}

export async function readClock(): Promise<Clock> {
  const response = await fetch('/api/v1/demo/clock');
  if (!response.ok) throw new Error('no demo clock');
  return follow((await response.json()) as Clock);
}

export async function moveClock(by: string): Promise<Clock> {
  return follow(await write<Clock>({ method: 'POST', href: '/api/v1/demo/clock', body: { advance: by } }));
}
