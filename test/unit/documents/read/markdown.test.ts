import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Document, DocumentFormat } from '#shared/domain/document.ts';
import { sourceFile } from '../../../support/office-files.ts';
import { readDocument } from '../../../support/read-document.ts';

function read(markdown: string): Promise<Document> {
  return readDocument(sourceFile('a.md', markdown), DocumentFormat.options);
}

const shown = ({ units }: Document) =>
  units.map(({ kind, marker, note, text }) =>
    [kind, marker ?? note, text].filter((each) => each !== undefined).join(' · '),
  );

describe('Markdown of GitHub', () => {
  it('is read with tasks, struck text, automatic links and aligned tables', async () => {
    const document = await read(
      [
        '- [ ] open [task](https://a.example)',
        '- [x] done ~~struck~~',
        '3. third\n4. fourth',
        '',
        'See https://b.example/x?y=1 and [the docs][d], ![a duck](duck.png).',
        '',
        '| Left | Right |',
        '|:-----|------:|',
        '| [one](c.md) | `a|b` \\| c |',
        '',
        '[d]: https://d.example',
      ].join('\n'),
    );
    const links = document.units.flatMap(({ text, links: own = [] }) =>
      own.map(({ from, to, target }) => [text.slice(from, to), target]),
    );

    expect(shown(document)).toEqual([
      'list-item · ☐ · open task',
      'list-item · ☑ · done struck',
      'list-item · 3. · third',
      'list-item · 4. · fourth',
      'paragraph · See https://b.example/x?y=1 and the docs, a duck.',
      'table-row · Left | Right',
      'table-row · one | `a',
    ]);
    expect(links).toEqual([
      ['task', 'https://a.example'],
      ['https://b.example/x?y=1', 'https://b.example/x?y=1'],
      ['the docs', 'https://d.example'],
      ['one', 'c.md'],
    ]);
    expect(document.hidden.map(({ text }) => text)).toEqual(['b` \\| c']);
    expect(document.warnings).toMatchObject([
      { code: 'hidden-text', count: 1 },
      { code: 'image', count: 1 },
    ]);
  });

  it('keeps footnotes where they are defined, also those that nothing refers to', async () => {
    const document = await read(
      'A[^b] and ^[an *inline* one] end.\n\n[^b]: Note b\n    goes on.\n\n[^c]: Nobody refers here.\n\nLast.',
    );

    expect(shown(document)).toEqual([
      'paragraph · A and end.',
      'footnote · 2 · an inline one',
      'footnote · b · Note b goes on.',
      'footnote · c · Nobody refers here.',
      'paragraph · Last.',
    ]);
  });

  it('keeps the front matter apart and counts lines from the top of the file', async () => {
    const document = await read('---\ntitle: The title\nauthor: Ann\n---\n\n# One\n');

    expect(document.title).toBe('The title');
    expect(document.hidden).toMatchObject([{ text: 'title: The title author: Ann' }]);
    expect(document.units[0]?.locator).toMatchObject({ kind: 'text', line: 6 });
    expect(document.warnings).toMatchObject([{ code: 'hidden-text', count: 1 }]);
  });

  it('reads blocks of HTML as HTML, tables in the same count', async () => {
    const document = await read(
      'Text<br>with <a href="x.md">tags</a> <img alt="logo" src=l>.\n\n<table><tr><th>A<th>B</table>\n\n<p hidden>secret</p>\n\n|C|D|\n|-|-|\n|e|f|\n',
    );

    expect(shown(document)).toEqual([
      'paragraph · Text with tags logo .',
      'table-row · A | B',
      'table-row · C | D',
      'table-row · e | f',
    ]);
    expect(document.units.map(({ table }) => table?.table)).toEqual([undefined, 1, 2, 2]);
    expect(document.units[0]?.links).toEqual([{ from: 10, to: 14, target: 'x.md' }]);
    expect(document.hidden.map(({ text }) => text)).toEqual(['secret']);
  });

  it('nested deeper than its parser follows is refused, not cut', async () => {
    await expect(read(`${'> '.repeat(300)}deep`)).rejects.toMatchObject({
      code: 'file_too_complex',
    });
    expect(shown(await read(`${'> '.repeat(190)}deep`))).toEqual(['quote · deep']);
  });

  it('gives every word to exactly one unit, in order, on the line where it is', async () => {
    const word = fc.stringMatching(/^[a-z]{2,7}$/).filter((each) => !/^(?:www|title)/.test(each));
    const words = fc.array(word, { minLength: 1, maxLength: 5 }).map((each) => each.join(' '));
    const block = fc.oneof(
      words,
      words.map((text) => `## ${text}`),
      fc
        .array(words, { minLength: 1, maxLength: 4 })
        .map((items) => items.map((item) => `- ${item}`).join('\n')),
      fc
        .array(words, { minLength: 1, maxLength: 3 })
        .map((items) =>
          items.map((item, index) => `${'  '.repeat(index)}- [x] **${item}**`).join('\n'),
        ),
      words.map((text) => `> ${text}\n> - ${text}`),
      words.map((text) => `\`\`\`\n${text}\n\n${text}\n\`\`\``),
      fc
        .tuple(words, words)
        .map(([left, right]) => `| ${left} | ${right} |\n|---|---|\n| ${right} | *${left}* |`),
      words.map((text) => `<div>\n${text}\n</div>`),
      fc.tuple(word, words).map(([label, text]) => `[^${label}]: ${text}`),
      words.map((text) => `[${text}](x)`),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(block, { minLength: 1, maxLength: 8 }), async (blocks) => {
        const source = blocks.join('\n\n');
        const document = await read(source);
        const expected = source
          .replace(/^\[\^[a-z]+\]:|\[x\]|\]\(x\)|<\/?div>/gm, ' ')
          .match(/[a-z]+/g);
        expect(document.units.flatMap(({ text }) => text.match(/[a-z]+/g) ?? [])).toEqual(expected);
        const lines = source.split('\n');
        for (const { text, locator } of document.units) {
          if (locator.kind !== 'text') throw new Error('Expected a locator of a text.');
          const [first = ''] = text.match(/[a-z]+/) ?? [];
          expect(lines.slice(locator.line - 1, locator.line + 1).join(' ')).toContain(first);
        }
      }),
      { numRuns: 150 },
    );
  });
});
