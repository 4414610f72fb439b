import { describe, expect, it } from '@jest/globals';
import { readDocx } from '#shared/documents/read/docx.ts';
import { cell, row, styled } from '../../support/docx-content.ts';
import { docxFile, paragraph, run } from '../../support/office-files.ts';

const by = 'w:id="1" w:author="Ada" w:date="2026-01-02T03:04:05Z"';
const inserted = (text: string, who = by) => `<w:ins ${who}>${run(text)}</w:ins>`;
const deleted = (text: string, who = by) =>
  `<w:del ${who}><w:r><w:delText xml:space="preserve">${text}</w:delText></w:r></w:del>`;
const markedBy = (change: string) => `<w:rPr><w:${change} ${by}/></w:rPr>`;
const read = (body: string, more = {}) => readDocx(docxFile({ body, ...more }));
const changesIn = async (body: string, more = {}) =>
  ((await read(body, more)).changes ?? []).map(({ kind, text }) => [kind, text]);

describe('readDocx: tracked changes', () => {
  it('reads as accepted and lists what was done, by whom, when and where', async () => {
    const body = `${paragraph('First')}<w:p>${run('a ')}${inserted('b ')}${deleted('c ')}${run('d')}</w:p>`;

    const { units, changes, warnings } = await read(body);

    const locator = { kind: 'docx', part: 'body', paragraph: 2, headingPath: [] };
    const who = { author: 'Ada', madeAt: '2026-01-02T03:04:05Z', locator };
    expect(units[1]?.text).toBe('a b d');
    expect(changes).toEqual([
      { kind: 'insertion', text: 'b ', ...who },
      { kind: 'deletion', text: 'c ', ...who },
    ]);
    expect(warnings).toMatchObject([{ code: 'deleted-text', count: 1 }]);
  });

  it('joins the pieces of one change, and tells those of others apart', async () => {
    const other = 'w:id="2" w:author="Bo"';
    const body = `<w:p>${inserted('a')}${inserted('b')}${run('-')}${inserted('c')}${inserted('d', other)}</w:p>`;

    expect(await changesIn(body)).toEqual([
      ['insertion', 'ab'],
      ['insertion', 'c'],
      ['insertion', 'd'],
    ]);
  });

  it('tells what somebody inserted and somebody else deleted', async () => {
    const body = `<w:p>${run('a')}<w:ins ${by}>${deleted('b', 'w:author="Bo"')}</w:ins></w:p>`;

    expect(await changesIn(body)).toEqual([
      ['deletion', 'b'],
      ['insertion', 'b'],
    ]);
  });

  it('tells moves on both sides', async () => {
    const body = `<w:p><w:moveFrom ${by}>${run('x')}</w:moveFrom>${run('y')}<w:moveTo ${by}>${run('x')}</w:moveTo></w:p>`;

    expect(await changesIn(body)).toEqual([
      ['move-from', 'x'],
      ['move-to', 'x'],
    ]);
    expect((await read(body)).warnings).toEqual([]);
  });

  it('joins paragraphs whose mark was deleted, with the properties of the last', async () => {
    const styles =
      '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>';
    const gone = paragraph('One ', markedBy('del'));
    const body = `${gone}<w:p><w:pPr>${markedBy('moveFrom')}</w:pPr></w:p>${styled('two', 'H')}${gone}`;

    const { units, changes } = await read(body, { styles });

    expect(units.map(({ kind, text }) => [kind, text])).toEqual([
      ['heading', 'One two'],
      ['paragraph', 'One'],
    ]);
    expect(units[0]?.locator).toMatchObject({ paragraph: 1 });
    expect(changes?.map(({ kind, text }) => [kind, text])).toEqual([
      ['deletion', '\n'],
      ['move-from', '\n'],
      ['deletion', '\n'],
    ]);
  });

  it('joins inserted text with the inserted mark behind it', async () => {
    const body = `<w:p><w:pPr>${markedBy('ins')}</w:pPr>${inserted('new')}</w:p>`;

    expect(await changesIn(body)).toEqual([['insertion', 'new\n']]);
  });

  it('tells rows and cells that were inserted or deleted, once', async () => {
    const add = `<w:ins ${by}/>`;
    const newRow = `<w:tr><w:trPr>${add}</w:trPr>${cell(`<w:p>${inserted('a')}</w:p>`)}${cell(paragraph('b'))}</w:tr>`;
    const oldRow = `<w:tr><w:trPr><w:del ${by}/></w:trPr>${cell(`<w:p>${deleted('c')}</w:p>`)}${cell(paragraph('d'))}</w:tr>`;
    const cells = `<w:tr>${cell(paragraph('e'), `<w:cellIns ${by}/>`)}${cell(paragraph('f'), `<w:cellDel ${by}/>`)}${cell(paragraph('g'))}</w:tr>`;
    const body = `<w:tbl>${newRow}${oldRow}${cells}</w:tbl>`;

    const { units, changes } = await read(body);

    expect(units.map((unit) => unit.table?.cells)).toEqual([
      ['a', 'b'],
      ['e', 'g'],
    ]);
    const told = (changes ?? []).map(({ kind, text }) => `${kind} ${text}`);
    expect(told.sort()).toEqual(['deletion c | d', 'deletion f', 'insertion a | b', 'insertion e']);
  });

  it('tells changes of format once for each paragraph, with its text', async () => {
    const change = (name: string) => `<w:${name} ${by}><w:rPr/></w:${name}>`;
    const body = `<w:p><w:pPr>${change('pPrChange')}</w:pPr>${run('a', change('rPrChange'))}${run('b', change('rPrChange'))}</w:p>`;
    const table = `<w:tbl><w:tblPr>${change('tblPrChange')}</w:tblPr>${row(['x', 'y'], change('trPrChange'))}</w:tbl>`;

    expect(await changesIn(body + table)).toEqual([
      ['formatting', 'ab'],
      ['formatting', ''],
      ['formatting', 'x | y'],
    ]);
  });

  it('takes a note for deleted where its reference was', async () => {
    const footnotes = `<w:footnote w:id="7">${paragraph('note')}</w:footnote>`;
    const body = `<w:p>${run('a')}<w:del ${by}><w:r><w:footnoteReference w:id="7"/></w:r></w:del></w:p>`;

    const { units, changes, hidden } = await read(body, { footnotes });

    expect(units.map((unit) => unit.text)).toEqual(['a']);
    expect(hidden).toEqual([]);
    expect(changes).toMatchObject([
      { kind: 'deletion', text: 'note', locator: { part: 'footnote', paragraph: 1 } },
    ]);
  });

  it('gives a change the headings above it, and not the heading that it is in', async () => {
    const styles =
      '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>';
    const heading = (text: string) =>
      `<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr>${inserted(text)}</w:p>`;
    const body = `${heading('One')}<w:p>${deleted('x')}</w:p>${heading('Two')}`;

    const { changes } = await read(body, { styles });

    expect(changes?.map(({ locator }) => locator.headingPath)).toEqual([[], ['One'], []]);
  });
});
