import { describe, expect, it } from '@jest/globals';
import { type Document, DocumentFormat } from '#shared/domain/document.ts';
import { sourceFile } from '../../../support/office-files.ts';
import { readDocument } from '../../../support/read-document.ts';

function read(content: string): Promise<Document> {
  return readDocument(sourceFile('text.rtf', content), DocumentFormat.options);
}

const head =
  '{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset204 Arial;}{\\f2\\fcharset128 Gothic;}}' +
  '{\\stylesheet{\\s0 Normal;}{\\s1 heading 1;}}{\\info{\\title A report}{\\author Nobody}}';

describe('an RTF file', () => {
  it('has headings, paragraphs, items, rows, notes and links with their places', async () => {
    const document = await read(
      `${head}{\\header Draft\\par}\\pard\\s1 Costs\\par\\pard Text{\\super 1}{\\footnote {\\super 1} The note.} and
 {\\field{\\*\\fldinst HYPERLINK "https://example.org/a"}{\\fldrslt a link}}.\\par
{\\listtext\\'95\\tab}An item\\par
\\trowd\\trhdr\\pard\\intbl A\\cell B\\cell\\row\\trowd\\pard\\intbl 1\\cell two\\par lines\\cell\\row\\pard End\\par}`,
    );

    expect(document.title).toBe('A report');
    expect(document.units.map(({ kind, text }) => [kind, text])).toEqual([
      ['page-header', 'Draft'],
      ['heading', 'Costs'],
      ['paragraph', 'Text1 and a link.'],
      ['footnote', '1 The note.'],
      ['list-item', 'An item'],
      ['table-row', 'A | B'],
      ['table-row', '1 | two lines'],
      ['paragraph', 'End'],
    ]);
    const paragraph = document.units[2];
    const [link] = paragraph?.links ?? [];
    expect(paragraph?.text.slice(link?.from, link?.to)).toBe('a link');
    expect(paragraph?.locator).toEqual({
      kind: 'rtf',
      part: 'body',
      paragraph: 2,
      headingPath: ['Costs'],
    });
    expect(document.units[5]?.table?.isHeader).toBe(true);
  });

  it('decodes letters by the character set of their font, and by Unicode with its fallback skipped', async () => {
    const document = await read(
      `${head}\\pard Gr\\'fc\\'dfe {\\f1 \\'cf\\'f0} {\\f2 \\'93\\'fa\\'96\\'7b} {\\uc2\\u8364\\'3f\\'3f}\\u-10179?\\u-8704?\\par}`,
    );

    expect(document.units[0]?.text).toBe('Grüße Пр 日本 €😀');
  });

  it('keeps hidden and deleted text apart, and counts pictures and objects', async () => {
    const document = await read(
      `${head}\\pard Shown {\\v kept away} {\\deleted gone }{\\revised new}{\\pict 00ff}{\\object{\\*\\objdata 01}{\\result as shown}}\\par}`,
    );

    expect(document.units[0]?.text).toBe('Shown newas shown');
    expect(document.hidden.map(({ text }) => text)).toEqual(['kept away']);
    expect(document.changes.map(({ kind, text }) => [kind, text])).toEqual([
      ['deletion', 'gone '],
      ['insertion', 'new'],
    ]);
    expect(document.warnings.map(({ code }) => code).sort()).toEqual([
      ...['deleted-text', 'embedded-object', 'hidden-text', 'image'],
    ]);
  });

  it('that is cut or whose data claims too much is read as far as it goes', async () => {
    const document = await read(`${head}\\pard First\\par\\bin2147483647 rest`);

    expect(document.units.map((unit) => unit.text)).toEqual(['First']);
    expect(document.warnings.map(({ code }) => code)).toEqual(['malformed']);
  });

  it('of groups within groups without end is refused', async () => {
    await expect(read(`${head}${'{'.repeat(100_000)}`)).rejects.toMatchObject({
      code: 'file_too_complex',
    });
  });
});
