import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isoOfSerial, serialOfDate, serialOfDatetime } from '#shared/documents/serial-date.ts';

const days = fc.date({
  min: new Date('1900-03-01'),
  max: new Date('9999-12-31'),
  noInvalidDate: true,
});

describe('serials of the 1900 date system', () => {
  it.each([
    ['1900-01-01', 1],
    ['1900-02-28', 59],
    ['1900-03-01', 61],
    ['1970-01-01', 25_569],
    ['2000-02-29', 36_585],
    ['2024-12-31', 45_657],
    ['9999-12-31', 2_958_465],
  ])('%s is %d, as in Excel', (date, serial) => {
    expect(serialOfDate(date)).toBe(serial);
  });

  it('end before 1900', () => {
    expect([serialOfDate('1899-12-31'), serialOfDatetime('1899-12-31T23:59:59')]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('agree with the calendar of the runtime from March 1900 on', async () => {
    await fc.assert(
      fc.property(days, (day) => {
        const date = day.toISOString().slice(0, 10);
        expect(serialOfDate(date)).toBe(Date.parse(date) / 86_400_000 + 25_569);
      }),
    );
  });

  it('are shown as the date that they were written for, from 1900 on', async () => {
    const date = fc.date({
      min: new Date('1900-01-01'),
      max: new Date('9999-12-31'),
      noInvalidDate: true,
    });
    const parts = { hasDate: true, hasTime: false, hasFraction: false };
    await fc.assert(
      fc.property(date, (day) => {
        const text = day.toISOString().slice(0, 10);
        expect(isoOfSerial(serialOfDate(text) ?? -1, parts, 1900)).toBe(text);
      }),
    );
  });

  it('have the time as a fraction, seconds or not', () => {
    expect(serialOfDatetime('2024-12-31T12:00')).toBe(45_657.5);
    expect(serialOfDatetime('2024-12-31T23:59:59.5')).toBeCloseTo(45_657.999994, 6);
  });
});
