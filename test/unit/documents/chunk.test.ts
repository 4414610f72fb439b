import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chunkDocuments } from '#shared/documents/chunk.ts';
import { createUnitList, type NewUnit, type Place } from '#shared/documents/unit-list.ts';
import type { Chunk, ChunkPiece } from '#shared/domain/chunk.ts';
import type { Document, Unit, UnitKind } from '#shared/domain/document.ts';
import { documentIdOf } from '#shared/domain/ids.ts';
import { weighText, weightOfTokens } from '#shared/domain/tokens.ts';

function documentOf(
  position: number,
  units: readonly Omit<NewUnit, 'place'>[],
  placeOf: (index: number) => Place = (index) => ({ kind: 'text', line: index + 1 }),
): Document {
  const id = documentIdOf(position);
  const list = createUnitList(id);
  units.forEach((unit, index) => {
    list.add({ ...unit, place: placeOf(index) });
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

function endOfSection(units: readonly Unit[], start: number): number {
  const level = units[start]?.level ?? 1;
  const end = units.findIndex(
    (unit, index) => index > start && unit.kind === 'heading' && (unit.level ?? 1) <= level,
  );
  return end < 0 ? units.length : end;
}

function isHeadingOf({ units }: Document, position: number): boolean {
  return units[position - 1]?.kind === 'heading';
}

const prose = (words: number) =>
  `${'Seven words make a sentence of tests. '.repeat(words / 7)}`.trim();

const row = (table: number, index: number, text: string): Omit<NewUnit, 'place'> => ({
  kind: 'table-row',
  text,
  table: { table, row: index + 1, isHeader: index === 0, cells: [text] },
});
const cue = (author: string, text: string): Omit<NewUnit, 'place'> => ({
  kind: 'cue',
  author,
  text,
});
const idsOf = (chunks: readonly Chunk[]) =>
  chunks.map(({ pieces }) => [
    ...new Set(pieces.map(({ unitId }) => Number(unitId.split('.u')[1]))),
  ]);
const contextOf = (chunks: readonly Chunk[]) =>
  chunks.map(({ context }) => context.map(({ unitId, role }) => `${role} ${unitId}`));

const anyText = fc.oneof(
  fc.lorem({ maxCount: 60, mode: 'sentences' }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
);
const anyUnits = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom<UnitKind>('heading', 'paragraph', 'list-item', 'footnote', 'comment'),
      text: anyText,
      level: fc.integer({ min: 1, max: 4 }),
    }),
    fc.record({
      kind: fc.constant<UnitKind>('cue'),
      text: anyText,
      author: fc.constantFrom('A', 'B'),
    }),
    fc.tuple(fc.integer({ min: 1, max: 2 }), fc.nat(2), anyText).map((each) => row(...each)),
  ),
  { maxLength: 14 },
);
const anyPlace = fc.constantFrom<(index: number) => Place>(
  (index) => ({ kind: 'text', line: index + 1 }),
  (index) => ({ kind: 'slide', slide: Math.floor(index / 4) + 1, part: 'slide', paragraph: 1 }),
);
const anyNeighbours = fc.option(fc.record({ units: fc.nat(3), maxTokens: fc.nat(60) }), {
  nil: undefined,
});

