// Files go up with their progress shown, which `fetch` cannot tell, and come down with the session's token.
import { lang } from '../words/say';
import { newKey, send } from './client';
import { asProblem, Problem } from './problem';
import { session } from './session';

/** Sends a file as the body of a POST. A session that has ended is renewed, by the person if need be, and the file sent again. */
export async function upload<T>(href: string, file: Blob, onProgress: (percent: number) => void, signal: AbortSignal): Promise<T> {
  await session.known();
  if (session.state === 'ended') await session.again();
  const key = newKey();
  let answer = await once(href, file, key, onProgress, signal);
  if (answer.status === 401 && session.state === 'in') {
    if (!(await session.renew()) && (session.state as string) === 'ended') await session.again();
    answer = await once(href, file, key, onProgress, signal);
  }
  if (answer.status < 200 || answer.status >= 300) throw new Problem(answer.status, answer.body);
  return answer.body as T;
}

function once(href: string, file: Blob, key: string, onProgress: (percent: number) => void, signal: AbortSignal): Promise<{ status: number; body: unknown }> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open('POST', href);
    request.setRequestHeader('accept-language', lang());
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('idempotency-key', key);
    const token = session.token();
    if (token) request.setRequestHeader('authorization', `Bearer ${token}`);
    request.upload.onprogress = (event) => { if (event.lengthComputable) onProgress(Math.floor((event.loaded * 100) / event.total)); };
    request.onload = () => done({ status: request.status, body: read(request.responseText) });
    request.onerror = () => failed(new Problem(0, { code: 'unreachable' }));
    request.onabort = () => failed(new Problem(0, { code: 'cancelled' }));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Saves what the address answers under this name. */
export async function download(href: string, name: string): Promise<void> {
  const response = await send(new Request(new URL(href, location.origin)));
  if (!response.ok) throw new Problem(response.status, await response.json().catch((error: unknown) => asProblem(error)));
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
