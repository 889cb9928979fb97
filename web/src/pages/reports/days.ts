/** Seconds as days with one decimal, without a float: `12.5`. */
export function days(seconds: number): string {
  const tenths = (BigInt(seconds) * 10n + 43_200n) / 86_400n;
  return `${tenths / 10n}.${tenths % 10n}`;
}
