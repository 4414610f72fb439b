import { describe, expect, it } from '@jest/globals';
import type { Document } from '#shared/domain/document.ts';
import type { EditView, SegmentKind } from '#shared/domain/edit-view.ts';
import { type DocumentId, documentIdOf } from '#shared/domain/ids.ts';
import { glossaryFor } from '#shared/workflows/translate/glossary.ts';
import { TranslateParams } from '#shared/workflows/translate/params.ts';
import { SegmentsOutput } from '#shared/workflows/translate/schemas.ts';
import { segmentsStage } from '#shared/workflows/translate/segments.ts';
import { documentFromLines } from '../../../support/sample-documents.ts';
import { stageContextOf } from '../../../support/stage-context.ts';

function contextOf(texts: readonly (readonly [SegmentKind, string])[], params: object = {}) {
  const document = documentFromLines(['x']);
  const view: EditView = {
    kind: 'segments',
    segments: texts.map(([kind, text], index) => ({
      id: `p#${index}`,
      kind,
      text,
      locator: { kind: 'text', line: index + 1, headingPath: [] },
    })),
    untouched: [],
  };
  return stageContextOf({
    params: TranslateParams.parse({ languages: ['de'], ...params }),
    documents: [document],
    editViews: new Map<DocumentId, EditView>([[document.id, view]]),
  });
}

const segmentsOf = (...given: Parameters<typeof contextOf>) =>
  SegmentsOutput.parse(segmentsStage.run(contextOf(...given)));

describe('segments stage', () => {
  it('makes one entry of texts of the same kind that read the same', () => {
    const { entries, documents } = segmentsOf([
      ['cell', 'Rent'],
      ['cell', 'Rent '],
      ['comment', 'Rent'],
    ]);

    expect(entries.map(({ id, count }) => [id, count])).toEqual([
      ['d1.s1', 2],
      ['d1.s3', 1],
    ]);
    expect(documents[0]?.segments.map(({ entry }) => entry)).toEqual(['d1.s1', 'd1.s1', 'd1.s3']);
  });

  it.each([
    ['1,240.50 €', 'no letters, only figures and signs'],
    ['<g1>12</g1>', 'no letters, only figures and signs'],
    ['https://a.example/b', 'only addresses and placeholders, which stay as they are'],
    ['{name}: 12', 'only addresses and placeholders, which stay as they are'],
    ['INV-2024-001', 'a code, which stays as it is'],
    ['Acme Rail, 12', 'only words that are not to be translated'],
  ])('keeps %s, and says why', (text, reason) => {
    const { entries, documents } = segmentsOf([['cell', text]], { doNotTranslate: ['Acme Rail'] });

    expect(entries).toEqual([]);
    expect(documents[0]?.segments[0]?.kept).toBe(reason);
  });

  it.each([
    ['The costs of the depot are in the table.', 'en'],
    ['Die Kosten des Depots stehen in der Tabelle und sind nicht hoch.', 'de'],
    ['Расходы депо приведены в таблице.', 'auto'],
    ['Rent', 'auto'],
  ])('guesses the language of "%s": %s', (text, source) => {
    expect(segmentsOf([['paragraph', text]]).source).toBe(source);
  });

  it('refuses a file that cannot be rewritten, and a glossary that is not there', () => {
    const document = documentFromLines(['x']);
    const run = (params: object) =>
      segmentsStage.run(
        stageContextOf({
          params: TranslateParams.parse({ languages: ['de'], ...params }),
          documents: [document],
        }),
      );

    expect(() => run({})).toThrow('Expected files that can be rewritten');
    expect(() => run({ glossary: 'terms.csv' })).toThrow('to name a CSV or XLSX file');
  });
});

describe('a glossary in a file', () => {
  const table = (rows: readonly (readonly string[])[]): Document => ({
    ...documentFromLines(rows.map((cells) => cells.join(' | '))),
    id: documentIdOf(1),
    name: 'terms.csv',
    format: 'csv',
    units: documentFromLines(rows.map((cells) => cells.join(' | '))).units.map((unit, index) => ({
      ...unit,
      table: { table: 1, row: index + 1, isHeader: index === 0, cells: [...(rows[index] ?? [])] },
    })),
  });
  const terms = (rows: readonly (readonly string[])[], language: string) =>
    glossaryFor(
      stageContextOf({
        params: TranslateParams.parse({ languages: ['de'], glossary: 'terms.csv' }),
        documents: [table(rows)],
      }),
      language,
    ).map(({ term, translation }) => `${term}=${translation}`);

  it('has a term a row and a language a column; a language without region serves all of its regions', () => {
    const rows = [
      ['term', 'de', 'note', 'fr'],
      ['invoice', 'Rechnung', 'noun', ''],
      ['service agreement', 'Dienstvertrag', '', 'contrat'],
    ];

    expect(terms(rows, 'de-AT')).toEqual(['service agreement=Dienstvertrag', 'invoice=Rechnung']);
    expect(terms(rows, 'fr')).toEqual(['service agreement=contrat']);
  });

  it('is refused where no column is headed by a language', () => {
    expect(() =>
      terms(
        [
          ['term', 'German'],
          ['a', 'b'],
        ],
        'de',
      ),
    ).toThrow('to be headed by language tags');
  });
});

describe('parameters', () => {
  it.each([
    { languages: [] },
    { languages: ['German'] },
    { languages: ['de', 'de'] },
    { languages: ['de'], source: 'de' },
    { languages: ['de'], glossary: [{ term: 'a', translations: { German: 'b' } }] },
    { languages: ['de'], pace: 'fast' },
  ])('refuses %j', (params) => {
    expect(TranslateParams.safeParse(params).success).toBe(false);
  });
});
