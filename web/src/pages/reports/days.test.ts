import { expect, it } from 'vitest';
import { days } from './days';

it('days are told to the tenth, half up', () => {
  for (const [seconds, told] of [[0, '0.0'], [86_400, '1.0'], [4_319, '0.0'], [4_320, '0.1'], [1_080_000, '12.5']] as const) expect(days(seconds)).toBe(told);
});
