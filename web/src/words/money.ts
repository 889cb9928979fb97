// Money is an integer of fen everywhere but on the screen. No floating point: decimal text goes to fen digit by digit.

export type MoneyUnit = 'yuan' | 'wan';

const FEN_PER: Record<MoneyUnit, bigint> = { yuan: 100n, wan: 1_000_000n };
const DECIMALS: Record<MoneyUnit, number> = { yuan: 2, wan: 6 };

/** Full-width digits and signs, as a Chinese input method types them, and separators that people paste. */
function plain(text: string): string {
  return text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[．。]/g, '.')
    .replace(/[－−]/g, '-')
    .replace(/[\s,，、¥￥]/g, '');
}

/** Fen, or nothing when the text is no amount of at most two decimals of a yuan. */
export function parseMoney(text: string, unit: MoneyUnit): number | undefined {
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(plain(text));
  if (!match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > DECIMALS[unit]) return undefined;
  const fen = BigInt(whole || '0') * FEN_PER[unit] + BigInt(kept.padEnd(DECIMALS[unit], '0') || '0');
  const value = Number(sign === '-' ? -fen : fen);
  // JSON carries integers exactly up to here: ninety trillion yuan.
  return Number.isSafeInteger(value) ? value : undefined;
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** Plain digits in the unit, without separators: what stands in an input. */
export function moneyInput(fen: number, unit: MoneyUnit): string {
  const negative = fen < 0;
  const digits = String(Math.abs(fen)).padStart(DECIMALS[unit] + 1, '0');
  const whole = digits.slice(0, -DECIMALS[unit]);
  const fraction = digits.slice(-DECIMALS[unit]).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

/** The amount in full, to the fen: `5,000,000.00`. */
export function yuanInFull(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${grouped(digits.slice(0, -2))}.${digits.slice(-2)}`;
}

const WAN = ['万元', '10k yuan'] as const;

/** For tables: 万元 when it can be told in them without losing a fen, otherwise, and in English, yuan to the fen. The unit is always printed. */
export function money(fen: number, english: boolean): string {
  if (fen === 0) return english ? '0 yuan' : '0 元';
  if (!english && Math.abs(fen) >= 1_000_000 && fen % 10_000 === 0) {
    const [whole = '', fraction] = moneyInput(fen, 'wan').split('.');
    return `${grouped(whole)}${fraction ? `.${fraction}` : ''} ${WAN[0]}`;
  }
  return `${yuanInFull(fen)} ${english ? 'yuan' : '元'}`;
}

/** Parts per million from a percentage as typed, at most four decimals. */
export function parsePercent(text: string): number | undefined {
  const match = /^(-?)(\d*)(?:\.(\d*))?%?$/.exec(plain(text).replace('％', '%'));
  if (!match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > 4) return undefined;
  const ppm = Number(BigInt(whole || '0') * 10_000n + BigInt(kept.padEnd(4, '0') || '0'));
  return Number.isSafeInteger(ppm) ? (sign === '-' ? -ppm : ppm) : undefined;
}

export function percentInput(ppm: number): string {
  const digits = String(Math.abs(ppm)).padStart(5, '0');
  const fraction = digits.slice(-4).replace(/0+$/, '');
  return `${ppm < 0 ? '-' : ''}${digits.slice(0, -4)}${fraction ? `.${fraction}` : ''}`;
}

/** Two decimals of a percent tell a share well enough. */
export function roundedShare(ppm: number, round: (value: number) => number = Math.round): number {
  return round(ppm / 100) * 100;
}

export function percent(ppm: number): string {
  return `${percentInput(ppm)} %`;
}

/** An exact amount of fen in lowest terms, `13562500/3`; nothing where four decimals of a yuan tell it all. */
export function fractionOfFen(fen: string): string | undefined {
  const [over = 0n, under = 1n] = fen.split('/').map(BigInt);
  if ((over * 100n) % under === 0n) return undefined;
  let [a, b] = [over < 0n ? -over : over, under];
  while (b !== 0n) [a, b] = [b, a % b];
  return `${over / a}/${under / a}`;
}

/** An exact amount of fen, `a/b` or whole, as yuan with four decimals; what follows them is cut off and marked. */
export function yuanOfFraction(fen: string): string {
  const [over = '0', under = '1'] = fen.split('/');
  const scaled = BigInt(over) * 100n;
  const parts = scaled / BigInt(under);
  const digits = String(parts < 0n ? -parts : parts).padStart(5, '0');
  return `${parts < 0n ? '-' : ''}${grouped(digits.slice(0, -4))}.${digits.slice(-4)}${scaled % BigInt(under) === 0n ? '' : '…'}`;
}
