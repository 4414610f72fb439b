import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openMarkdownForEdit } from '#shared/documents/edit/markdown.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const open = (text: string) => openMarkdownForEdit(bytesOf(text));

const page = [
  '---',
  'title: kept',
  '---',
  '# Head *one* #',
  '',
  '> - Item with `code` and [link **x**](http://a.b "T")',
  '>   goes on\\',
  '>   here &amp; there\\*',
  '',
  '| a | ![pic](p.png) |',
  '|---|---|',
  '| c &lt; d | <http://e.f> g |',
  '',
  'Note[^1] <kbd>k</kbd>',
  '',
  '```',
  'no',
  '```',
  '<div>no</div>',
  '',
  '[^1]: The note',
  '',
].join('\r\n');

describe('openMarkdownForEdit', () => {
  it('has texts of headings, items, cells, links, images and notes', () => {
    expect(open(page).segments.map(({ text }) => text)).toEqual(
      [
        'Head <g1>one</g1>',
        'Item with <x1/> and <g2>link <g3>x</g3></g2> goes on<x4/>here &amp; there*',
        'a',
        '<x1/>',
        'pic',
        'c &lt; d',
        '<x1/> g',
        'Note<x1/> <x2/>k<x3/>',
        'The note',
      ].filter((text) => text !== '<x1/>'),
    );
  });

  it('escapes what would be markup and leaves all else', () => {
    const file = open(page);
    const ids = new Map(file.segments.map(({ text, id }) => [text, id]));
    const written = textOf(
      file.write(
        new Map([
          [ids.get('a') ?? '', 'x | *y* snake_case _z_'],
          [ids.get('The note') ?? '', '1. [a] &lt;b&gt;\n# c \\ #'],
          [ids.get('Head <g1>one</g1>') ?? '', '<g1>Eins</g1> Kopf'],
        ]),
      ),
    );

    expect(written).toBe(
      page
        .replace('# Head *one* #', '# *Eins* Kopf #')
        .replace('| a |', '| x \\| \\*y\\* snake_case \\_z\\_ |')
        .replace('The note', '1\\. \\[a\\] \\<b> # c \\\\ \\#'),
    );
  });

  it('gives the same bytes for the same texts, and takes a new text as plain text, in any markup', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        'word',
        ' ',
        '\n',
        '\n\n',
        '- ',
        '1. ',
        '> ',
        '# ',
        '*',
        '**',
        '_',
        '`',
        '[',
        '](u)',
        '![',
        '\\',
        '&amp;',
      ],
      ...['<b>', '|', '|---|\n', '    ', '~~', '[^1]', '<http://a.b>'],
    );
    const words = fc.array(
      fc.constantFrom('x', '*', '_', '# ', '- ', '1.', '[', ']', '`', '\\', '~~', ' '),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 16 }), words, (pieces, list) => {
        const source = pieces.join('');
        const file = open(source);
        expect(textOf(file.write(new Map(file.segments.map(({ id, text }) => [id, text]))))).toBe(
          source,
        );

        const plain = `v${list.join('')}w`;
        const own = open('some text');
        const written = own.write(new Map([[own.segments[0]?.id ?? '', plain]]));
        expect(openMarkdownForEdit(written).segments.map(({ text }) => text)).toEqual([plain]);
      }),
      { numRuns: 200 },
    );
  });
});
