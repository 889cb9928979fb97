import { expect, test } from 'vitest';
import type { Schemas } from '../../api/client';
import { inTheWay, leafShown } from './shown';

const leaf = (code: string, relative_gap_ppm: number | null, blocking = true): Schemas['PathLeaf'] => ({ code, blocking, outcome: 'unmet', told: { zh: code, en: code }, relative_gap_ppm });

test('the nearest rule comes first, what cannot be measured last, and what is met is left out', () => {
  const found = inTheWay([leaf('title', null), leaf('revenue', 900_000), leaf('met', 0, false), leaf('rd', 20_000)]);
  expect(found.map((one) => one.code)).toEqual(['rd', 'revenue', 'title']);
});

test('a frozen rule is told in the language of the reader', () => {
  const frozen: Schemas['LeafResult'] = {
    code: 'rd', blocking: true, outcome: 'unmet', text: { zh: '研发占比', en: 'R&D ratio' },
    used: [{ name: { zh: '研发费用', en: 'R&D' }, pointer: '/years/2025/rd_expense', unit: 'fen', what: 'rd_expense', verified: true }],
  };
  expect(leafShown(frozen, 'en')).toMatchObject({ text: 'R&D ratio', basis: null, used: [{ name: 'R&D' }] });
});
