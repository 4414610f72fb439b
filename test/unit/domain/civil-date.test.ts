import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isoDateOf, unixDayOf } from '#shared/domain/civil-date.ts';

const dayInMs = 86_400_000;

describe('civil dates', () => {
  it('are those of the calendar of the runtime, over ten thousand years', () => {
    const first = Date.parse('0000-01-01') / dayInMs;
    const last = Date.parse('9999-12-31') / dayInMs;
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (day) => {
        const date = new Date(day * dayInMs).toISOString().slice(0, 10);
        expect(isoDateOf(day)).toBe(date);
        expect(unixDayOf(date)).toBe(day);
      }),
    );
  });

  it.each([
    ['1600-02-29', -135_081],
    ['1900-02-28', -25_509],
    ['1900-03-01', -25_508],
    ['1969-12-31', -1],
    ['2000-02-29', 11_016],
  ])('%s is day %d', (date, day) => {
    expect([isoDateOf(day), unixDayOf(date)]).toEqual([date, day]);
  });
});
