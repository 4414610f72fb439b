import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { corpusFiles } from '../../../scripts/corpus/corpus-files.ts';
import type { FileOutcome } from '../../../scripts/corpus/outcomes.ts';
import { readFiles } from '../../../scripts/corpus/read-all.ts';
import { wordRecall } from '../../../scripts/corpus/recall.ts';
import { corpusNotes, corpusTable } from '../../../scripts/corpus/report.ts';

let folder: string;
const put = (name: string, text: string) => writeFile(join(folder, name), text);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quire-corpus-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('corpusFiles', () => {
  it('takes every file but references and notes on the folder', async () => {
    await mkdir(join(folder, 'inner'));
    await put('README.md', 'about');
    await put('a.html', '<p>a');
    await put('a.html.md', 'a');
    await put('b.vtt', 'WEBVTT');
    await put('b.txt', 'b');
    await put('alone.md', '# Alone');
    await put('inner/c.DOCX', '');

    const found = corpusFiles(folder).map(({ path, extension, reference }) =>
      [path, extension, reference ?? ''].map((part) => part.replace(`${folder}/`, '')),
    );

    expect(found).toEqual([
      ['a.html', 'html', 'a.html.md'],
      ['alone.md', 'md', ''],
      ['b.vtt', 'vtt', 'b.txt'],
      ['inner/c.DOCX', 'docx', ''],
    ]);
  });
});

describe('wordRecall', () => {
  it('counts words as often as the reference has them, and no markup', () => {
    const reference = '# One two\n\n<!-- image -->\n| two | [three](https://example.org) |';

    expect(wordRecall('one Two three', reference)).toBe(3 / 4);
    expect(wordRecall('two two three one', reference)).toBe(1);
    expect(wordRecall('', reference)).toBe(0);
    expect(wordRecall('anything', '---')).toBeUndefined();
  });
});

describe('readFiles', () => {
  it('tells what became of each file, also when the process that reads it dies', async () => {
    await put('a.md', '# Title');
    await put('a.md.txt', 'Title missing');
    await put('b.md', '');
    const files = corpusFiles(folder);
    const missing = { path: join(folder, 'gone.md'), extension: 'md' };

    const outcomes = await readFiles([...files, missing, ...files], () => undefined);

    const [first, second, third] = outcomes;
    expect(first).toMatchObject({ kind: 'ok', recall: 0.5 });
    expect(second).toMatchObject({ kind: 'refused', code: 'empty_file' });
    expect(third).toMatchObject({ kind: 'crash' });
    expect(outcomes.slice(3).map(({ kind }) => kind)).toEqual(['ok', 'refused']);
  });
});

describe('corpusTable', () => {
  it('sums up by format and names crashes', () => {
    const file = { path: 'x/a.docx', extension: 'docx' };
    const cost = { file, sizeInBytes: 1_048_576, seconds: 0.5, peakInMb: 12 };
    const outcomes: FileOutcome[] = [
      { ...cost, kind: 'ok', recall: 0.9 },
      { ...cost, kind: 'ok' },
      { ...cost, kind: 'refused', code: 'corrupt_file' },
      { ...cost, kind: 'crash', reason: 'hang' },
    ];

    expect(corpusTable(outcomes)).toContain('| docx | 4 | 2 | 1 | 1 | 0.50 | 12 | 0.900 (1) |');
    expect(corpusNotes(outcomes)).toBe('Typed errors: corrupt_file 1.\nCRASH x/a.docx: hang');
  });
});
