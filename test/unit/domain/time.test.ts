import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayOf, isoOf } from '#shared/domain/time.ts';

describe('instants', () => {
  it('are written as the platform writes them, over ten thousand years', () => {
    const instant = fc.integer({ min: Date.UTC(1, 0, 1), max: Date.UTC(9999, 11, 31) });
    fc.assert(
      fc.property(instant, (instantInMs) => {
        expect(isoOf(instantInMs)).toBe(new Date(instantInMs).toISOString());
        expect(dayOf(instantInMs)).toBe(new Date(instantInMs).toISOString().slice(0, 10));
      }),
    );
  });
});
