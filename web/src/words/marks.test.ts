import { expect, it } from 'vitest';
import { marks, marksInput, parseMarks } from './marks';

it('marks are typed as decimals and kept as hundredths', () => {
  for (const [text, value] of [['28.5', 2850], ['28.50', 2850], ['0', 0], ['100', 10000], ['7.05', 705], ['２８．５', 2850]] as const) expect(parseMarks(text), text).toBe(value);
  for (const text of ['', '28.555', '-1', 'x', '1,5', '.5']) expect(parseMarks(text), text).toBeUndefined();
  for (let value = 0; value <= 10000; value += 7) {
    expect(parseMarks(marksInput(value))).toBe(value);
    expect(parseMarks(marks(value))).toBe(value);
  }
});
