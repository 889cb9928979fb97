import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { eventName } from './trail';

/** What only reads, or is answered at once, leaves no event. */
const SILENT = /\.(list|view|search|export|preview|standings|replay|check|members|missing|try)$/;

it('whatever the policy lets somebody do has a name in the trail, in both languages', () => {
  const policy = readFileSync(new URL('../../../../docs/roles.md', import.meta.url), 'utf8');
  const actions = [...policy.matchAll(/^\| `([a-z_]+\.[a-z_]+)` \|/gm)].map((match) => match[1] ?? '').filter((action) => !SILENT.test(action));
  expect(actions.length).toBeGreaterThan(200);
  for (const lang of ['zh-CN', 'en'] as const) expect(actions.filter((action) => eventName(action, lang) === action)).toEqual([]);
});
