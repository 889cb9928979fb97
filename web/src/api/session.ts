// The access token lives in this module's memory only; the refresh token in a cookie that scripts cannot read. Whoever asks for
// something while the session has ended waits until the person has signed in again, so nothing that was typed is lost.
import { lang } from '../words/say';
import { touchedSince } from './presence';
import type { components } from './schema';
import { Problem } from './problem';

type Token = components['schemas']['SessionTokenView'];
export type SessionState = 'starting' | 'out' | 'in' | 'ended';

const HINT = 'laoshan.signed-in';
let token: string | undefined;
let state: SessionState = 'starting';
let mustChangePassword = false;
let renewing: Promise<boolean> | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let waiting: Array<() => void> = [];
const listeners = new Set<() => void>();

function become(next: SessionState): void {
  state = next;
  for (const tell of listeners) tell();
}

function remember(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(HINT, '1');
    else localStorage.removeItem(HINT);
  } catch {
    // Then every load asks for a renewal, which is only a little slower.
  }
}

function hinted(): boolean {
  try {
    return localStorage.getItem(HINT) !== null;
  } catch {
    return true;
  }
}

async function post(path: string, body?: unknown): Promise<Response> {
  return fetch(`/api/v1/auth/${path}`, {
    method: 'POST',
    headers: { 'accept-language': lang(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

function take(answer: Token): void {
  token = answer.access_token;
  mustChangePassword = answer.must_change_password;
  remember(true);
  clearTimeout(timer);
  // A minute early, so that a request rarely has to be sent twice.
  const taken = Date.now();
  timer = setTimeout(() => { if (touchedSince(taken)) void session.renew(); }, Math.max(answer.expires_in - 60, 5) * 1000);
  become('in');
  for (const go of waiting) go();
  waiting = [];
}

export const session = {
  get state(): SessionState {
    return state;
  },
  get mustChangePassword(): boolean {
    return mustChangePassword;
  },
  token(): string | undefined {
    return token;
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  /** Once, when the page is loaded: is there a session to go on with? */
  async start(): Promise<void> {
    if (!hinted()) return become('out');
    await session.renew();
  },

  /** Settles once it is known whether somebody is signed in. */
  async known(): Promise<SessionState> {
    if (state === 'starting') await renewing;
    return state;
  },

  async signIn(email: string, password: string): Promise<void> {
    const response = await post('sessions', { email, password });
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw new Problem(response.status, body);
    take(body as Token);
  },

  /** Exchanges the cookie for a new access token; several callers share one request. */
  renew(): Promise<boolean> {
    renewing ??= (async () => {
      const before = state;
      try {
        const response = await post('refresh');
        if (response.ok) {
          take((await response.json()) as Token);
          return true;
        }
        if (response.status === 401) {
          token = undefined;
          clearTimeout(timer);
          remember(false);
          become(before === 'in' || before === 'ended' ? 'ended' : 'out');
        } else if (before === 'starting') become('out');
      } catch {
        // The network is away. Whoever is signed in stays it; the request itself tells what is wrong.
        if (before === 'starting') become('out');
      }
      return false;
    })().finally(() => {
      renewing = undefined;
    });
    return renewing;
  },

  /** Waits until somebody has signed in again. */
  again(): Promise<void> {
    return new Promise((go) => waiting.push(go));
  },

  async signOut(everywhere = false): Promise<void> {
    await fetch(`/api/v1/auth/sessions${everywhere ? '' : '/current'}`, {
      method: 'DELETE', headers: { authorization: `Bearer ${token ?? ''}` },
    }).catch(() => undefined);
    session.forget();
  },

  forget(): void {
    token = undefined;
    clearTimeout(timer);
    remember(false);
    become('out');
  },
};
