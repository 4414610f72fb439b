import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chunkDocuments } from '#shared/documents/chunk.ts';
import { createUnitList } from '#shared/documents/unit-list.ts';
import type { Document, UnitKind } from '#shared/domain/document.ts';
import { documentIdOf } from '#shared/domain/ids.ts';
import { estimateTokens, maxTokens } from '#shared/domain/tokens.ts';

function documentOf(
  position: number,
  units: readonly { kind: UnitKind; text: string; level?: number }[],
): Document {
  const id = documentIdOf(position);
  const list = createUnitList(id);
  units.forEach((unit, index) => {
    list.add({ ...unit, place: { kind: 'text', line: index + 1 } });
  });
  const sha256 = '0'.repeat(64);
  return {
    id,
    name: 'a.txt',
    format: 'text',
    sha256,
    sizeInBytes: 0,
    units: [...list.units],
    warnings: [],
    changes: [],
    hidden: [],
    attachments: [],
  };
}

const prose = (words: number) =>
  `${'Seven words make a sentence of tests. '.repeat(words / 7)}`.trim();

describe('chunks', () => {
  it('are the characters of all units, each once and in order, and never too large (I6)', () => {
    const unit = fc.record({
      kind: fc.constantFrom<UnitKind>('heading', 'paragraph', 'list-item', 'table-row'),
      text: fc.oneof(
        fc.lorem({ maxCount: 60, mode: 'sentences' }),
        fc.string({ unit: 'grapheme', maxLength: 400 }),
      ),
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(unit, { maxLength: 12 }), { maxLength: 3 }),
        fc.integer({ min: 5, max: 300 }),
        (contents, maxTokensPerChunk) => {
          const documents = contents.map((units, index) => documentOf(index + 1, units));
          const chunks = chunkDocuments(documents, { maxTokens: maxTokensPerChunk });

          const texts = new Map(
            documents.flatMap((each) => each.units).map((each) => [each.id, each.text]),
          );
          const covered = chunks
            .flatMap((chunk) => chunk.pieces)
            .map((piece) => [piece.unitId, texts.get(piece.unitId)?.slice(piece.from, piece.to)]);
          const expected = [...texts].map(([, text]) => text).join('');
          expect(covered.map(([, text]) => text).join('')).toBe(expected);
          expect(new Set(covered.map(([unitId]) => unitId))).toEqual(new Set(texts.keys()));
          expect(chunks.map((chunk) => chunk.index)).toEqual(chunks.map((_, index) => index));
          for (const chunk of chunks) {
            expect(
              chunk.pieces.every((piece) => piece.unitId.startsWith(`${chunk.documentId}.`)),
            ).toBe(true);
            if (chunk.pieces.length > 1)
              expect(chunk.estimatedTokens).toBeLessThanOrEqual(maxTokensPerChunk);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keep a section whole while it fits, and its heading with it', () => {
    const document = documentOf(1, [
      { kind: 'heading', text: 'One' },
      { kind: 'paragraph', text: prose(70) },
      { kind: 'heading', text: 'Two' },
      { kind: 'paragraph', text: prose(70) },
      { kind: 'paragraph', text: prose(70) },
    ]);

    const chunks = chunkDocuments([document], { maxTokens: 200 });

    expect(chunks.map((chunk) => chunk.pieces.map((piece) => piece.unitId))).toEqual([
      ['d1.u1', 'd1.u2'],
      ['d1.u3', 'd1.u4', 'd1.u5'],
    ]);
  });

  it('let small sections share a chunk, but never two documents', () => {
    const small = [
      { kind: 'heading' as const, text: 'One' },
      { kind: 'paragraph' as const, text: 'Short.' },
      { kind: 'heading' as const, text: 'Two' },
      { kind: 'paragraph' as const, text: 'Short.' },
    ];

    const chunks = chunkDocuments([documentOf(1, small), documentOf(2, small)], { maxTokens: 500 });

    expect(chunks.map((chunk) => [chunk.documentId, chunk.pieces.length])).toEqual([
      ['d1', 4],
      ['d2', 4],
    ]);
  });

  it('cut a unit that is too long between sentences', () => {
    const text = prose(700);
    const chunks = chunkDocuments([documentOf(1, [{ kind: 'paragraph', text }])], {
      maxTokens: 100,
    });

    expect(chunks.length).toBeGreaterThan(5);
    for (const { pieces } of chunks) {
      expect(text.slice(pieces[0]?.from, pieces[0]?.to).trim()).toMatch(/^Seven .*tests\.$/);
    }
  });
});

describe('token counts', () => {
  it('are near the measured ones for English', () => {
    const text =
      'The quarterly report shows that the number of shipments has increased by a third. '.repeat(
        20,
      );

    expect(estimateTokens(text) / (text.length / 4.6)).toBeGreaterThan(0.8);
    expect(estimateTokens(text) / (text.length / 4.6)).toBeLessThan(1.4);
  });

  it('are bounded from above by more than the estimate, most for scripts that are counted badly', () => {
    const margin = (text: string) => maxTokens(text) / estimateTokens(text);
    const arabic = 'تقرير الشركة السنوي عن الإيرادات والمصروفات'.repeat(20);

    expect(margin(arabic)).toBeGreaterThan(margin('plain english text '.repeat(40)));
    expect(margin('plain english text '.repeat(40))).toBeGreaterThanOrEqual(1.3);
  });

  it('grow with the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        expect(estimateTokens(left + right)).toBeGreaterThanOrEqual(estimateTokens(left));
      }),
    );
  });
});
