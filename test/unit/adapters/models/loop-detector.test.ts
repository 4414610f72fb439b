import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createLoopDetector } from '#shared/adapters/models/internal/loop-detector.ts';

describe('a loop detector', () => {
  it('notices an answer that repeats a piece, however it is cut into parts', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 120 }),
        fc.integer({ min: 1, max: 300 }),
        (piece, partLength) => {
          const loops = createLoopDetector();
          const text = piece.repeat(Math.ceil(4_096 / piece.length));
          const parts = Array.from({ length: Math.ceil(text.length / partLength) }, (_, index) =>
            text.slice(index * partLength, (index + 1) * partLength),
          );

          expect(parts.some((part) => loops.add(part))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes a long table with counted rows for what it is', () => {
    const loops = createLoopDetector();
    const rows = Array.from({ length: 500 }, (_, row) => `{"id":"row-${row}","value":${row * 7}},`);

    expect(rows.some((row) => loops.add(row))).toBe(false);
  });
});
