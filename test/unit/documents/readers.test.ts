import { describe, expect, it } from '@jest/globals';
import { DocumentFormat } from '#shared/domain/document.ts';
import { documentIdOf } from '#shared/domain/ids.ts';
import { readDocument } from '../../support/read-document.ts';

async function read(name: string, content: string | Uint8Array) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const document = await readDocument(
    { documentId: documentIdOf(1), name, bytes },
    DocumentFormat.options,
  );
  const units = document.units.map(({ kind, text, level, marker }) =>
    [
      kind,
      text,
      ...(level === undefined ? [] : [level]),
      ...(marker === undefined ? [] : [marker]),
    ].join(' · '),
  );
  return { document, units };
}

describe('Markdown', () => {
  it('becomes headings, paragraphs, nested items, rows, code, quotes and footnotes without markup', async () => {
    const { document, units } = await read(
      'a.md',
      [
        '---',
        'title: "A title"',
        '---',
        '# One *big* thing',
        '',
        'Text with **bold**, [a link](https://x.y) and `code`.',
        'Same paragraph.[^1]',
        '',
        '- first',
        '  1. inner',
        '  2. second',
        '',
        '| A | B |',
        '|---|---|',
        '| 1 | 2 |',
        '',
        '> quoted',
        '',
        '```',
        'let a = 1',
        '```',
        '',
        '## Two',
        '',
        'End.',
        '',
        '[^1]: The note.',
      ].join('\n'),
    );

    expect(document.title).toBe('A title');
    expect(units).toEqual([
      'heading · One big thing · 1',
      'paragraph · Text with bold, a link and code. Same paragraph.',
      'list-item · first · 0 · •',
      'list-item · inner · 1 · 1.',
      'list-item · second · 1 · 2.',
      'table-row · A | B',
      'table-row · 1 | 2',
      'quote · quoted',
      'code · let a = 1',
      'heading · Two · 2',
      'paragraph · End.',
      'footnote · The note.',
    ]);
    expect(document.units.at(-2)?.locator).toEqual({
      kind: 'text',
      line: 25,
      headingPath: ['One big thing', 'Two'],
    });
    expect(document.units[5]?.table).toMatchObject({ row: 1, isHeader: true, cells: ['A', 'B'] });
  });

  it('of a megabyte of hostile emphasis is read in linear time', async () => {
    const { units } = await read('a.md', '*a_ '.repeat(60_000));

    expect(units.length).toBe(1);
  });
});

describe('HTML', () => {
  it('becomes what a reader of the page sees', async () => {
    const { document, units } = await read(
      'a.html',
      `<!doctype html><title>Page</title><style>p{}</style><script>x</script>
      <h1>One</h1><p>Text with <b>bold</b><br>and a break.</p><div>Loose text<p>Inner</p></div>
      <ol start="3"><li>third</li><li>fourth<ul><li>inner</li></ul></li></ol>
      <table><caption>Cap</caption><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2 <i>x</i></td></tr></table>
      <pre>code</pre><blockquote><p>quoted</p></blockquote><p hidden>secret</p><p style="display: none">secret</p>`,
    );

    expect(document.title).toBe('Page');
    expect(units).toEqual([
      'heading · One · 1',
      'paragraph · Text with bold and a break.',
      'paragraph · Loose text',
      'paragraph · Inner',
      'list-item · third · 0 · 3.',
      'list-item · fourth · 0 · 4.',
      'list-item · inner · 1 · •',
      'caption · Cap',
      'table-row · A | B',
      'table-row · 1 | 2 x',
      'code · code',
      'quote · quoted',
    ]);
    expect(document.hidden.map(({ text }) => text)).toEqual(['secret', 'secret']);
    expect(document.warnings).toMatchObject([
      { code: 'unsupported-part', count: 2 },
      { code: 'hidden-text', count: 2 },
    ]);
  });

  it('nested twenty thousand deep is read without a stack overflow', async () => {
    const { units } = await read('a.html', `<html>${'<div>'.repeat(20_000)}deep`);

    expect(units).toEqual(['paragraph · deep']);
  });
});

describe('plain text', () => {
  it('becomes paragraphs, headings by their form, and items', async () => {
    const { units } = await read(
      'a.txt',
      'ANNUAL REPORT\n\n3.2 Costs of the year\n\nOne line\nof a paragraph.\n\nTitle\n=====\n\n- one\n- two\n  goes on\n\n1) last\n',
    );

    expect(units).toEqual([
      'heading · ANNUAL REPORT · 1',
      'heading · 3.2 Costs of the year · 2',
      'paragraph · One line of a paragraph.',
      'heading · Title · 1',
      'list-item · one · 0 · -',
      'list-item · two goes on · 0 · -',
      'list-item · last · 0 · 1)',
    ]);
  });

  it('is decoded by its mark, as UTF-8, or by a guess that is told', async () => {
    const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from('Grüße aus Köln.', 'utf16le')]);
    const latin = new Uint8Array(
      Buffer.from('Grüße aus Köln, die größte Stadt für schöne Gärten und Bücher.', 'latin1'),
    );

    expect((await read('a.txt', utf16)).units).toEqual(['paragraph · Grüße aus Köln.']);
    const guessed = await read('b.txt', latin);
    expect(guessed.units[0]).toContain('Grüße aus Köln');
    expect(guessed.document.warnings).toMatchObject([{ code: 'encoding-guessed' }]);
  });
});