describe('chunks', () => {
  it('are the characters of all units, each once and in order, within the limit with their context (I6)', () => {
    const property = fc.property(
      fc.array(fc.tuple(anyUnits, anyPlace), { maxLength: 3 }),
      fc.integer({ min: 5, max: 300 }),
      anyNeighbours,
      (contents, maxTokensPerChunk, neighbours) => {
        const documents = contents.map(([units, place], index) =>
          documentOf(index + 1, units, place),
        );
        const options = {
          maxTokens: maxTokensPerChunk,
          ...(neighbours === undefined ? {} : { neighbours }),
        };
        const chunks = chunkDocuments(documents, options);

        const units = new Map(
          documents.flatMap((each) => each.units).map((each) => [each.id, each]),
        );
        const textOf = ({ unitId, from, to }: ChunkPiece) =>
          units.get(unitId)?.text.slice(from, to) ?? '';
        const covered = chunks.flatMap((chunk) => chunk.pieces);
        expect(covered.map(textOf).join('')).toBe(
          [...units.values()].map(({ text }) => text).join(''),
        );
        expect(new Set(covered.map(({ unitId }) => unitId))).toEqual(new Set(units.keys()));
        expect(chunks.map((chunk) => chunk.index)).toEqual(chunks.map((_, index) => index));
        expect(chunkDocuments(documents, options)).toEqual(chunks);
        for (const chunk of chunks) {
          const all = [...chunk.pieces, ...chunk.context];
          expect(all.every(({ unitId }) => unitId.startsWith(`${chunk.documentId}.`))).toBe(true);
          const context = chunk.context.map(({ unitId }) => units.get(unitId)?.text ?? '');
          const weight = [...chunk.pieces.map(textOf), ...context].reduce(
            (sum, text) => sum + weighText(text),
            0,
          );
          expect(weight).toBeLessThanOrEqual(weightOfTokens(maxTokensPerChunk));
          expect(chunk.estimatedTokens).toBe(Math.ceil(weight / weightOfTokens(1)));
        }
      },
    );
    fc.assert(property, { numRuns: 100 });
  });

  it('never hold part of a section beside another section of its level', () => {
    const sections = fc.array(
      fc.record({
        level: fc.integer({ min: 1, max: 3 }),
        lengths: fc.array(fc.integer({ min: 7, max: 200 }), { minLength: 1, maxLength: 5 }),
      }),
      { minLength: 1, maxLength: 10 },
    );
    const property = fc.property(
      sections,
      fc.integer({ min: 40, max: 400 }),
      (contents, maxTokensPerChunk) => {
        const units = contents.flatMap(({ level, lengths }, index) => [
          { kind: 'heading' as const, text: `Section ${index}`, level },
          ...lengths.map((length) => ({
            kind: 'paragraph' as const,
            text: prose(Math.max(7, length)),
          })),
        ]);
        const document = documentOf(1, units);
        const chunks = idsOf(chunkDocuments([document], { maxTokens: maxTokensPerChunk }));
        const fits = (from: number, to: number) =>
          document.units.slice(from, to).reduce((sum, { text }) => sum + weighText(text), 0) <=
          weightOfTokens(maxTokensPerChunk);
        for (const [start, unit] of document.units.entries()) {
          if (unit.kind !== 'heading') continue;
          const end = endOfSection(document.units, start);
          const own = chunks.filter((ids) => ids.some((id) => id > start && id <= end));
          // Where a section that fits is cut, the headings above it that went with it have made it too long.
          const isFirst = own[0]?.some((id) => id <= start && isHeadingOf(document, id)) === true;
          expect(own.length === 1 || !fits(start, end) || isFirst).toBe(true);
          expect(own.length === 1 || own.at(-1)?.every((id) => id <= end) === true).toBe(true);
        }
      },
    );
    fc.assert(property, { numRuns: 100 });
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

  it('of a long section stay its own: its last part does not take in the next one', () => {
    const document = documentOf(1, [
      { kind: 'heading', text: 'Long', level: 1 },
      { kind: 'paragraph', text: prose(140) },
      { kind: 'paragraph', text: prose(140) },
      { kind: 'paragraph', text: prose(7) },
      { kind: 'heading', text: 'Next', level: 1 },
      { kind: 'paragraph', text: prose(7) },
      { kind: 'heading', text: 'Last', level: 1 },
      { kind: 'paragraph', text: prose(7) },
    ]);

    expect(idsOf(chunkDocuments([document], { maxTokens: 250 }))).toEqual([
      [1, 2],
      [3, 4],
      [5, 6, 7, 8],
    ]);
  });

  it('of a table repeat its head as context, and only there', () => {
    const rows = Array.from({ length: 9 }, (_, index) =>
      row(1, index, index === 0 ? 'Name of the thing' : prose(35)),
    );
    const document = documentOf(1, [{ kind: 'paragraph', text: prose(14) }, ...rows]);
    const chunks = chunkDocuments([document], { maxTokens: 200 });

    expect(contextOf(chunks).map((each) => each.join())).toEqual(
      idsOf(chunks).map((ids) =>
        ids.includes(2) || !ids.some((id) => id > 2) ? '' : 'table-header d1.u2',
      ),
    );
    expect(chunks.length).toBeGreaterThan(2);
  });

  it('of a transcript are cut between speakers, and within what one says between cues', () => {
    const document = documentOf(1, [
      cue('Ann', prose(35)),
      cue('Ann', prose(35)),
      cue('Bo', prose(35)),
      cue('Bo', prose(35)),
      cue('Bo', prose(35)),
      cue('Cy', prose(140)),
      cue('Cy', prose(140)),
    ]);

    expect(idsOf(chunkDocuments([document], { maxTokens: 200 }))).toEqual([
      [1, 2],
      [3, 4, 5],
      [6],
      [7],
    ]);
  });

  it('keep a slide, and notes with what they belong to, together', () => {
    const slides = documentOf(
      1,
      Array.from({ length: 8 }, () => ({ kind: 'paragraph' as const, text: prose(35) })),
      (index) => ({ kind: 'slide', slide: index < 3 ? 1 : 2, part: 'slide', paragraph: 1 }),
    );
    const notes = documentOf(2, [
      { kind: 'paragraph', text: prose(70) },
      { kind: 'paragraph', text: prose(35) },
      { kind: 'footnote', text: prose(35) },
    ]);

    expect(idsOf(chunkDocuments([slides], { maxTokens: 320 }))).toEqual([
      [1, 2, 3],
      [4, 5, 6, 7, 8],
    ]);
    expect(idsOf(chunkDocuments([notes], { maxTokens: 180 }))).toEqual([[1], [2, 3]]);
  });

  it('have neighbours where they are asked for', () => {
    const document = documentOf(
      1,
      Array.from({ length: 6 }, () => ({ kind: 'paragraph' as const, text: prose(35) })),
    );
    const chunks = chunkDocuments([document], {
      maxTokens: 240,
      neighbours: { units: 1, maxTokens: 60 },
    });

    expect(idsOf(chunks)).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(contextOf(chunks)).toEqual([
      ['after d1.u3'],
      ['before d1.u2', 'after d1.u5'],
      ['before d1.u4'],
    ]);
  });

  it('of 40,000 units and of one unit of half a million characters come in one pass', () => {
    const many = Array.from({ length: 40_000 }, (_, index) =>
      index % 50 === 0
        ? { kind: 'heading' as const, text: `Section ${index}`, level: (index % 3) + 1 }
        : row(Math.floor(index / 25) + 1, index % 25, 'a | b | 12'),
    );
    const chunks = chunkDocuments(
      [documentOf(1, many), documentOf(2, [{ kind: 'paragraph', text: prose(84_000) }])],
      { maxTokens: 2_000 },
    );

    expect(chunks.flatMap(({ pieces }) => pieces).length).toBeGreaterThan(40_000);
  });
});
