// Everything a person reads is written in both languages, side by side, where it is used.
import { useSyncExternalStore } from 'react';

export type Lang = 'zh-CN' | 'en';
/** The same words in Chinese and in English. */
export type Say = readonly [zh: string, en: string];

const KEY = 'laoshan.lang';
const listeners = new Set<() => void>();

function stored(): Lang {
  try {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'zh-CN';
  } catch {
    return 'zh-CN';
  }
}

let current: Lang = typeof localStorage === 'undefined' ? 'zh-CN' : stored();

export function lang(): Lang {
  return current;
}

export function setLang(next: Lang): void {
  current = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  document.documentElement.lang = next;
  for (const tell of listeners) tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLang(): Lang {
  return useSyncExternalStore(subscribe, lang, lang);
}

export type Speak = (zh: string, en: string) => string;

/** Picks the reader's words: `say('保存', 'Save')`. The component is drawn again when the language changes. */
export function useSay(): Speak {
  return useLang() === 'en' ? english : chinese;
}

const chinese: Speak = (zh) => zh;
const english: Speak = (_, en) => en;

/** Outside components, for what is said at once (a document title, a file name). */
export function sayNow(zh: string, en: string): string {
  return current === 'en' ? en : zh;
}

/** Picks from a pair, or from the `{zh, en}` the server answers. */
export function told(words: Say | { zh: string; en: string }, to: Lang = current): string {
  if ('zh' in words) return to === 'en' ? words.en : words.zh;
  return to === 'en' ? words[1] : words[0];
}

/** The server's English begins small, because it may stand within a sentence. */
export function sentence(words: string): string {
  return words.replace(/^[a-z]/, (first) => first.toUpperCase());
}
