import { expect, test } from 'vitest';
import { judgements, statements } from './judgements';

test('only what was judged is sent, and a question that was taken back is not asked', () => {
  const typed = { verdicts: { revenue: 'verified', staff: 'questioned', tax_paid: 'verified', rd_expense: undefined }, questioned: { staff: '与社保人数不符', tax_paid: '请核对' } };
  expect(judgements(typed)).toEqual({ verified: ['revenue', 'tax_paid'], questioned: { staff: '与社保人数不符' } });
});

test('a value that was emptied is taken out of the report, a changed one is patched', () => {
  const whole = { staff: { reason: '统计口径' }, revenue: { value: 500 } };
  expect(statements({ staff: { value: null }, revenue: { value: 500 }, tax_paid: null }, whole)).toEqual({ staff: null, revenue: { value: 500 }, tax_paid: null });
});
