import { describe, expect, it } from 'vitest';
import { fractionOfFen, money, moneyInput, parseMoney, parsePercent, percent, yuanInFull, yuanOfFraction } from './money';

describe('amounts', () => {
  it('are read digit by digit into fen, whatever a binary fraction would make of them', () => {
    for (const [text, unit, fen] of [
      ['0.07', 'yuan', 7],
      ['1.15', 'yuan', 115],
      ['4.35', 'yuan', 435],
      ['16777216.01', 'yuan', 1677721601],
      ['90071992547409.91', 'yuan', 9007199254740991],
      ['0.000001', 'wan', 1],
      ['500', 'wan', 500000000],
      ['1,234.56', 'yuan', 123456],
      ['１２３．４', 'yuan', 12340],
      ['-12.3', 'yuan', -1230],
      ['.5', 'yuan', 50],
      ['5.', 'yuan', 500],
      ['1.1000', 'yuan', 110],
      ['¥ 1 000', 'yuan', 100000],
    ] as const) {
      expect(parseMoney(text, unit), text).toBe(fen);
    }
  });

  it('that are none, or too fine, or too large to be carried exactly are refused', () => {
    for (const text of ['', '.', '-', '1.2.3', 'abc', '1e5', '0x10', '1.001', '90071992547409.92', '五百']) {
      expect(parseMoney(text, 'yuan'), text).toBeUndefined();
    }
    expect(parseMoney('0.0000001', 'wan')).toBeUndefined();
  });

  it('come back from the screen as they went there', () => {
    let seed = 1;
    for (let i = 0; i < 2000; i += 1) {
      seed = (seed * 48271) % 2147483647;
      const fen = (i % 2 ? -1 : 1) * seed * (1 + (i % 4000));
      for (const unit of ['yuan', 'wan'] as const) expect(parseMoney(moneyInput(fen, unit), unit)).toBe(fen);
      expect(parseMoney(yuanInFull(fen), 'yuan')).toBe(fen);
    }
  });

  it('are shown with their unit', () => {
    expect(money(500000000, false)).toBe('500 万元');
    expect(money(123456789012, false)).toBe('1,234,567,890.12 元');
    expect(money(1234560000, false)).toBe('1,234.56 万元');
    expect(money(0, true)).toBe('0 yuan');
    expect(money(0, false)).toBe('0 元');
    expect(money(-500000000, true)).toBe('-5,000,000.00 yuan');
    expect(yuanInFull(-5)).toBe('-0.05');
  });
});

describe('rates', () => {
  it('are typed as percentages and kept as parts per million', () => {
    for (const [text, ppm] of [['3.45', 34500], ['6%', 60000], ['0.0001', 1], ['100', 1000000], ['-2.5％', -25000]] as const) {
      expect(parsePercent(text), text).toBe(ppm);
    }
    for (const text of ['', '3.00001', 'x', '1,5x']) expect(parsePercent(text), text).toBeUndefined();
    expect(percent(34500)).toBe('3.45 %');
    expect(percent(59999)).toBe('5.9999 %');
  });
});

describe('exact amounts of a calculation sheet', () => {
  it('are told as yuan, and what four decimals cannot tell is marked', () => {
    for (const [fen, yuan] of [['3622500000000000/360000000', '100,625.0000'], ['1627500000000000000000/360000000000000', '45,208.3333…'], ['7', '0.0700'], ['0', '0.0000'], ['-1/3', '-0.0033…'], ['123456789', '1,234,567.8900']] as const) {
      expect(yuanOfFraction(fen), fen).toBe(yuan);
    }
  });

  it('stand beside it in lowest terms where they do not end', () => {
    for (const [fen, exact] of [['1627500000000000000000/360000000000000', '13562500/3'], ['-2/6', '-1/3'], ['3622500000000000/360000000', undefined], ['7', undefined]] as const) expect(fractionOfFen(fen), fen).toBe(exact);
  });
});
