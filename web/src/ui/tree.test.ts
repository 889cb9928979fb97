import { expect, it } from 'vitest';
import { atLeast } from './tree';

it('of alternatives the nearest counts, of what is all needed everything', () => {
  const rule = (outcome: string) => ({ rule: 'gte', code: outcome, outcome, children: [] });
  const group = (kind: string, children: unknown[], outcome = 'unmet') => ({ rule: kind, outcome, children });
  const tree = group('all', [rule('met'), rule('unknown'), rule('manual_review'), group('any', [rule('unmet'), group('all', [rule('unmet'), rule('unknown')])]), group('any', [rule('unmet'), rule('met')], 'met')]);
  expect(atLeast(tree as never)).toBe(2);
  expect(atLeast({ ...group('all', [rule('unmet'), rule('unmet')]), waiver: rule('unmet') } as never)).toBe(1);
});
