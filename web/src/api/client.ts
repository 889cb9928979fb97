import { QueryClient, queryOptions } from '@tanstack/react-query';
import createClient, { type MaybeOptionalInit, type ParseAsResponse } from 'openapi-fetch';
import type { MediaType, PathsWithMethod, ResponseObjectMap, SuccessResponse } from 'openapi-typescript-helpers';
import { lang } from '../words/say';
import { asProblem, Problem } from './problem';
import type { components, paths } from './schema';
import { session } from './session';

export type Schemas = components['schemas'];
export type Action = Schemas['ActionView'];

function signed(request: Request): Request {
  const token = session.token();
  request.headers.set('accept-language', lang());
  if (token) request.headers.set('authorization', `Bearer ${token}`);
  return request;
}

/** Sends a request as whoever is signed in. A session that has ended is renewed, by the person if need be, and the request repeated. */
export async function send(request: Request): Promise<Response> {
  await session.known();
  if (session.state === 'ended') await session.again();
  const copy = request.clone();
  const response = await fetch(signed(request)).catch((error: unknown) => {
    if (request.signal.aborted) throw error;
    throw new Problem(0, { code: 'unreachable' });
  });
  if (response.status !== 401 || session.state !== 'in') return response;
  if (!(await session.renew())) {
    if ((session.state as string) !== 'ended') return response;
    await session.again();
  }
  return fetch(signed(copy));
}

const client = createClient<paths>({ baseUrl: globalThis.location?.origin ?? '', fetch: send });

type GetPath = PathsWithMethod<paths, 'get'>;
type Init<P extends GetPath> = MaybeOptionalInit<paths[P], 'get'>;
export type Answer<P extends GetPath> = SuccessResponse<ResponseObjectMap<paths[P]['get']>, MediaType>;
type Raw = ParseAsResponse<unknown, object>;

/** The query behind a GET: `useSuspenseQuery(read('/api/v1/rounds/{id}', { params: { path: { id } } }))`. */
export function read<P extends GetPath>(path: P, init?: Init<P>) {
  return queryOptions({
    queryKey: [path, init ?? null] as const,
    queryFn: async ({ signal }): Promise<Answer<P>> => {
      const get = client.GET as (path: string, init: object) => Promise<{ data?: Raw; error?: unknown; response: Response }>;
      const { data, error, response } = await get(path, { ...(init ?? {}), signal });
      if (!response.ok) throw new Problem(response.status, error);
      return data as Answer<P>;
    },
  });
}

/** The version of the record that was shown: a stale one is refused, so nobody's work is overwritten unseen. */
export interface Sent {
  method: string;
  href: string;
  body?: unknown;
  version?: number;
  /** The same for every try of the same intention: a repeated submission is done once. */
  key?: string;
}

export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Everything that changes something. */
export async function write<T = unknown>({ method, href, body, version, key }: Sent): Promise<T> {
  const headers = new Headers();
  if (body !== undefined && !(body instanceof Blob)) headers.set('content-type', 'application/json');
  if (version !== undefined) headers.set('if-match', `"${version}"`);
  if (method === 'POST') headers.set('idempotency-key', key ?? newKey());
  const payload = body === undefined ? null : body instanceof Blob ? body : JSON.stringify(body);
  const response = await send(new Request(new URL(href, location.origin), { method, headers, body: payload }));
  const text = await response.text();
  let answer: unknown;
  try {
    answer = text === '' ? undefined : JSON.parse(text);
  } catch {
    answer = undefined;
  }
  if (!response.ok) throw new Problem(response.status, answer);
  return answer as T;
}

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => asProblem(error).passing && failures < 2,
      refetchOnWindowFocus: true,
    },
  },
});
