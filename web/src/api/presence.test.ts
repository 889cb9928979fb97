import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const MINUTE = 60_000;
let heard: Map<string, () => void>;
let asked: string[];

// Each test has a page of its own: what the modules remember begins anew.
beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-03-02T01:00:00Z') });
  vi.resetModules();
  heard = new Map();
  asked = [];
  vi.stubGlobal('addEventListener', (kind: string, listener: () => void) => heard.set(kind, listener));
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    return Response.json({ access_token: `token ${asked.length}`, expires_in: 900, must_change_password: false });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function touch(kind = 'keydown'): void {
  const listener = heard.get(kind);
  if (!listener) throw new Error(`nobody listens to ${kind}`);
  listener();
}

async function signedIn() {
  const { session } = await import('./session');
  // The password was typed before the answer came.
  vi.advanceTimersByTime(1000);
  await session.signIn('officer@laoshan.example', 'secret');
  asked.length = 0;
  return session;
}

it('a session that was used is renewed a minute before its token ends', async () => {
  const session = await signedIn();
  await vi.advanceTimersByTimeAsync(5 * MINUTE);
  touch();
  await vi.advanceTimersByTimeAsync(9 * MINUTE - 1);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked).toEqual(['/api/v1/auth/refresh']);
  expect(session.token()).toBe('token 1');
});

it('a tab that nobody touched lets its session end', async () => {
  await signedIn();
  await vi.advanceTimersByTimeAsync(24 * 60 * MINUTE);
  expect(asked).toEqual([]);
});

it('each renewal has to be earned anew', async () => {
  await signedIn();
  touch('pointerdown');
  await vi.advanceTimersByTimeAsync(14 * MINUTE);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  expect(asked).toHaveLength(1);
});

it('whoever comes back later is not signed out: the next request renews the session', async () => {
  const session = await signedIn();
  await vi.advanceTimersByTimeAsync(20 * MINUTE);
  touch('focus');
  expect(await session.renew()).toBe(true);
  touch();
  await vi.advanceTimersByTimeAsync(14 * MINUTE);
  expect(asked).toHaveLength(2);
});

it('what is asked for by itself stops five minutes after the last touch and goes on with the next', async () => {
  const { whileTouched } = await import('./presence');
  expect(whileTouched(MINUTE)).toBe(MINUTE);
  vi.advanceTimersByTime(5 * MINUTE);
  expect(whileTouched(MINUTE)).toBe(MINUTE);
  vi.advanceTimersByTime(1);
  expect(whileTouched(MINUTE)).toBe(false);
  touch('wheel');
  expect(whileTouched(MINUTE)).toBe(MINUTE);
});
