import { describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import { markLanguage } from '#shared/documents/edit/language/mark-language.ts';
import { openForEdit } from '#shared/documents/edit/open-for-edit.ts';
import type { DocumentFormat } from '#shared/domain/document.ts';
import { linkedParts } from '../../../support/docx-parts.ts';
import { makePackage, makePptx, makeXlsx } from '../../../support/edit-files.ts';
import { makeDocx } from '../../../support/office-files.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

/** The file with every text `Text` as another one, and marked. */
async function translated(
  original: Uint8Array,
  format: DocumentFormat,
  { language, text = 'Wort' }: { language: string; text?: string },
): Promise<Uint8Array> {
  const file = await openForEdit({ bytes: original }, format);
  const texts = file.segments.flatMap((segment) =>
    segment.text === 'Text' ? [[segment.id, text] as const] : [],
  );
  return await markLanguage({ original, edited: file.write(new Map(texts)) }, format, language);
}

const arabic = { language: 'ar', text: 'نص' };
const run = (properties: string) => `<w:r><w:rPr>${properties}</w:rPr><w:t>Text</w:t></w:r>`;

async function wordBody(body: string, to: { language: string; text?: string }): Promise<string> {
  const parts = unzipSync(await translated(makeDocx({ body }), 'docx', to));
  return /<w:body>(.*)<\/w:body>/s.exec(decode(parts['content/main.xml']))?.[1] ?? '';
}

describe('markLanguage of a DOCX', () => {
  it.each([
    ['de', '<w:lang w:val="de-DE" w:eastAsia="ja-JP" w:bidi="he-IL"/>'],
    ['pt-BR', '<w:lang w:val="pt-BR" w:eastAsia="ja-JP" w:bidi="he-IL"/>'],
    ['zh-Hant', '<w:lang w:val="en-US" w:eastAsia="zh-TW" w:bidi="he-IL"/>'],
    ['fa', '<w:lang w:val="en-US" w:eastAsia="ja-JP" w:bidi="fa-IR"/>'],
  ])('sets the language of runs to %s, in the attribute of its script', async (language, lang) => {
    const before = '<w:lang w:val="en-US" w:eastAsia="ja-JP" w:bidi="he-IL"/>';

    expect(await wordBody(`<w:p>${run(before)}</w:p>`, { language })).toContain(lang);
  });

  it('leaves what is in no language', async () => {
    const lang = '<w:lang w:val="x-none"/>';

    expect(await wordBody(`<w:p>${run(lang)}</w:p>`, { language: 'de' })).toContain(lang);
  });

  it('lets paragraphs, tables, sections and runs go from right to left, in the order of the schema', async () => {
    const body = [
      `<w:p><w:pPr><w:keepNext/><w:spacing w:after="1"/></w:pPr>${run('<w:b/><w:sz w:val="28"/><w:lang w:bidi="he-IL"/>')}<w:r><w:t> 12</w:t></w:r></w:p>`.replace(
        '<w:r><w:t> 12</w:t></w:r>',
        '',
      ),
      `<w:tbl><w:tblPr><w:tblStyle w:val="a"/><w:tblW w:w="1"/></w:tblPr><w:tr><w:tc><w:p/><w:p><w:pPr/><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`,
      '<w:sectPr><w:pgSz w:w="1"/><w:docGrid/></w:sectPr>',
    ].join('');

    expect(await wordBody(body, arabic)).toBe(
      [
        '<w:p><w:pPr><w:keepNext/><w:bidi/><w:spacing w:after="1"/></w:pPr><w:r><w:rPr><w:b/><w:bCs/><w:sz w:val="28"/><w:szCs w:val="28"/><w:rtl/><w:lang w:bidi="ar-EG"/></w:rPr><w:t>نص</w:t></w:r></w:p>',
        '<w:tbl><w:tblPr><w:tblStyle w:val="a"/><w:bidiVisual/><w:tblW w:w="1"/></w:tblPr><w:tr><w:tc><w:p><w:pPr><w:bidi/></w:pPr></w:p><w:p><w:pPr><w:bidi/></w:pPr><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
        '<w:sectPr><w:pgSz w:w="1"/><w:bidi/><w:docGrid/></w:sectPr>',
      ].join(''),
    );
  });

  it('lets a text from a right-to-left language go from left to right', async () => {
    const body = `<w:p><w:pPr><w:bidi/><w:jc w:val="left"/></w:pPr>${run('<w:rtl/>')}</w:p><w:p><w:r><w:rPr><w:rtl/></w:rPr><w:t>שלום</w:t></w:r></w:p>`;

    expect(await wordBody(body, { language: 'en' })).toBe(
      '<w:p><w:pPr><w:jc w:val="left"/></w:pPr><w:r><w:rPr></w:rPr><w:t>Wort</w:t></w:r></w:p><w:p><w:r><w:rPr><w:rtl/></w:rPr><w:t>שלום</w:t></w:r></w:p>',
    );
  });

  it.each([
    [
      '',
      '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>',
    ],
    [
      '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="2"/></w:rPr></w:rPrDefault></w:docDefaults>',
      '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="2"/><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>',
    ],
    [
      '<w:docDefaults><w:rPrDefault/></w:docDefaults>',
      '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>',
    ],
    [
      '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:eastAsia="ja-JP"/></w:rPr></w:rPrDefault></w:docDefaults>',
      '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="de-DE" w:eastAsia="ja-JP"/></w:rPr></w:rPrDefault></w:docDefaults>',
    ],
  ])('says in the styles what text is in by default: %j', async (defaults, marked) => {
    const parts = linkedParts([{ type: 'styles', root: 'w:styles', content: defaults }]);
    const file = makeDocx({ body: `<w:p>${run('')}</w:p>`, ...parts });
    const files = unzipSync(await translated(file, 'docx', { language: 'de' }));

    expect(decode(files['content/linked1.xml'])).toContain(marked);
  });

  it('leaves every part without a new text as it was, but for the styles, and a file without any new text too', async () => {
    const parts = linkedParts([
      {
        type: 'footnotes',
        root: 'w:footnotes',
        content: `<w:footnote w:id="2"><w:p>${run('<w:lang w:val="en-US"/>').replace('Text', '12')}</w:p></w:footnote>`,
      },
    ]);
    const file = makeDocx({ body: `<w:p>${run('')}</w:p>`, ...parts });
    const before = unzipSync(file);
    const after = unzipSync(await translated(file, 'docx', arabic));

    expect(
      Object.keys(before).filter((name) => decode(before[name]) !== decode(after[name])),
    ).toEqual(['content/main.xml']);
    expect(await markLanguage({ original: file, edited: file }, 'docx', 'ar')).toBe(file);
  });
});

const slide = (paragraphs: string, placeholder = '') =>
  makePptx(
    `<p:sp><p:nvSpPr><p:cNvPr id="2" name="a"/><p:cNvSpPr/><p:nvPr>${placeholder}</p:nvPr></p:nvSpPr><p:txBody><a:bodyPr/>${paragraphs}</p:txBody></p:sp>`,
  );
const paragraphsOf = async (file: Uint8Array, to: { language: string; text?: string }) =>
  /<a:bodyPr\/>(.*)<\/p:txBody>/s.exec(
    decode(unzipSync(await translated(file, 'pptx', to))['deck/one.xml']),
  )?.[1];

describe('markLanguage of a PPTX', () => {
  const text = '<a:r><a:rPr lang="en-US" b="1"/><a:t>Text</a:t></a:r><a:endParaRPr lang="en-US"/>';

  it('sets the language of runs', async () => {
    expect(await paragraphsOf(slide(`<a:p>${text}</a:p>`), { language: 'fr' })).toBe(
      '<a:p><a:r><a:rPr lang="fr-FR" b="1"/><a:t>Wort</a:t></a:r><a:endParaRPr lang="fr-FR"/></a:p>',
    );
  });

  it.each([
    ['', '', '<a:pPr algn="r" rtl="1"/>'],
    ['<a:pPr lvl="1"/>', '', '<a:pPr rtl="1" algn="r" lvl="1"/>'],
    ['<a:pPr algn="ctr"/>', '', '<a:pPr rtl="1" algn="ctr"/>'],
    ['<a:pPr algn="r"/>', '', '<a:pPr rtl="1" algn="l"/>'],
    ['<a:pPr rtl="1" algn="r"/>', '', '<a:pPr rtl="1" algn="r"/>'],
    ['', '<p:ph type="title"/>', '<a:pPr rtl="1"/>'],
  ])('turns the paragraph %j in %j', async (before, placeholder, after) => {
    const found = await paragraphsOf(slide(`<a:p>${before}${text}</a:p>`, placeholder), arabic);

    expect(found?.slice(0, after.length + 5)).toBe(`<a:p>${after}`);
  });

  it('turns paragraphs back', async () => {
    const file = slide(`<a:p><a:pPr algn="r" rtl="1"/>${text}</a:p>`);

    expect(await paragraphsOf(file, { language: 'en' })).toContain('<a:pPr algn="l" rtl="0"/>');
  });
});

describe('markLanguage of other files', () => {
  it('turns every sheet of a workbook, and back', async () => {
    const cell = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>';
    const book = makeXlsx(cell, { strings: ['<t>Text</t>'] });
    const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
    const view = (turned: string) =>
      `<worksheet ${main}><sheetViews><sheetView${turned} workbookViewId="0"/></sheetViews><sheetData>${cell}</sheetData></worksheet>`;
    const files = unzipSync(book);
    const withView = (turned: string) =>
      makePackage({
        ...Object.fromEntries(
          ['book/book.xml', 'book/words.xml'].map((name) => [name, decode(files[name])]),
        ),
        'book/one.xml': view(turned),
        'book/_rels/book.xml.rels': decode(files['book/_rels/book.xml.rels']),
      });
    const sheetOf = async (turned: string, to: { language: string; text?: string }) =>
      decode(unzipSync(await translated(withView(turned), 'xlsx', to))['book/one.xml']);

    expect(await sheetOf('', arabic)).toContain('<sheetView rightToLeft="1" workbookViewId');
    expect(await sheetOf(' rightToLeft="1"', { language: 'en' })).toContain('rightToLeft="0"');
    expect(await sheetOf('', { language: 'de' })).toBe(view(''));
  });

  it.each([
    [
      'html',
      'de',
      '<!doctype html><html lang="en-US" class=a><p lang=en>Text<p lang="fr">Non',
      '<!doctype html><html lang="de" class=a><p lang="de">Wort<p lang="fr">Non',
    ],
    ['html', 'ar', '<html class="a"><p>Text', '<html lang="ar" dir="rtl" class="a"><p>Wort'],
    ['html', 'en', '<html dir=RTL lang=he><p>Text', '<html dir="ltr" lang="en"><p>Wort'],
    [
      'html',
      'de',
      '<html lang="en"><p>Text<p lang="en" translate="no">Stay',
      '<html lang="de"><p>Wort<p lang="en" translate="no">Stay',
    ],
    ['html', 'de', '<p>Text</p>', '<p>Wort</p>'],
    [
      'vtt',
      'pt-BR',
      'WEBVTT\nKind: captions\nLanguage: en\n\n00:01.000 --> 00:02.000\nText\n',
      'WEBVTT\nKind: captions\nLanguage: pt-BR\n\n00:01.000 --> 00:02.000\nWort\n',
    ],
    [
      'markdown',
      'de',
      '---\ntitle: x\nlang: en-GB\n---\n\nText\n',
      '---\ntitle: x\nlang: de\n---\n\nWort\n',
    ],
    ['markdown', 'de', 'Text\n\nlang: en\n', 'Wort\n\nlang: en\n'],
    [
      'srt',
      'ar',
      '1\n00:00:01,000 --> 00:00:02,000\nText\n',
      '1\n00:00:01,000 --> 00:00:02,000\nWort\n',
    ],
  ] as const)('marks %s as %s: %j', async (...[format, language, before, after]) => {
    expect(decode(await translated(encode(before), format, { language }))).toBe(after);
  });
});
