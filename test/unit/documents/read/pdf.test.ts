import { describe, expect, it } from '@jest/globals';
import { type Document, DocumentFormat, type Unit } from '#shared/domain/document.ts';
import { linesAt, pdfFile, type RawPdf, ruleAt, textAt } from '../../../support/pdf-files.ts';
import { readDocument } from '../../../support/read-document.ts';

function read(pdf: RawPdf): Promise<Document> {
  return readDocument(pdfFile(pdf), DocumentFormat.options);
}

function textsOf(document: Document): string[] {
  return document.units.map((unit) => unit.text);
}

function rowsOf({ units }: Document): NonNullable<Unit['table']>[] {
  return units.flatMap((unit) => (unit.table === undefined ? [] : [unit.table]));
}

/** A line of prose of some forty letters, with its name in front. */
const prose = (name: string) => `${name} runs on through its column till`;
const body = linesAt(
  [72, 700],
  ['A page needs some text to be a page,', 'and this is the text of it.'],
);

describe('columns of a PDF', () => {
  const left = Array.from({ length: 10 }, (_, index) => prose(`left${index + 1}`));
  const right = Array.from({ length: 10 }, (_, index) => prose(`right${index + 1}`));
  const across =
    'One sentence that goes across both of the columns, from the left edge to the right';

  it('are read one after the other, and what goes across them divides them', async () => {
    const document = await read({
      pages: [
        {
          content: [
            textAt([60, 760], across, { size: 12 }),
            linesAt([60, 740], left.slice(0, 5)),
            linesAt([310, 740], right.slice(0, 5)),
            textAt([60, 670], across, { size: 12 }),
            linesAt([60, 650], left.slice(5)),
            linesAt([310, 650], right.slice(5)),
          ].join(''),
        },
      ],
    });

    const names = textsOf(document)
      .join(' ')
      .match(/(?:left|right)\d+|One/g);
    expect(names).toEqual([
      ...['One', 'left1', 'left2', 'left3', 'left4', 'left5'],
      ...['right1', 'right2', 'right3', 'right4', 'right5'],
      ...['One', 'left6', 'left7', 'left8', 'left9', 'left10'],
      ...['right6', 'right7', 'right8', 'right9', 'right10'],
    ]);
  });

  it('may be three', async () => {
    const column = (name: string) =>
      Array.from({ length: 8 }, (_, index) => `${name}${index + 1} fills its small column`);
    const document = await read({
      pages: [
        {
          content: [
            linesAt([40, 700], column('a')),
            linesAt([220, 700], column('b')),
            linesAt([400, 700], column('c')),
          ].join(''),
        },
      ],
    });

    const names = textsOf(document)
      .join(' ')
      .match(/[abc]\d\b/g)
      ?.join(' ');
    expect(names).toBe('a1 a2 a3 a4 a5 a6 a7 a8 b1 b2 b3 b4 b5 b6 b7 b8 c1 c2 c3 c4 c5 c6 c7 c8');
  });

  it('let a sentence go on at the top of the next one, and join a word that is broken there', async () => {
    const document = await read({
      pages: [
        {
          content: [
            linesAt([60, 740], [...left.slice(0, 9), 'and its last line ends in the mid-']),
            linesAt([310, 740], ['dle of a word, as they sometimes do', ...right.slice(1)]),
          ].join(''),
        },
      ],
    });

    expect(textsOf(document)).toHaveLength(1);
    expect(textsOf(document)[0]).toContain('ends in the middle of a word');
  });
});

describe('tables of a PDF', () => {
  const grid = [
    ...[600, 580, 560, 540].map((y) => ruleAt([100, y], [400, y])),
    ...[100, 200, 400].map((x) => ruleAt([x, 580], [x, 540])),
    ruleAt([100, 600], [100, 580]),
    ruleAt([400, 600], [400, 580]),
  ].join('');

  it('have the cells that their rules make, with merged ones', async () => {
    const document = await read({
      pages: [
        {
          content: [
            body,
            grid,
            textAt([210, 586], 'Both columns'),
            textAt([104, 566], 'Name'),
            textAt([204, 570], 'two lines', { size: 8 }),
            textAt([204, 562], 'of a cell', { size: 8 }),
            textAt([204, 546], 'only the second'),
          ].join(''),
        },
      ],
    });

    expect(rowsOf(document)).toEqual([
      {
        table: 1,
        row: 1,
        isHeader: true,
        cells: ['Both columns', ''],
        merges: [{ column: 0, columns: 2, rows: 1 }],
      },
      { table: 1, row: 2, isHeader: false, cells: ['Name', 'two lines of a cell'] },
      { table: 1, row: 3, isHeader: false, cells: ['', 'only the second'] },
    ]);
  });

  it('without rules are found by what stands above one another, a missing cell included', async () => {
    const row = (y: number, cells: readonly string[]) =>
      cells
        .map((cell, index) => (cell === '' ? '' : textAt([100 + index * 120, y], cell)))
        .join('');
    const document = await read({
      pages: [
        {
          content: [
            body,
            row(600, ['Post', 'Days', 'Losses']),
            row(585, ['Orsk Ridge', '411', '12']),
            row(570, ['Valley', '', '9']),
          ].join(''),
        },
      ],
    });

    expect(rowsOf(document).map((each) => each.cells)).toEqual([
      ['Post', 'Days', 'Losses'],
      ['Orsk Ridge', '411', '12'],
      ['Valley', '', '9'],
    ]);
  });

  it('are not made of a frame around prose', async () => {
    const frame = '50 50 500 700 re S\n300 50 m 300 750 l S\n50 400 m 550 400 l S\n';
    const lines = Array.from({ length: 40 }, (_, index) => `Line ${index} of a long text in a box`);
    const document = await read({
      pages: [
        {
          content: `${frame}${linesAt([60, 740], lines.slice(0, 25))}${linesAt([310, 740], lines)}`,
        },
      ],
    });

    expect(rowsOf(document)).toEqual([]);
  });
});

