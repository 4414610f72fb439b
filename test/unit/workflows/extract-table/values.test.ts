import { describe, expect, it } from '@jest/globals';
import {
  coerceValue,
  type Reading,
  typeOfColumn,
} from '#shared/workflows/extract-table/coerce-column.ts';
import { readBoolean } from '#shared/workflows/extract-table/values/read-boolean.ts';
import { readDate } from '#shared/workflows/extract-table/values/read-date.ts';
import { decimalSignOf, readNumber } from '#shared/workflows/extract-table/values/read-number.ts';

const german: Reading = {
  decimal: ',',
  isDecimalKnown: false,
  order: 'day-first',
  isOrderKnown: false,
  language: 'de',
};

describe('readNumber', () => {
  it.each([
    ['1,240.50', 1240.5],
    ['1.240,50', 1240.5],
    ['1 240,50', 1240.5],
    ["1'240.50", 1240.5],
    ['EUR 12.5', 12.5],
    ['-3', -3],
    ['−3', -3],
    ['(12.00)', -12],
    ['12.00-', -12],
    ['€ -4,20', -4.2],
    ['12.3 %', 0.123],
    ['1,234,567', 1_234_567],
    ['12,34,567', 1_234_567],
    ['0.125', 0.125],
  ])('reads %s as %d', (text, value) => {
    expect(readNumber(text, undefined)?.value).toBe(value);
  });

  it.each(['12 kg', 'A-12', '1.2.3', '12,3,4', '', '(12', 'twelve', '2026-03-01'])(
    'reads no number in %p',
    (text) => {
      expect(readNumber(text, undefined)).toBeUndefined();
    },
  );

  it('reads one group of three by the decimal sign of the column, and says that it could be read otherwise', () => {
    expect(readNumber('1.250', ',')).toMatchObject({ value: 1250, isAmbiguous: true });
    expect(readNumber('1.250', '.')).toMatchObject({ value: 1.25, isAmbiguous: true });
    expect(decimalSignOf('1.250')).toBeUndefined();
    expect(decimalSignOf('1.250,00')).toBe(',');
  });
});

describe('readDate', () => {
  it.each([
    ['2026-03-01', '2026-03-01'],
    ['01.03.2026', '2026-03-01'],
    ['25/12/2026', '2026-12-25'],
    ['12/25/2026', '2026-12-25'],
    ['1 March 2026', '2026-03-01'],
    ['March 1, 2026', '2026-03-01'],
    ['1. März 2026', '2026-03-01'],
    ['1er août 2026', '2026-08-01'],
    ['3 de mayo de 2026', '2026-05-03'],
  ])('reads %s as %s', (text, date) => {
    expect(readDate(text, undefined)?.date).toBe(date);
  });

  it.each(['31.02.2026', '2026-13-01', '12', 'soon', '1/2', 'March'])(
    'reads no date in %p',
    (text) => {
      expect(readDate(text, undefined)).toBeUndefined();
    },
  );

  it('says that day and month could change places', () => {
    expect(readDate('03/04/2026', 'day-first')).toMatchObject({
      date: '2026-04-03',
      isAmbiguous: true,
    });
    expect(readDate('03/03/2026', 'day-first')?.isAmbiguous).toBe(false);
  });
});

describe('columns', () => {
  const typeOf = (texts: readonly string[]) =>
    typeOfColumn(
      texts.map((text) => ({ text })),
      german,
    );

  it('have the narrowest type of nearly all of their values', () => {
    expect(typeOf(['1', '2', '30'])).toBe('integer');
    expect(typeOf(['1', '2,5'])).toBe('decimal');
    expect(typeOf(['€ 1', '€ 2,50'])).toBe('currency');
    expect(typeOf(['1 %', '2 %'])).toBe('percent');
    expect(typeOf(['01.02.2026', '-'])).toBe('date');
    expect(typeOf(['ja', 'nein'])).toBe('boolean');
    expect(typeOf(['1', 'two', '3'])).toBe('text');
    expect(typeOf([])).toBe('text');
  });

  it('keep codes with leading zeros as texts', () => {
    expect(typeOf(['007', '123'])).toBe('text');
  });

  it('name what could be read otherwise and what could not be read', () => {
    expect(coerceValue({ text: '1.250' }, 'decimal', german)).toMatchObject({
      value: { value: 1250 },
      doubt: expect.stringContaining('decimal sign'),
    });
    expect(coerceValue({ text: 'about ten' }, 'integer', german)).toMatchObject({
      value: { kind: 'text' },
      isNotRead: true,
    });
    expect(coerceValue({ text: '5' }, 'percent', german)).toMatchObject({ value: { value: 0.05 } });
    expect(coerceValue({ text: '1.250', number: 1.25 }, 'decimal', german)).toEqual({
      value: { kind: 'number', value: 1.25 },
    });
  });

  it('know yes and no in several languages', () => {
    expect(['Ja', 'no', 'sí', '✓', 'maybe'].map(readBoolean)).toEqual([
      true,
      false,
      true,
      true,
      undefined,
    ]);
  });
});
