// JSON merge patch (RFC 7396): what has to be sent so that one document becomes the other.

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };
type Members = { [key: string]: Json | undefined };

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => same(a[key], b[key]));
}

/** The patch that leads from `from` to `to`; nothing when they are the same. */
export function mergePatch(from: Members, to: Members): Members | undefined {
  const patch: Members = {};
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [old, wanted] = [from[key], to[key]];
    if (same(old, wanted)) continue;
    if (wanted === undefined || wanted === null) patch[key] = null;
    else if (isObject(wanted)) {
      const inner = isObject(old) ? mergePatch(old, wanted) : mergePatch({}, wanted) ?? {};
      if (inner !== undefined) patch[key] = inner;
    } else patch[key] = wanted;
  }
  return Object.keys(patch).length === 0 ? undefined : patch;
}

export function applyPatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged: Members = { ...(isObject(target) ? target : {}) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else if (value !== undefined) merged[key] = applyPatch(merged[key], value);
  }
  return merged;
}

/** The values in which two documents differ, as pointers with both sides. */
export function differences(mine: unknown, theirs: unknown, at = ''): Array<{ at: string; mine: unknown; theirs: unknown }> {
  if (same(mine, theirs)) return [];
  if (isObject(mine) && isObject(theirs)) {
    const keys = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].sort();
    return keys.flatMap((key) => differences(mine[key], theirs[key], `${at}/${key}`));
  }
  return [{ at, mine, theirs }];
}

export function getAt(document: unknown, pointer: string): unknown {
  return steps(pointer).reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)];
    return isObject(value) ? value[key] : undefined;
  }, document);
}

/** A copy with another value at the pointer; objects on the way are made, `undefined` takes the member away. */
export function setAt<T>(document: T, pointer: string, value: unknown): T {
  const [key, ...rest] = steps(pointer);
  if (key === undefined) return value as T;
  const inner = rest.length === 0 ? value : setAt(step(document, key), `/${rest.map(escape).join('/')}`, value);
  if (Array.isArray(document)) {
    const copy = [...(document as unknown[])];
    copy[Number(key)] = inner;
    return copy as T;
  }
  const copy: Record<string, unknown> = { ...(isObject(document) ? document : {}) };
  if (inner === undefined) delete copy[key];
  else copy[key] = inner;
  return copy as T;
}

function step(document: unknown, key: string): unknown {
  if (Array.isArray(document)) return (document as unknown[])[Number(key)];
  return isObject(document) ? document[key] : undefined;
}

function steps(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer.split('/').slice(1).map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}

function escape(key: string): string {
  return key.replace(/~/g, '~0').replace(/\//g, '~1');
}
