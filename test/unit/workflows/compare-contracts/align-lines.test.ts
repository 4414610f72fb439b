import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { alignLines } from '#shared/workflows/compare-contracts/align-lines.ts';
import type { Line } from '#shared/workflows/compare-contracts/lines.ts';

const lineOf = (text: string): Line => ({
  ...{ kind: 'paragraph', key: text, text, isEmpty: text === '', unitIds: [] },
  ...{ clause: '', position: '', isHeading: false, style: '' },
  passages: [{ text, boxes: [], hasNestedBoxes: false }],
});
const align = (base: readonly string[], revised: readonly string[]) =>
  alignLines(base.map(lineOf), revised.map(lineOf), { canMove: () => true });

const payment = 'Invoices are due thirty days after receipt of a proper invoice.';
const liability = 'The liability of the supplier is limited to the fees of a year.';
const notices = 'Notices are sent by registered letter to the address above only.';

describe('alignLines', () => {
  it('keeps together what is equal and what is changed where it stood', () => {
    const changed = payment.replace('thirty', 'sixty');

    expect(align([payment, liability], [changed, 'Something new.', liability])).toEqual([
      { base: 0, revised: 0, isMoved: false },
      { base: 1, revised: 2, isMoved: false },
    ]);
  });

  it('takes a clause for moved, also where it was edited on the way', () => {
    const edited = payment.replace('thirty', 'sixty');

    for (const arrived of [payment, edited]) {
      const pairs = align([payment, liability, notices], [liability, notices, arrived]);
      expect(pairs).toContainEqual({ base: 0, revised: 2, isMoved: true });
      expect(pairs.filter(({ isMoved }) => !isMoved)).toHaveLength(2);
    }
  });

  it('takes the heading of a moved clause along, however short it is', () => {
    const pairs = align(
      ['Fees', payment, liability, notices],
      [liability, notices, 'Fees', payment],
    );

    expect(pairs.filter(({ isMoved }) => isMoved).map(({ base }) => base)).toEqual([0, 1]);
  });

  it('does not take two short lines that are alike by chance for a move', () => {
    expect(align(['Yes', liability, notices], [liability, notices, 'Yes'])).toHaveLength(2);
  });

  it('gives each line to one pair at most, in order but for the moves, and equal versions to themselves', () => {
    const text = fc.constantFrom(payment, liability, notices, 'Fees', '', `${payment} Or later.`);
    const version = fc.array(text, { maxLength: 12 });
    fc.assert(
      fc.property(version, version, (base, revised) => {
        const pairs = align(base, revised);
        const fixed = pairs.filter(({ isMoved }) => !isMoved);

        expect(new Set(pairs.map((pair) => pair.base)).size).toBe(pairs.length);
        expect(new Set(pairs.map((pair) => pair.revised)).size).toBe(pairs.length);
        expect(fixed.map((pair) => pair.base)).toEqual(
          fixed.map((pair) => pair.base).toSorted((left, right) => left - right),
        );
        expect(align(base, base).every((pair) => pair.base === pair.revised)).toBe(true);
        expect(align(base, base)).toHaveLength(base.filter((each) => each !== '').length);
      }),
    );
  });
});
