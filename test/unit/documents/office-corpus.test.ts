import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Document } from '#shared/domain/document.ts';
import { isQuireError } from '#shared/domain/errors.ts';
import { sourceFile } from '../../support/office-files.ts';
import { readDocument } from '../../support/read-document.ts';

const corpus = '../shared/corpus';
const files = existsSync(corpus) ? filesIn(corpus, /\.docx$/) : [];
const reason = files.length === 0 ? ' (skipped: the corpus is absent)' : '';
const itWithCorpus = files.length === 0 ? it.skip : it;

describe(`Office files of public test suites${reason}`, () => {
  itWithCorpus('gives a valid document or a typed error for every file', async () => {
    const outcomes: Record<string, number> = {};
    for (const path of files) {
      const outcome = await outcomeOf(path);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }

    const { read = 0, empty_file: empty = 0, xml_forbidden: forbidden = 0, ...others } = outcomes;
    expect(others).toEqual({});
    expect(forbidden).toBe(1);
    expect(read).toBeGreaterThan(empty * 4);
  });

  itWithCorpus('says of every other Office file what it is', async () => {
    const outcomes = new Set<string>();
    for (const path of filesIn(corpus, /\.(xlsx|pptx|ods)$/)) outcomes.add(await outcomeOf(path));

    expect([...outcomes].sort()).toEqual([
      'corrupt_file',
      'format_mismatch',
      'password_protected',
      'unsupported_format',
    ]);
  });

  itWithCorpus('finds the words that another project expects', async () => {
    const recalls: number[] = [];
    for (const path of files.filter((each) => existsSync(`${each}.md`))) {
      const { units } = await read(path);
      const found = new Set(wordsOf(units.map((unit) => unit.text).join(' ')));
      const expected = wordsOf(readFileSync(`${path}.md`, 'utf8').replace(/<!--.*?-->/g, ''));
      recalls.push(expected.filter((word) => found.has(word)).length / expected.length);
    }

    expect(recalls.length).toBeGreaterThan(0);
    expect(recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length).toBeGreaterThan(0.9);
  });
});

function filesIn(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name));
}

function read(path: string): Promise<Document> {
  return readDocument(sourceFile(path, new Uint8Array(readFileSync(path))), ['docx']);
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
  return (text.toLowerCase().match(/\p{L}{2,}/gu) ?? []).map(String);
}
