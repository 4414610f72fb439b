import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareDocx, textsOf } from '../../../support/compare-docx.ts';
import { contractVersions, docxOf } from '../../../support/contract-versions.ts';
import { randomDocx } from '../../../support/random-docx.ts';

function expectBothReadings(base: Uint8Array, revised: Uint8Array): void {
  const { rejected, accepted, isLossy } = compareDocx(base, revised);

  expect(rejected).toEqual(textsOf(base));
  if (!isLossy) expect(accepted).toEqual(textsOf(revised));
}

describe('the redline of two versions', () => {
  it('reads as the base when rejected and as the revised contract when accepted', () => {
    fc.assert(
      fc.property(contractVersions, ({ base, revised }) => {
        const before = docxOf(base);
        const after = docxOf(revised, { header: 'Contract, second draft' });
        const { rejected, accepted, isLossy } = compareDocx(before, after);

        expect(isLossy).toBe(false);
        expect(rejected).toEqual(textsOf(before));
        expect(accepted).toEqual(textsOf(after));
      }),
      { numRuns: 40 },
    );
  });

  it('does so for any two documents, or says what it cannot show', () => {
    fc.assert(
      fc.property(randomDocx, randomDocx, (base, revised) => expectBothReadings(base, revised)),
      { numRuns: 25 },
    );
  });
});
