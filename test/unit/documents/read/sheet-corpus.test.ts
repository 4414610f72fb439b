import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Document } from '#shared/domain/document.ts';
import { isQuireError } from '#shared/domain/errors.ts';
import { sourceFile } from '../../../support/office-files.ts';
import { readDocument } from '../../../support/read-document.ts';

const corpus = '../shared/corpus';
const files = existsSync(corpus)
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:xlsx|ods|csv)$/.test(name))
      .map((name) => join(corpus, name))
  : [];
const reason = files.length === 0 ? ' (skipped: the corpus is absent)' : '';
const itWithCorpus = files.length === 0 ? it.skip : it;

describe(`Spreadsheets of public test suites${reason}`, () => {
  itWithCorpus('give a valid document or a typed error each', async () => {
    const outcomes: Record<string, number> = {};
    for (const path of files) {
      const outcome = await outcomeOf(path);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }

    const { read = 0, ...errors } = outcomes;
    expect(read).toBeGreaterThanOrEqual(63);
    expect(Object.keys(errors).sort()).toEqual([
      'corrupt_file',
      'empty_file',
      'format_mismatch',
      'password_protected',
    ]);
  });

  // One reference names the kinds of three charts, which are pictures there.
  itWithCorpus('have the words that another project expects', async () => {
    const recalls: number[] = [];
    for (const path of files.filter((each) => existsSync(`${each}.md`))) {
      const { units } = await read(path);
      const found = new Set(units.flatMap((unit) => wordsOf(unit.text)));
      const expected = wordsOf(readFileSync(`${path}.md`, 'utf8').replace(/<!--.*?-->/g, ''));
      if (expected.length === 0) continue;
      recalls.push(expected.filter((word) => found.has(word)).length / expected.length);
    }

    expect(recalls.length).toBeGreaterThan(5);
    expect(Math.min(...recalls)).toBeGreaterThan(0.94);
  });
});

function read(path: string): Promise<Document> {
  return readDocument(sourceFile(path, new Uint8Array(readFileSync(path))), ['xlsx', 'ods', 'csv']);
}

async function outcomeOf(path: string): Promise<string> {
  try {
    Document.parse(await read(path));
    return 'read';
  } catch (error) {
    return isQuireError(error) ? error.code : `${path}: ${String(error)}`;
  }
}

function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []).map(String);
}
