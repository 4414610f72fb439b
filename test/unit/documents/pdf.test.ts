import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Document, DocumentFormat } from '#shared/domain/document.ts';
import { isQuireError } from '#shared/domain/errors.ts';
import { documentIdOf } from '#shared/domain/ids.ts';
import { makeExampleDocuments } from '../../../examples/make-documents.ts';
import { pdfWithoutText } from '../../support/bad-files.ts';
import { readDocument } from '../../support/read-document.ts';

function read(name: string, bytes: Uint8Array): Promise<Document> {
  return readDocument({ documentId: documentIdOf(1), name, bytes }, DocumentFormat.options);
}

describe('a PDF', () => {
  let directory = '';
  let study: Document;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quire-pdf-'));
    await makeExampleDocuments(directory);
    study = await read(
      'field-study.pdf',
      new Uint8Array(await readFile(join(directory, 'field-study.pdf'))),
    );
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('has its pages, headings with their levels and rows of tables', () => {
    const headings = study.units.filter((unit) => unit.kind === 'heading');
    const rows = study.units.filter((unit) => unit.kind === 'table-row');

    expect(study.pageCount).toBe(7);
    expect(headings.length).toBeGreaterThan(5);
    expect(rows.length).toBeGreaterThan(8);
    expect(rows.every((row) => (row.table?.cells.length ?? 0) > 1)).toBe(true);
    expect(study.units.every((unit) => unit.locator.kind === 'pdf')).toBe(true);
  });

  it('has every planted fact in one unit, whatever the lines it was set in', async () => {
    const facts = JSON.parse(
      await readFile(new URL('../../../examples/planted-facts.json', import.meta.url), 'utf8'),
    );
    const texts = study.units.map((unit) => unit.text);

    const missing = facts['field-study.pdf']
      .map((fact: { text: string }) => fact.text)
      .filter((text: string) => !texts.some((each) => each.includes(text)));
    expect(missing).toEqual([]);
  });

  it('has running headers and footers once and says how many more there are', () => {
    const warning = study.warnings.find(({ code }) => code === 'repeated-header');

    expect(warning?.count).toBe((study.pageCount ?? 0) - 1);
    expect(study.units.filter((unit) => unit.kind === 'page-footer')).toHaveLength(1);
  });

  it('without a text layer is refused, not read as empty', async () => {
    await expect(read('scan.pdf', pdfWithoutText())).rejects.toMatchObject({
      code: 'no_text_layer',
    });
  });

  it('that is cut in half is refused as damaged or read as far as it goes', async () => {
    const bytes = new Uint8Array(await readFile(join(directory, 'field-study.pdf')));
    const outcome = await read('half.pdf', bytes.subarray(0, bytes.length / 2)).catch(
      (error: unknown) => error,
    );

    expect(isQuireError(outcome) || (outcome as Document).units.length > 0).toBe(true);
  });
});

const corpus = new URL('../../../../shared/corpus/', import.meta.url);
const inCorpus = existsSync(corpus) ? it : it.skip;

describe('files of other projects', () => {
  const reason = existsSync(corpus) ? '' : ' (skipped: the corpus is absent)';

  inCorpus(`are read or refused with a code${reason}`, async () => {
    const untyped: string[] = [];
    for (const folder of ['mozilla/', 'docling/', 'poi/']) {
      for (const name of filesIn(folder, /\.(pdf|msg|html|md)$/)) {
        await readCorpus(`${folder}${name}`).catch((error: unknown) => {
          if (!isQuireError(error)) untyped.push(name);
        });
      }
    }

    expect(untyped).toEqual([]);
  });

  inCorpus(`have the words that another project expects, in its order${reason}`, async () => {
    const scores: { recall: number; order: number }[] = [];
    for (const name of filesIn('docling/', /\.pdf$/)) {
      const { units } = await readCorpus(`docling/${name}`);
      const found = wordsOf(units.map(({ marker = '', text }) => `${marker} ${text}`).join(' '));
      const expected = wordsOf(
        (await readFile(new URL(`docling/${name}.md`, corpus), 'utf8')).replace(/<!--.*?-->/g, ''),
      );
      const common = longestCommon(expected, found);
      const known = new Set(found);
      scores.push({
        recall: expected.filter((word) => known.has(word)).length / expected.length,
        order: (2 * common) / (expected.length + found.length),
      });
    }

    const mean = (key: 'recall' | 'order') =>
      scores.reduce((sum, score) => sum + score[key], 0) / scores.length;
    expect(scores.length).toBeGreaterThan(0);
    expect(mean('recall')).toBeGreaterThan(0.93);
    expect(mean('order')).toBeGreaterThan(0.92);
  });
});

function filesIn(folder: string, pattern: RegExp): string[] {
  return readdirSync(new URL(folder, corpus)).filter((name) => pattern.test(name));
}

async function readCorpus(path: string): Promise<Document> {
  const name = path.split('/').at(-1) ?? path;
  return await read(name, new Uint8Array(await readFile(new URL(path, corpus))));
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** How many words two texts have in common in the same order. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  let before = new Uint16Array(b.length + 1);
  for (const word of a) {
    const row = new Uint16Array(b.length + 1);
    for (const [index, other] of b.entries()) {
      const best = Math.max(before[index + 1] ?? 0, row[index] ?? 0);
      row[index + 1] = word === other ? (before[index] ?? 0) + 1 : best;
    }
    before = row;
  }
  return before[b.length] ?? 0;
}
