import { describe, expect, it } from '@jest/globals';
import { readDocx } from '#shared/documents/read/docx.ts';
import { cell } from '../../support/docx-content.ts';
import { linkedParts } from '../../support/docx-parts.ts';
import { docxFile, paragraph, run } from '../../support/office-files.ts';

const textsOf = async (body: string, more = {}) =>
  (await readDocx(docxFile({ body, ...more }))).units.map((unit) => unit.text);

describe('readDocx: hostile files', () => {
  it('reads what many references share once', async () => {
    const chart = {
      type: 'chart',
      root: 'c:chartSpace',
      content:
        '<c:chart><c:plotArea><c:barChart><c:ser><c:tx><c:v>S</c:v></c:tx></c:ser></c:barChart></c:plotArea></c:chart>',
    };
    const footnotes = `<w:footnote w:id="1">${paragraph('note')}</w:footnote>`;
    const references =
      '<w:r><c:chart r:id="part1"/></w:r><w:r><w:footnoteReference w:id="1"/></w:r>';

    const texts = await textsOf(`<w:p>${references.repeat(5_000)}</w:p>`, {
      footnotes,
      ...linkedParts([chart]),
    });

    expect(texts).toEqual(['S', 'note']);
  });

  it('follows a chain of notes, each in the one before, without piling them up', async () => {
    const count = 5_000;
    const reference = (id: number) =>
      `<w:p>${run('x')}<w:r><w:footnoteReference w:id="${id}"/></w:r></w:p>`;
    const notes = Array.from(
      { length: count },
      (_, index) => `<w:footnote w:id="${index}">${reference(index + 1)}</w:footnote>`,
    );

    const texts = await textsOf(reference(0), { footnotes: notes.join('') });

    expect(texts).toHaveLength(count + 1);
  });

  it('joins a long row of paragraphs without marks', async () => {
    const link = `<w:hyperlink w:anchor="a">${run('x')}</w:hyperlink>`;
    const gone = `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>${link}</w:p>`;

    const { units } = await readDocx(docxFile({ body: gone.repeat(10_000) }));

    expect(units).toHaveLength(1);
    expect(units[0]?.links).toHaveLength(10_000);
  });

  it('bounds the cells of a table whose every cell spans all columns', async () => {
    const wide = cell(paragraph('x'), '<w:gridSpan w:val="63"/><w:vMerge w:val="restart"/>');
    const { units } = await readDocx(
      docxFile({ body: `<w:tbl>${`<w:tr>${wide.repeat(20)}</w:tr>`.repeat(50)}</w:tbl>` }),
    );

    expect(Math.max(...units.map((unit) => unit.table?.cells.length ?? 0))).toBeLessThan(100);
  });
});
