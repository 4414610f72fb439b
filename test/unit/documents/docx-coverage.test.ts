import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readDocx } from '#shared/documents/read/docx.ts';
import type { ReadContent } from '#shared/documents/read-content.ts';
import { isQuireError } from '#shared/domain/errors.ts';
import { cell } from '../../support/docx-content.ts';
import { linkedParts, section } from '../../support/docx-parts.ts';
import { countTokens, type Token, tokenize } from '../../support/docx-tokens.ts';
import { makeDocx, paragraph, run, sourceFile } from '../../support/office-files.ts';

const character = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
const box = `<w:txbxContent>${paragraph('x')}${paragraph('x')}</w:txbxContent>`;
const reference = (kind: string, id: number) => `<w:r><w:${kind}Reference w:id="${id}"/></w:r>`;

/** Everything that text can stand in, as far as this reader knows. */
const inline = fc.constantFrom(
  run('x'),
  run('x', '<w:vanish/>'),
  run('x', '<w:vertAlign w:val="superscript"/><w:rPrChange w:author="A"/>'),
  `<w:ins w:author="A">${run('x')}</w:ins>`,
  `<w:ins w:author="A"><w:del w:author="B"><w:r><w:delText>x</w:delText></w:r></w:del></w:ins>`,
  '<w:del w:author="A"><w:r><w:delText>x</w:delText></w:r></w:del>',
  `<w:del>${reference('footnote', 3)}</w:del>`,
  `<w:moveFrom w:author="A">${run('x')}</w:moveFrom>`,
  `<w:moveTo w:author="A">${run('x')}</w:moveTo>`,
  `<w:hyperlink w:anchor="b">${run('x')}</w:hyperlink>`,
  `<w:fldSimple w:instr=" DATE ">${run('x')}</w:fldSimple>`,
  `${character('begin')}<w:r><w:instrText>HYPERLINK y</w:instrText></w:r>${character('separate')}${run('x')}${character('end')}`,
  `${character('begin')}${run('x')}`,
  `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${run('x')}</w:sdtContent></w:sdt>`,
  `<w:smartTag>${run('x')}</w:smartTag>`,
  '<m:oMath><m:acc><m:e><m:r><m:t>x</m:t></m:r></m:e></m:acc><w:del><m:r><m:t>x</m:t></m:r></w:del></m:oMath>',
  `<w:r><w:ruby><w:rt>${run('x')}</w:rt><w:rubyBase>${run('x')}</w:rubyBase></w:ruby></w:r>`,
  `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>${box}</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>${box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
  `<w:r><w:rPr><w:vanish/></w:rPr><w:drawing>${box}</w:drawing></w:r>`,
  `<w:r><w:object>${box}</w:object></w:r>`,
  '<w:r><wps:txBody><a:p><a:r><a:t>x</a:t></a:r></a:p></wps:txBody></w:r>',
  reference('footnote', 1),
  reference('comment', 1),
  reference('comment', 2),
);

const properties = fc.constantFrom(
  '',
  '<w:rPr><w:del w:author="A"/></w:rPr>',
  '<w:rPr><w:moveFrom w:author="A"/></w:rPr>',
  '<w:framePr w:dropCap="drop"/>',
  '<w:outlineLvl w:val="1"/>',
);
const paragraphs = fc
  .tuple(properties, fc.array(inline, { maxLength: 4 }))
  .map(([own, content]) => `<w:p><w:pPr>${own}</w:pPr>${content.join('')}</w:p>`);

const cellProperties = fc.constantFrom(
  '',
  '<w:vMerge w:val="restart"/>',
  '<w:vMerge/>',
  '<w:hMerge/>',
  '<w:gridSpan w:val="2"/>',
  '<w:cellDel w:author="A"/>',
  '<w:cellIns w:author="A"/>',
);
const rowProperties = fc.constantFrom('', '', '<w:del/>', '<w:ins/>', '<w:hidden/>');

const { block } = fc.letrec<{ block: string; table: string; row: string; cell: string }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    paragraphs,
    tie('table'),
    tie('block').map((inner) => `<w:sdt><w:sdtContent>${inner}</w:sdtContent></w:sdt>`),
    paragraphs.map((inner) => `<w:del w:author="A">${inner}</w:del>`),
  ),
  cell: fc
    .tuple(cellProperties, fc.array(tie('block'), { maxLength: 2 }))
    .map(([own, blocks]) => cell(blocks.join(''), own)),
  row: fc
    .tuple(rowProperties, fc.array(tie('cell'), { maxLength: 3 }))
    .map(([own, cells]) => `<w:tr><w:trPr>${own}</w:trPr>${cells.join('')}</w:tr>`),
  table: fc.array(tie('row'), { maxLength: 3 }).map((rows) => `<w:tbl>${rows.join('')}</w:tbl>`),
}));

const stories = fc.record({
  body: fc.array(block, { maxLength: 5 }),
  footnotes: fc.array(block, { minLength: 3, maxLength: 3 }),
  comments: fc.array(block, { minLength: 3, maxLength: 3 }),
  headers: fc.array(block, { minLength: 2, maxLength: 2 }),
});

function fileOf({
  body,
  footnotes,
  comments,
  headers,
}: typeof stories extends fc.Arbitrary<infer T> ? T : never) {
  const entries = (kind: string, blocks: readonly string[]) =>
    blocks.map((each, index) => `<w:${kind} w:id="${index + 1}">${each}</w:${kind}>`).join('');
  const parts = [
    { type: 'footnotes', root: 'w:footnotes', content: entries('footnote', footnotes) },
    { type: 'comments', root: 'w:comments', content: entries('comment', comments) },
    ...headers.map((content) => ({ type: 'header', root: 'w:hdr', content })),
  ];
  const end = section(['header default part3', 'header first part4']);
  return tokenize(
    makeDocx({ body: `${paragraph('x')}${body.join('')}${end}`, ...linkedParts(parts) }),
  );
}

/** What is told once more, or in another way, and counted by a warning where it is. */
const isToldElsewhere = ({ path, part }: Token) =>
  path.includes('mc:Fallback') ||
  path.includes('w:rt') ||
  path.includes('w:docPart') ||
  part.startsWith('word/diagrams/drawing');

function tellingsOf({ units, hidden = [], changes = [] }: ReadContent) {
  const removed = changes.filter(({ kind }) => kind === 'deletion' || kind === 'move-from');
  return [...units, ...hidden, ...removed];
}

function lostOrTwice(content: ReadContent, tokens: readonly Token[]): string[] {
  const counts = countTokens(
    tellingsOf(content)
      .map(({ text }) => text)
      .join('\n'),
  );
  return tokens
    .filter((token) => {
      const count = counts.get(token.word) ?? 0;
      return count > 1 || (count === 0 && !isToldElsewhere(token));
    })
    .map(({ word, part, path }) => `${counts.get(word) ?? 0} times ${part} ${path.join('>')}`);
}

const storyOfPart: Readonly<Record<string, readonly unknown[]>> = {
  'content/main.xml': ['body', undefined],
  'content/linked1.xml': ['footnote', undefined],
  'content/linked2.xml': ['comment', undefined],
  'content/linked3.xml': ['header', 1],
  'content/linked4.xml': ['header', 2],
};

describe('readDocx: coverage', () => {
  it('gives every text exactly once, as a unit, as hidden, or as a change', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (parts) => {
        const { bytes, tokens } = fileOf(parts);

        const content = await readDocx(sourceFile('a.docx', bytes));

        expect(lostOrTwice(content, tokens)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('gives locators that lead back to the first words of the text', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (parts) => {
        const { bytes, tokens } = fileOf(parts);
        const byWord = new Map(tokens.map((token) => [token.word, token]));

        const content = await readDocx(sourceFile('a.docx', bytes));

        for (const { text, locator } of tellingsOf(content)) {
          const token = byWord.get(/«\d+»/.exec(text)?.[0] ?? '');
          if (locator.kind !== 'docx' || token === undefined) continue;
          expect([locator.part, locator.story]).toEqual(storyOfPart[token.part]);
          expect([...token.anchors]).toContain(locator.paragraph);
        }
      }),
      { numRuns: 40 },
    );
  });
});

const corpus = '../shared/corpus';
const files = existsSync(corpus)
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.docx$/.test(name),
    )
  : [];
const reason = files.length === 0 ? ' (skipped: the corpus is absent)' : '';
const itWithCorpus = files.length === 0 ? it.skip : it;

describe(`readDocx: coverage of public files${reason}`, () => {
  itWithCorpus('gives every text of every file exactly once', async () => {
    const problems: string[] = [];
    let tokenCount = 0;
    for (const name of files) {
      const { bytes, tokens } = tokenizeFile(join(corpus, name));
      if (bytes.length === 0) continue;
      const content = await readDocx(sourceFile(name, bytes));
      tokenCount += tokens.length;
      problems.push(...lostOrTwice(content, tokens).map((problem) => `${name}: ${problem}`));
    }

    // A page number in a shape at the foot of the page, which a warning counts.
    const pageNumber = /stress009\.docx: 0 times word\/footer2\.xml .*v:textbox>w:txbxContent/;
    expect(problems.filter((problem) => !pageNumber.test(problem))).toEqual([]);
    expect(tokenCount).toBeGreaterThan(2_000);
  });
});

/** No bytes for a file that the parser refuses. */
function tokenizeFile(path: string): ReturnType<typeof tokenize> {
  try {
    return tokenize(new Uint8Array(readFileSync(path)));
  } catch (error) {
    if (!isQuireError(error)) throw error;
    return { bytes: new Uint8Array(), tokens: [] };
  }
}
