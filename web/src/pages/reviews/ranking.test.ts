import { expect, it } from 'vitest';
import { quotaLine } from './ranking';

const row = (application_id: string, total: number | undefined, passed = true, ok = true) => ({ application_id, ok, passed, ...(total === undefined ? {} : { total }) });

it('the quota goes to the best who passed; equals are not torn apart by it', () => {
  const rows = quotaLine([row('c', 7000), row('a', 9000), row('b', 8000), row('d', 8000), row('e', 9500, false), row('f', undefined, false, false)], 3);
  expect(rows.map((one) => [one.application_id, one.rank, one.within])).toEqual([
    ['e', 1, false], ['a', 2, true], ['b', 3, true], ['d', 3, true], ['c', 5, false], ['f', undefined, false],
  ]);
  expect(quotaLine(rows, 2).filter((one) => one.within).map((one) => one.application_id)).toEqual(['a']);
  expect(quotaLine(rows, undefined).filter((one) => one.within)).toHaveLength(4);
});
