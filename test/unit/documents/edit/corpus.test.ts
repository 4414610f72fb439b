import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openVttForEdit } from '#shared/documents/edit/cues.ts';
import { openHtmlForEdit } from '#shared/documents/edit/html.ts';
import { openMarkdownForEdit } from '#shared/documents/edit/markdown.ts';
import { acceptAll, rejectAll } from '#shared/documents/edit/redline/resolve.ts';
import { redlineDocx, redlineParagraphs } from '#shared/documents/edit/redline.ts';
import { wordChanges } from '#shared/workflows/word-changes.ts';
import { makeDocx, paragraph } from '../../../support/office-files.ts';
import { byline, redlineFromTexts } from '../../../support/redline-texts.ts';

const corpus = '../shared/corpus';
const names = existsSync(corpus) ? readdirSync(corpus, { recursive: true, encoding: 'utf8' }) : [];
const filesOf = (pattern: RegExp) => names.filter((name) => pattern.test(name)).sort();
const read = (name: string) => new Uint8Array(readFileSync(join(corpus, name)));
const itWithCorpus = names.length === 0 ? it.skip : it;
const hasPandoc = spawnSync('pandoc', ['--version']).status === 0;
const itWithPandoc = hasPandoc ? it : it.skip;
const reasons = [
  ...(names.length === 0 ? ['the corpus is absent'] : []),
  ...(hasPandoc ? [] : ['pandoc is absent']),
].join(', ');

describe(`files of public test suites${reasons === '' ? '' : ` (some skipped: ${reasons})`}`, () => {
  itWithCorpus('are redlined so that both texts come out again', () => {
    // Every fourth: a file is read ten times here.
    const files = filesOf(/\.docx$/).filter(
      (name, index) => index % 4 === 0 && !/Entity/.test(name),
    );
    for (const name of files) {
      const base = read(name);
      const paragraphs = redlineParagraphs(base);
      const texts = paragraphs.map(({ text }) => text);
      const revised = texts.map((text, index) => (index % 3 === 0 ? `${text} and more` : text));
      const changes = paragraphs.map(({ at, text }, index) => ({
        kind: 'rewrite' as const,
        at,
        operations: wordChanges(text, revised[index] ?? ''),
      }));
      const result = redlineDocx(base, { ...byline, changes });

      expect(redlineParagraphs(rejectAll(result)).map(({ text }) => text)).toEqual(texts);
      expect(redlineParagraphs(acceptAll(result)).map(({ text }) => text)).toEqual(revised);
    }
    expect(files.length).toBeGreaterThan(10);
  });

  itWithCorpus('stay the same bytes when their texts stay the same', () => {
    const kinds = [
      [/\.html$/, openHtmlForEdit],
      [/\.vtt$/, openVttForEdit],
      [/\.md$/, openMarkdownForEdit],
    ] as const;
    for (const [pattern, open] of kinds) {
      const files = filesOf(pattern);
      expect(files.length).toBeGreaterThan(3);
      for (const name of files) {
        const file = open(read(name));
        const same = file.write(new Map(file.segments.map(({ id, text }) => [id, text])));
        expect(Buffer.from(same).equals(read(name))).toBe(true);
      }
    }
  });

  itWithPandoc('read the same in pandoc, accepted or rejected', () => {
    const base = makeDocx({
      body: ['One two', 'Three', 'Four'].map((each) => paragraph(each)).join(''),
    });
    const result = redlineDocx(base, redlineFromTexts(base, ['One 2', 'Four', 'Five & six']));

    expect(pandoc(result, 'accept')).toBe('One 2\n\nFour\n\nFive & six\n');
    expect(pandoc(result, 'reject')).toBe('One two\n\nThree\n\nFour\n');
  });
});

function pandoc(bytes: Uint8Array, changes: 'accept' | 'reject'): string {
  const folder = mkdtempSync(join(tmpdir(), 'quire-redline-'));
  try {
    const path = join(folder, 'a.docx');
    writeFileSync(path, bytes);
    const options = ['-f', 'docx', '-t', 'plain', '--wrap=none', `--track-changes=${changes}`];
    return spawnSync('pandoc', [...options, path], { encoding: 'utf8' }).stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
