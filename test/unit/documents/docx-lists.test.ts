import { describe, expect, it } from '@jest/globals';
import { styled, unitsOf } from '../../support/docx-content.ts';
import { paragraph } from '../../support/office-files.ts';

describe('readDocx: lists', () => {
  const level = (depth: number, [format, text]: readonly [string, string], more = '') =>
    `<w:lvl w:ilvl="${depth}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;
  const instance = (id: number, abstractId: number, more = '') =>
    `<w:num w:numId="${id}"><w:abstractNumId w:val="${abstractId}"/>${more}</w:num>`;
  const item = (numberingId: number, depth = 0) =>
    paragraph(
      'x',
      `<w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="${numberingId}"/></w:numPr>`,
    );
  const numbering = [
    `<w:abstractNum w:abstractNumId="1">${level(0, ['decimal', '%1.'])}${level(1, ['decimal', '%1.%2'])}${level(2, ['lowerLetter', '%3)'])}${level(3, ['upperRoman', '%4'])}</w:abstractNum>`,
    `<w:abstractNum w:abstractNumId="2">${level(0, ['bullet', '\uf0b7'])}${level(1, ['bullet', '–'])}</w:abstractNum>`,
    `<w:abstractNum w:abstractNumId="3">${level(0, ['upperLetter', 'Annex %1'])}${level(1, ['decimal', '%1.%2'], '<w:isLgl/>')}${level(2, ['decimal', '%3'], '<w:lvlRestart w:val="0"/>')}</w:abstractNum>`,
    `<w:abstractNum w:abstractNumId="4">${level(0, ['decimal', '§ %1'], '<w:pStyle w:val="Clause"/>')}</w:abstractNum>`,
    instance(1, 1),
    instance(2, 2),
    instance(3, 3),
    instance(4, 4),
    instance(5, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'),
    instance(6, 1),
  ].join('');
  const markersOf = async (...items: readonly string[]) =>
    (await unitsOf({ body: items.join(''), numbering })).map((unit) => unit.marker);

  it('numbers levels and starts deeper ones again', async () => {
    const items = [
      item(1),
      item(1, 1),
      item(1, 1),
      item(1, 2),
      item(1, 2),
      item(1),
      item(1, 1),
      item(1, 3),
    ];

    expect(await markersOf(...items)).toEqual(['1.', '1.1', '1.2', 'a)', 'b)', '2.', '2.1', 'I']);
  });

  it('gives list items their depth', async () => {
    const units = await unitsOf({ body: item(1) + item(1, 1), numbering });

    expect(units.map(({ kind, level: depth }) => [kind, depth])).toEqual([
      ['list-item', 0],
      ['list-item', 1],
    ]);
  });

  it('goes on after other paragraphs and in other instances of the list', async () => {
    expect(await markersOf(item(1), paragraph('x'), item(1), item(6))).toEqual([
      '1.',
      undefined,
      '2.',
      '3.',
    ]);
  });

  it('starts again where an instance says so, once', async () => {
    expect(await markersOf(item(1), item(5), item(5))).toEqual(['1.', '7.', '8.']);
  });

  it('takes a level that was left out as begun', async () => {
    expect(await markersOf(item(1, 1), item(1), item(1, 1))).toEqual(['1.1', '2.', '2.1']);
  });

  it('shows bullets, text around numbers and legal numbering', async () => {
    expect(await markersOf(item(2), item(2, 1), item(3), item(3, 1))).toEqual([
      '•',
      '–',
      'Annex A',
      '1.1',
    ]);
  });

  it('does not start a level again that says so', async () => {
    expect(await markersOf(item(3), item(3, 2), item(3), item(3, 2))).toEqual([
      'Annex A',
      '1',
      'Annex B',
      '2',
    ]);
  });

  it('takes lists from styles, and leaves headings headings', async () => {
    const listStyles = `<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>`;
    const none = paragraph(
      'b',
      '<w:pStyle w:val="Clause"/><w:numPr><w:numId w:val="0"/></w:numPr>',
    );

    const units = await unitsOf({
      body: styled('a', 'Clause') + none,
      styles: listStyles,
      numbering,
    });

    expect(units.map(({ kind, marker }) => [kind, marker])).toEqual([
      ['heading', '§ 1'],
      ['heading', undefined],
    ]);
  });

  it('does not count a paragraph that was deleted', async () => {
    const deleted = `<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>`;

    expect(await markersOf(item(1), deleted, item(1))).toEqual(['1.', '2.']);
  });
});
