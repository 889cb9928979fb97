// Whether somebody is there. A session that nobody uses has to end (GB/T 22239-2019, 8.1.4.1), however long its tab stays open; so what
// the page does by itself counts only while a person touches it.
let last = Date.now();

for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart', 'focus']) {
  globalThis.addEventListener?.(kind, () => { last = Date.now(); }, { passive: true, capture: true });
}

/** Whether the page was touched at this moment or after it. */
export function touchedSince(moment: number): boolean {
  return last >= moment;
}

/** How often something is asked for by itself: not at all once nobody has touched the page for five minutes. */
export function whileTouched(every: number): number | false {
  return touchedSince(Date.now() - 300_000) ? every : false;
}
