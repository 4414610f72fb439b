import { describe, expect, it } from '@jest/globals';
import { readDocx } from '#shared/documents/read/docx.ts';
import { cell, row } from '../../support/docx-content.ts';
import { linkedParts } from '../../support/docx-parts.ts';
import { docxFile, paragraph, run } from '../../support/office-files.ts';

const read = (body: string, more = {}) => readDocx(docxFile({ body, ...more }));
const style = (type: string, id: string) =>
  `<w:style w:type="${type}" w:styleId="${id}"><w:rPr><w:vanish/></w:rPr></w:style>`;
const styles = style('character', 'C') + style('paragraph', 'P');
const hiddenRun = (text: string) => run(text, '<w:vanish/>');

describe('readDocx: hidden text', () => {
  it('is kept apart, a stretch at a time, with its place', async () => {
    const body = `${paragraph('x')}<w:p>${run('a')}${hiddenRun('b')}${hiddenRun('c')}${run('d')}${hiddenRun('e')}</w:p>`;

    const { units, hidden, warnings } = await read(body);

    const locator = { kind: 'docx', part: 'body', paragraph: 2, headingPath: [] };
    expect(units.map((unit) => unit.text)).toEqual(['x', 'ad']);
    expect(hidden).toEqual([
      { text: 'bc', locator },
      { text: 'e', locator },
    ]);
    expect(warnings).toMatchObject([{ code: 'hidden-text', count: 2 }]);
  });

  it('may be hidden by styles, which undo each other', async () => {
    const inP = (content: string) => `<w:p><w:pPr><w:pStyle w:val="P"/></w:pPr>${content}</w:p>`;
    const inC = (text: string) => run(text, '<w:rStyle w:val="C"/>');
    const body = inP(run('a')) + inP(inC('b')) + inP(run('c', '<w:vanish w:val="0"/>'));

    const { units, hidden } = await read(body, { styles });

    expect(units.map((unit) => unit.text)).toEqual(['b', 'c']);
    expect(hidden?.map(({ text }) => text)).toEqual(['a']);
  });

  it('is not what only the web view or the mark of a paragraph hides', async () => {
    const body = `<w:p>${run('a', '<w:webHidden/>')}</w:p><w:p><w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>${run('b')}</w:p>`;

    const { units, hidden } = await read(body);

    expect(units.map((unit) => unit.text)).toEqual(['a', 'b']);
    expect(hidden).toEqual([]);
  });

  it('may be a row, or stand in a cell that another covers', async () => {
    const start = cell(paragraph('a'), '<w:vMerge w:val="restart"/>');
    const covered = cell(paragraph('covered'), '<w:vMerge/>');
    const body = `<w:tbl><w:tr>${start}</w:tr><w:tr>${covered}</w:tr>${row(['row'], '<w:hidden/>')}</w:tbl>`;

    const { units, hidden, warnings } = await read(body);

    expect(units.map((unit) => unit.text)).toEqual(['a']);
    expect(
      hidden?.map(({ text, locator }) => [text, 'paragraph' in locator && locator.paragraph]),
    ).toEqual([
      ['covered', 2],
      ['row', 3],
    ]);
    expect(warnings.map(({ code }) => code)).toEqual(['hidden-content', 'hidden-text']);
  });

  it('shows a cell that goes on from nothing', async () => {
    const { units } = await read(
      `<w:tbl><w:tr>${cell(paragraph('a'), '<w:vMerge/>')}</w:tr></w:tbl>`,
    );

    expect(units.map((unit) => unit.text)).toEqual(['a']);
  });

  it('keeps notes that nothing refers to, and counts building blocks', async () => {
    const footnotes = `<w:footnote w:id="1">${paragraph('unused')}</w:footnote>`;
    const block = `<w:docPart><w:docPartBody>${paragraph('block')}</w:docPartBody></w:docPart>`;
    const glossary = {
      type: 'glossaryDocument',
      root: 'w:glossaryDocument',
      content: `<w:docParts>${block}${block}</w:docParts>`,
    };

    const { hidden, warnings } = await read(paragraph('a'), {
      footnotes,
      ...linkedParts([glossary]),
    });

    expect(hidden).toMatchObject([{ text: 'unused', locator: { part: 'footnote', paragraph: 1 } }]);
    expect(warnings).toMatchObject([
      { code: 'hidden-content', count: 1 },
      { code: 'unsupported-part', count: 2 },
    ]);
  });
});