describe('the edges of the pages of a PDF', () => {
  it('are read once, whatever their page numbers; other numbers stay', async () => {
    const document = await read({
      pages: [1, 2, 3, 4].map((page) => ({
        content: [
          textAt([72, 780], 'Supply agreement'),
          linesAt([72, 700], [`Exhibit ${page}`, `This is what makes page ${'abcd'[page]}`]),
          textAt([72, 60], `Carried over: ${page * 750} EUR`),
          textAt([280, 20], `Page ${page + 6} of 10`),
        ].join(''),
      })),
    });

    expect(document.units.filter((unit) => unit.kind === 'page-header')).toHaveLength(1);
    expect(document.units.filter((unit) => unit.kind === 'page-footer')).toHaveLength(1);
    expect(document.warnings).toContainEqual(
      expect.objectContaining({ code: 'repeated-header', count: 6 }),
    );
    expect(textsOf(document).filter((text) => text.includes('Carried over'))).toHaveLength(4);
  });
});

describe('places in a PDF', () => {
  it('are a page with its label, a line and a box in which the text is found', async () => {
    const document = await read({
      pages: [{ content: textAt([100, 500], 'First') }, { content: textAt([50, 300], 'Second') }],
      catalog: '/PageLabels << /Nums [0 << /S /r >>] >>',
    });

    const [first, second] = document.units.map((unit) => unit.locator);
    expect(first).toMatchObject({ kind: 'pdf', page: 1, line: 1, label: 'i' });
    expect(second).toMatchObject({ kind: 'pdf', page: 2, line: 1, label: 'ii' });
    const box = second?.kind === 'pdf' ? second.box : undefined;
    expect(box?.[0]).toBe(50);
    expect(box?.[1]).toBeLessThan(300);
    expect(box?.[3]).toBeGreaterThan(300);
    expect(box?.[2]).toBeLessThan(100);
  });

  it('are those of the page as shown where it is turned', async () => {
    const content = 'BT /F1 10 Tf 0 1 -1 0 100 200 Tm (Upright when the page is turned) Tj ET';
    const document = await read({ pages: [{ content, entries: '/Rotate 90' }] });

    const [unit] = document.units;
    expect(unit?.text).toBe('Upright when the page is turned');
    expect(unit?.locator.kind === 'pdf' ? unit.locator.box?.[0] : 0).toBe(200);
  });

  it('count turned text behind the rest', async () => {
    const stamp = 'BT /F1 10 Tf 0 1 -1 0 30 200 Tm (A stamp on the margin) Tj ET\n';
    const document = await read({ pages: [{ content: `${stamp}${body}` }] });

    expect(textsOf(document).at(-1)).toBe('A stamp on the margin');
  });
});

describe('notes, links, remarks and fields of a PDF', () => {
  it('give a link the words under it', async () => {
    const document = await read({
      pages: [
        {
          content: textAt([100, 500], 'See the terms of delivery for more.', { font: 'F3' }),
          annotations: [
            '<< /Type /Annot /Subtype /Link /Rect [148 495 256 510] /A << /S /URI /URI (https://example.org/terms) >> >>',
          ],
        },
      ],
    });

    const [unit] = document.units;
    const [link] = unit?.links ?? [];
    expect(link?.target).toBe('https://example.org/terms');
    expect(unit?.text.slice(link?.from, link?.to)).toBe('terms of delivery');
  });

  it('tell who remarked what, and read fields where they stand', async () => {
    const document = await read({
      pages: [
        {
          content: `${body}${textAt([72, 500], 'Signed by:')}`,
          annotations: [
            '<< /Type /Annot /Subtype /Text /Rect [10 10 20 20] /T (A. Reviewer) /Contents (Is this right?) >>',
            '<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Maria Holt) /DA (/Helv 10 Tf) /Rect [130 495 260 512] >>',
            '<< /Type /Annot /Subtype /Text /F 2 /Rect [10 10 20 20] /Contents (Kept from view) >>',
          ],
        },
      ],
    });

    expect(document.units).toContainEqual(
      expect.objectContaining({ kind: 'comment', text: 'Is this right?', author: 'A. Reviewer' }),
    );
    expect(textsOf(document).some((text) => /Signed by: \|? ?Maria Holt/.test(text))).toBe(true);
    expect(document.hidden.map((each) => each.text)).toEqual(['Kept from view']);
  });

  it('set a footnote apart with its mark', async () => {
    const document = await read({
      pages: [
        {
          content: [
            linesAt(
              [72, 700],
              Array.from({ length: 8 }, (_, index) => prose(`Line${index}`)),
            ),
            textAt([72, 102.5], '2', { size: 5 }),
            textAt([76, 100], 'As agreed in the year before, in writing.', { size: 8 }),
          ].join(''),
        },
      ],
    });

    expect(document.units.at(-1)).toMatchObject({
      kind: 'footnote',
      note: '2',
      text: 'As agreed in the year before, in writing.',
    });
  });
});
