import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { day, daysUntil, moment, momentInput, parseMoment, setAhead, today, until } from './dates';

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(new Date('2026-03-01T17:30:00Z'));
});
afterEach(() => {
  vi.useRealTimers();
  setAhead(0);
});

it('a business day is a day in Shanghai', () => {
  expect(today()).toBe('2026-03-02');
  expect(moment('2026-03-01T17:30:00Z', 'zh-CN')).toBe('2026年3月2日 01:30');
  expect(moment('2026-03-01T17:30:00Z', 'en')).toBe('Mar 2, 2026, 01:30');
  expect(day('2026-03-02', 'zh-CN')).toBe('2026年3月2日');
  expect(day('2026-03-02', 'en')).toBe('Mar 2, 2026');
});

it('what is typed as a moment is meant in Shanghai and comes back the same', () => {
  expect(parseMoment('2026-03-31T17:00')).toBe('2026-03-31T09:00:00.000Z');
  expect(momentInput('2026-03-31T09:00:00.000Z')).toBe('2026-03-31T17:00');
  for (const wrong of ['', '2026-03-31', '31.3.2026 17:00', '2026-13-01T00:00']) expect(parseMoment(wrong)).toBeUndefined();
});

it('due dates are counted in days of Shanghai, on the clock of the server', () => {
  expect(until('2026-03-02', 'zh-CN')).toBe('今天截止');
  expect(until('2026-03-05', 'zh-CN')).toBe('还有 3 天');
  expect(until('2026-03-01', 'en')).toBe('1 day overdue');
  expect(daysUntil('2026-03-02T15:59:59Z')).toBe(0);
  expect(daysUntil('2026-03-02T16:00:00Z')).toBe(1);
  setAhead(2 * 86_400_000);
  expect(until('2026-03-05', 'en')).toBe('1 day left');
});
