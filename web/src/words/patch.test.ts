import { expect, it } from 'vitest';
import { applyPatch, differences, getAt, mergePatch, same, setAt, type Json } from './patch';

it('a merge patch says only what changed, and null for what is gone', () => {
  const cases: Array<[Record<string, Json>, Record<string, Json>, Json | undefined]> = [
    [{ a: 1 }, { a: 1 }, undefined],
    [{ a: 1 }, { a: 2 }, { a: 2 }],
    [{ a: 1, b: 2 }, { b: 2 }, { a: null }],
    [{ a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, { a: { c: 3 } }],
    [{ a: { b: 1 } }, { a: {} }, { a: { b: null } }],
    [{ a: [1, 2] }, { a: [2] }, { a: [2] }],
    [{}, { a: {} }, { a: {} }],
    [{}, { a: { b: null } }, { a: { b: null } }],
  ];
  for (const [from, to, patch] of cases) expect(mergePatch(from, to)).toEqual(patch);
});

it('a patch leads where it was made to lead', () => {
  const documents: Json[] = [
    {}, { a: 1 }, { a: { b: [1, { c: 2 }], d: 'x' } }, { a: { b: [] }, e: false }, { years: { 2025: { revenue: 5 } } },
    { years: { 2025: { revenue: 5, staff: 0 }, 2024: {} }, titles: [] },
  ];
  for (const from of documents) {
    for (const to of documents) {
      const patch = mergePatch(from as Record<string, Json>, to as Record<string, Json>);
      expect(applyPatch(from, patch ?? {})).toEqual(to);
    }
  }
});

it('a value is read and replaced by its pointer without touching the document', () => {
  const form = { figures: { years: { 2025: { revenue: 1 } }, titles: [{ kind: 'a' }] } };
  expect(getAt(form, '/figures/titles/0/kind')).toBe('a');
  expect(getAt(form, '/figures/nothing/0')).toBeUndefined();
  const next = setAt(form, '/figures/years/2024/staff', 7);
  expect(getAt(next, '/figures/years/2024/staff')).toBe(7);
  expect(getAt(next, '/figures/years/2025/revenue')).toBe(1);
  expect(getAt(form, '/figures/years/2024')).toBeUndefined();
  expect(setAt(form, '/figures/titles/0/kind', 'b').figures.titles).toEqual([{ kind: 'b' }]);
  expect(setAt({ a: 1, b: 2 }, '/a', undefined)).toEqual({ b: 2 });
});

it('differences name both sides of every value', () => {
  expect(differences({ a: 1, b: { c: 'x', d: 1 } }, { a: 1, b: { c: 'y' }, e: [1] })).toEqual([
    { at: '/b/c', mine: 'x', theirs: 'y' }, { at: '/b/d', mine: 1, theirs: undefined }, { at: '/e', mine: undefined, theirs: [1] },
  ]);
  expect(same({ a: undefined }, {})).toBe(true);
});
