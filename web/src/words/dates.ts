// Moments come as UTC and are shown in Shanghai's time, which has had no summer time since 1991: a fixed eight hours.
import type { Lang } from './say';

const SHANGHAI = 'Asia/Shanghai';
/** How far the demo's clock is ahead of this machine's, in milliseconds; zero on a real server. */
let ahead = 0;

export function setAhead(milliseconds: number): void {
  ahead = milliseconds;
}

export function now(): Date {
  return new Date(Date.now() + ahead);
}

/** Today in Shanghai, as `2026-11-23`. */
export function today(): string {
  return dayOf(now().toISOString());
}

function dayOf(stamp: string): string {
  return new Date(Date.parse(stamp) + 8 * 3600_000).toISOString().slice(0, 10);
}

export function moment(stamp: string, lang: Lang): string {
  return new Intl.DateTimeFormat(lang, {
    timeZone: SHANGHAI, year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  }).format(new Date(stamp));
}

/** A date without a time of day is a day in Shanghai already: it must not be moved by the browser's zone. */
export function day(date: string, lang: Lang): string {
  return new Intl.DateTimeFormat(lang, { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' })
    .format(new Date(`${date}T00:00:00Z`));
}

/** What a `datetime-local` input shows for a moment. */
export function momentInput(stamp: string): string {
  return new Date(Date.parse(stamp) + 8 * 3600_000).toISOString().slice(0, 16);
}

/** The moment meant by what was typed into it, in Shanghai. */
export function parseMoment(typed: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(typed)) return undefined;
  const at = new Date(`${typed}+08:00`);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

const DAY = 86_400_000;

/** Whole days from today until a date, negative when it is over; a moment counts with its day in Shanghai. */
export function daysUntil(dateOrStamp: string): number {
  const date = dateOrStamp.length > 10 ? dayOf(dateOrStamp) : dateOrStamp;
  return Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse(`${today()}T00:00:00Z`)) / DAY);
}

/** “今天截止”, “还有 3 天”, “已逾期 2 天”. */
export function until(dateOrStamp: string, lang: Lang): string {
  const days = daysUntil(dateOrStamp);
  const english = lang === 'en';
  if (days === 0) return english ? 'due today' : '今天截止';
  if (days > 0) return english ? `${days} ${days === 1 ? 'day' : 'days'} left` : `还有 ${days} 天`;
  return english ? `${-days} ${days === -1 ? 'day' : 'days'} overdue` : `已逾期 ${-days} 天`;
}

/** First and last day of the month before the one of a date. */
export function monthBefore(date: string): [string, string] {
  const first = new Date(`${date.slice(0, 7)}-01T00:00:00Z`);
  const last = new Date(first.getTime() - DAY);
  return [`${last.toISOString().slice(0, 7)}-01`, last.toISOString().slice(0, 10)];
}
