import { describe, expect, it } from '@jest/globals';
import { readDocx } from '#shared/documents/read/docx.ts';
import { cell, styled } from '../../support/docx-content.ts';
import { type LinkedPart, linkedParts, section } from '../../support/docx-parts.ts';
import { docxFile, paragraph, run } from '../../support/office-files.ts';

const header = (content: string): LinkedPart => ({ type: 'header', root: 'w:hdr', content });
const footer = (content: string): LinkedPart => ({ type: 'footer', root: 'w:ftr', content });
const pageField = `<w:fldSimple w:instr=" PAGE ">${run('7')}</w:fldSimple>`;
const read = (parts: readonly LinkedPart[], sections: string, settings = '') =>
  readDocx(
    docxFile({
      body: styled('One', 'Heading1') + paragraph('Text') + sections,
      settings,
      ...linkedParts(parts),
    }),
  );

describe('readDocx: headers and footers', () => {
  it('gives them behind the body, each part once, with their number among their kind', async () => {
    const parts = [footer(paragraph('Foot')), header(paragraph('Head') + paragraph('2nd'))];
    const sections = `<w:p><w:pPr>${section(['header default part2'])}</w:pPr></w:p>${section(['header default part2', 'footer default part1'])}`;

    const { units } = await read(parts, sections);

    const place = { kind: 'docx', story: 1, headingPath: [] };
    expect(units.slice(2).map(({ kind, text, locator }) => [kind, text, locator])).toEqual([
      ['page-header', 'Head', { ...place, part: 'header', paragraph: 1 }],
      ['page-header', '2nd', { ...place, part: 'header', paragraph: 2 }],
      ['page-footer', 'Foot', { ...place, part: 'footer', paragraph: 1 }],
    ]);
  });

  it('keeps apart what no page shows', async () => {
    const parts = ['default', 'first', 'even', 'unused'].map((text) => header(paragraph(text)));
    const sections = section(['header default part1', 'header first part2', 'header even part3']);

    const { units, hidden, warnings } = await read(parts, sections);

    expect(units.slice(2).map((unit) => unit.text)).toEqual(['default']);
    expect(hidden?.map(({ text, locator }) => [text, 'story' in locator && locator.story])).toEqual(
      [
        ['first', 2],
        ['even', 3],
        ['unused', 4],
      ],
    );
    expect(warnings).toMatchObject([{ code: 'hidden-content', count: 3 }]);
  });

  it('shows first and even pages where sections and settings ask for them', async () => {
    const parts = ['default', 'first', 'even'].map((text) => header(paragraph(text)));
    const references = ['header default part1', 'header first part2', 'header even part3'];
    // The second section takes over the headers of the first.
    const sections = `<w:p><w:pPr>${section(references)}</w:pPr></w:p>${section([], '<w:titlePg/>')}`;

    const { units } = await read(parts, sections, '<w:evenAndOddHeaders/>');

    expect(units.slice(2).map((unit) => unit.text)).toEqual(['default', 'first', 'even']);
  });

  it('counts those that say the same as another, and those with nothing but the page', async () => {
    const sameOnFirst = [header(paragraph('Same')), header(`<w:p>${run('Sa')}${run('me')}</w:p>`)];
    const page = footer(`<w:p>${run('- ')}${pageField}${run(' -')}</w:p>`);
    const sections = section(
      ['header default part1', 'header first part2', 'footer default part3'],
      '<w:titlePg/>',
    );

    const { units, warnings } = await read([...sameOnFirst, page], sections);

    expect(units.slice(2).map((unit) => unit.text)).toEqual(['Same']);
    expect(warnings).toMatchObject([
      { code: 'repeated-header', count: 1 },
      { code: 'repeated-header', count: 1 },
    ]);
  });

  it('keeps words beside the number of the page', async () => {
    const foot = footer(`<w:p>${run('Page ')}${pageField}</w:p>`);

    const { units } = await read([foot], section(['footer default part1']));

    expect(units.at(-1)?.text).toBe('Page 7');
  });

  it('reads text boxes, watermarks and the tables that lay them out', async () => {
    const box = `<w:r><w:pict><v:shape><v:textbox><w:txbxContent>${paragraph('Box')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`;
    const watermark = '<w:r><w:pict><v:shape><v:textpath string="DRAFT"/></v:shape></w:pict></w:r>';
    const table = `<w:tbl><w:tr>${['Left', '', 'Right'].map((text) => cell(paragraph(text))).join('')}</w:tr></w:tbl>`;
    const content = `<w:p>${watermark}${box}</w:p>${table}`;

    const { units } = await read([header(content)], section(['header default part1']));

    expect(units.slice(2).map(({ kind, text }) => [kind, text])).toEqual([
      ['page-header', 'DRAFT'],
      ['page-header', 'Box'],
      ['page-header', 'Left | Right'],
    ]);
  });
});
