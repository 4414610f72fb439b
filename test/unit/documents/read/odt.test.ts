import { describe, expect, it } from '@jest/globals';
import { readOdt } from '#shared/documents/read/odt.ts';
import type { Unit } from '#shared/domain/document.ts';
import { type OdfParts, odfCell, odfPart, odfRow, odtFile } from '../../../support/odf-files.ts';

const read = (parts: OdfParts) => readOdt(odtFile(parts));
const unitsOf = async (body: string, more: Partial<OdfParts> = {}) =>
  (await read({ body, ...more })).units;
const shown = (units: readonly Unit[]) =>
  units.map(({ kind, text, level, marker }) => [kind, text, level, marker]);
const codesOf = async (parts: OdfParts) =>
  (await read(parts)).warnings.map(({ code, count }) => [code, count]);

describe('readOdt: text', () => {
  it('keeps text before, between and behind what stands in a paragraph', async () => {
    const units = await unitsOf(
      '<text:p>one <text:span>two<text:s text:c="1000000000"/><text:bookmark/>three</text:span><text:tab/>four<text:line-break/>five</text:p>',
    );

    expect(units[0]?.text).toBe('one two three four five');
  });

  it('gives headings, titles, quotes, code and captions by their styles', async () => {
    const automaticStyles =
      '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>';
    const styled = (name: string) => `<text:p text:style-name="${name}">${name}</text:p>`;

    const { units, title } = await read({
      body: `${styled('P1')}<text:h text:outline-level="2">Part</text:h>${styled('Quotations')}${styled('Preformatted_20_Text')}${styled('Caption')}`,
      automaticStyles,
    });

    expect(shown(units)).toEqual([
      ['title', 'P1', undefined, undefined],
      ['heading', 'Part', 2, undefined],
      ['quote', 'Quotations', undefined, undefined],
      ['code', 'Preformatted_20_Text', undefined, undefined],
      ['caption', 'Caption', undefined, undefined],
    ]);
    expect(title).toBe('P1');
  });

  it('counts paragraphs of the text, of notes and of comments by themselves', async () => {
    const note = `<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>see there</text:p></text:note-body></text:note>`;
    const endnote = `<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body><text:p>at last</text:p></text:note-body></text:note>`;
    const comment =
      '<office:annotation><dc:creator>Ann</dc:creator><dc:date>2026-01-01</dc:date><text:p>Really?</text:p><text:p>Check.</text:p></office:annotation>';

    const units = await unitsOf(`<text:p>a${note}b${comment}</text:p><text:p>c${endnote}</text:p>`);

    expect(
      units.map(({ kind, text, note: mark, author, locator }) => [
        kind,
        text,
        mark,
        author,
        locator,
      ]),
    ).toEqual([
      ['paragraph', 'ab', undefined, undefined, place('body', 1)],
      ['footnote', 'see there', '1', undefined, place('footnote', 1)],
      ['comment', 'Really? Check.', undefined, 'Ann', place('comment', 1)],
      ['paragraph', 'c', undefined, undefined, place('body', 2)],
      ['footnote', 'at last', 'i', undefined, place('endnote', 1)],
    ]);
  });

  it('reads fields as shown and links without following them', async () => {
    const units = await unitsOf(
      '<text:p>Page <text:page-number>3</text:page-number>, see <text:a xlink:href="https://example.org">the <text:span>site</text:span></text:a></text:p>',
    );

    expect(units[0]?.text).toBe('Page 3, see the site');
    expect(units[0]?.links).toEqual([{ from: 12, to: 20, target: 'https://example.org' }]);
  });

  it('keeps hidden text apart', async () => {
    const automaticStyles =
      '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>';

    const { units, hidden, warnings } = await read({
      body: '<text:p>a <text:span text:style-name="T1">secret</text:span></text:p><text:section text:display="none"><text:p>section</text:p></text:section><text:p>b <text:hidden-paragraph text:is-hidden="true"/></text:p><text:p><text:hidden-text text:is-hidden="true" text:string-value="field"/></text:p>',
      automaticStyles,
    });

    expect(units.map(({ text }) => text)).toEqual(['a']);
    expect(hidden?.map(({ text }) => text)).toEqual(['secret', 'section', 'b', 'field']);
    expect(warnings).toMatchObject([{ code: 'hidden-text', count: 4 }]);
  });

  it('reads tracked changes as accepted and lists them', async () => {
    const region = (id: string, kind: string, content = '') =>
      `<text:changed-region text:id="${id}"><text:${kind}><office:change-info><dc:creator>Ann</dc:creator><dc:date>2026-01-02T03:04:05</dc:date></office:change-info>${content}</text:${kind}></text:changed-region>`;
    const body = `<text:tracked-changes>${region('c1', 'deletion', '<text:p>old</text:p>')}${region('c2', 'insertion')}${region('c3', 'deletion', '<text:p>lost</text:p>')}</text:tracked-changes><text:p>a <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>new</text:p><text:p>er<text:change-end text:change-id="c2"/> text</text:p>`;

    const { units, changes, warnings } = await read({ body });

    expect(units.map(({ text }) => text)).toEqual(['a new', 'er text']);
    const made = { author: 'Ann', madeAt: '2026-01-02T03:04:05' };
    expect(changes).toEqual([
      { kind: 'deletion', ...made, text: 'old', locator: place('body', 3) },
      { kind: 'insertion', ...made, text: 'new er', locator: place('body', 3) },
      { kind: 'deletion', ...made, text: 'lost', locator: place('body', 1) },
    ]);
    expect(warnings).toMatchObject([{ code: 'deleted-text', count: 2 }]);
  });

  it('reads boxes, groups and shapes behind the paragraph that they are anchored in', async () => {
    const box = (text: string) =>
      `<draw:frame><draw:text-box><text:p>${text}</text:p></draw:text-box></draw:frame>`;
    const body = `<text:p>before${box('box')}after<draw:g>${box('grouped')}<draw:custom-shape><svg:title>alt</svg:title><text:p>shape</text:p></draw:custom-shape></draw:g></text:p><text:p><draw:frame><draw:image/></draw:frame></text:p><office:forms><form:form><form:text/></form:form></office:forms>`;

    expect((await unitsOf(body)).map(({ text }) => text)).toEqual([
      'beforeafter',
      'box',
      'grouped',
      'shape',
    ]);
    expect(await codesOf({ body })).toEqual([
      ['image', 1],
      ['unsupported-part', 1],
    ]);
  });

  it('reads lines of an index, not how it is built', async () => {
    const units = await unitsOf(
      '<text:table-of-content><text:table-of-content-source><text:index-title-template>Template</text:index-title-template></text:table-of-content-source><text:index-body><text:index-title><text:p>Contents</text:p></text:index-title><text:p>Plan 3</text:p></text:index-body></text:table-of-content>',
    );

    expect(units.map(({ text }) => text)).toEqual(['Contents', 'Plan 3']);
  });

  it('knows pages where the file says where they end', async () => {
    const automaticStyles =
      '<style:style style:name="B" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>';

    const units = await unitsOf(
      '<text:p text:style-name="B">a</text:p><text:soft-page-break/><text:p>b</text:p><text:p text:style-name="B">c</text:p>',
      { automaticStyles },
    );

    expect(units.map(({ locator }) => locator)).toMatchObject([
      { page: 1 },
      { page: 2 },
      { page: 3 },
    ]);
  });

  it('reads headers and footers once for each version, behind the text', async () => {
    const masterStyles =
      '<style:master-page><style:header><text:p>Offer</text:p></style:header><style:header-first><text:p>Cover</text:p></style:header-first><style:footer style:display="false"><text:p>off</text:p></style:footer></style:master-page>';

    const units = await unitsOf('<text:h>Plan</text:h>', { masterStyles });

    expect(units.map(({ kind, text, locator }) => [kind, text, locator])).toEqual([
      ['heading', 'Plan', place('body', 1)],
      ['page-header', 'Offer', { ...place('header', 1), story: 1 }],
      ['page-header', 'Cover', { ...place('header', 1), story: 2 }],
    ]);
  });

  it('reads formulas as typed, and charts with their data', async () => {
    const formula = odfPart(
      'math:math',
      '<math:semantics><math:mi>E</math:mi><math:annotation>E = m c^2</math:annotation></math:semantics>',
    );
    const row = (...texts: string[]) => odfRow(texts);
    const chart = odfPart(
      'office:document-content',
      `<office:body><office:chart><chart:chart><chart:title><text:p>Growth</text:p></chart:title><chart:plot-area><chart:axis><chart:title><text:p>Million</text:p></chart:title></chart:axis></chart:plot-area><table:table><table:table-header-rows>${row('', 'Sales')}</table:table-header-rows><table:table-rows>${row('Q1', '4.3')}${row('Q2', 'NaN')}${row('Q3', '5')}</table:table-rows></table:table></chart:chart></office:chart></office:body>`,
    );
    const object = (name: string) =>
      `<draw:frame><draw:object xlink:href="./${name}"/><draw:image/></draw:frame>`;

    const units = await unitsOf(
      `<text:p>where ${object('Object 1')} holds${object('Object 2')}</text:p>`,
      {
        files: { 'Object 1/content.xml': formula, 'Object 2/content.xml': chart },
      },
    );

    expect(units.map(({ kind, text }) => [kind, text])).toEqual([
      ['paragraph', 'where E = m c^2 holds'],
      ['chart', 'Growth'],
      ['chart', 'Million'],
      ['chart', 'Sales: Q1 = 4.3; Q2; Q3 = 5'],
    ]);
  });

  it('asks for a file without a password where its parts are encrypted', async () => {
    const manifest =
      '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>';

    await expect(
      read({ body: '', manifest, files: { 'content.xml': '\u0001\u0002' } }),
    ).rejects.toThrow(expect.objectContaining({ code: 'password_protected' }));
  });
});

describe('readOdt: lists', () => {
  const item = (content: string, attributes = '') =>
    `<text:list-item ${attributes}>${content}</text:list-item>`;
  const p = (text: string) => `<text:p>${text}</text:p>`;
  const list = (content: string, attributes = 'text:style-name="L"') =>
    `<text:list ${attributes}>${content}</text:list>`;
  const automaticStyles =
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")" text:display-levels="2"/></text:list-style><text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="&#xF0A7;"/></text:list-style>';
  const marks = async (body: string) =>
    (await unitsOf(body, { automaticStyles })).map(({ text, marker, level }) => [
      text,
      marker,
      level,
    ]);

  it('numbers items on each level and lets only the first paragraph of an item have the number', async () => {
    const inner = list(item(p('b')) + item(p('c')), '');

    expect(
      await marks(list(item(p('a') + p('more') + inner) + item(p('d')) + item(inner))),
    ).toEqual([
      ['a', '1.', 0],
      ['more', undefined, undefined],
      ['b', '1.a)', 1],
      ['c', '1.b)', 1],
      ['d', '2.', 0],
      ['b', '2.a)', 1],
      ['c', '2.b)', 1],
    ]);
  });

  it('goes on where a list says so, and starts anew where it does not', async () => {
    const one = (text: string, more: string) => list(item(p(text)), `text:style-name="L" ${more}`);

    const body =
      one('a', 'xml:id="x"') +
      one('b', '') +
      one('c', 'text:continue-numbering="true"') +
      one('d', 'text:continue-list="x"') +
      list(item(p('e'), 'text:start-value="9"')) +
      list(item(p('f')), 'text:style-name="B"') +
      list(`<text:list-header>${p('g')}</text:list-header>`);

    expect((await marks(body)).map(([, marker]) => marker)).toEqual([
      '1.',
      '1.',
      '2.',
      '2.',
      '9.',
      '▪',
      undefined,
    ]);
  });

  it('numbers headings by the outline of the document', async () => {
    const level = (number: number) =>
      `<text:outline-level-style text:level="${number}" style:num-format="1" text:display-levels="${number}"/>`;
    const styles = `<text:outline-style>${level(1)}${level(2)}</text:outline-style>`;
    const h = (depth: number, more = '') =>
      `<text:h text:outline-level="${depth}" ${more}>h</text:h>`;

    const units = await unitsOf(
      h(1) + h(2) + h(2) + h(1, 'text:is-list-header="true"') + h(1) + h(3),
      { styles },
    );

    expect(units.map(({ marker }) => marker)).toEqual([
      '1',
      '1.1',
      '1.2',
      undefined,
      '2',
      undefined,
    ]);
  });
});

describe('readOdt: tables', () => {
  it('keeps columns in place where cells are merged, repeated or covered', async () => {
    const rows = `<table:table-header-rows>${odfRow(['A', 'B', 'C'])}</table:table-header-rows><table:table-row>${odfCell('<text:p>a</text:p>', 'table:number-columns-spanned="2" table:number-rows-spanned="7"')}<table:covered-table-cell><text:p>under</text:p></table:covered-table-cell>${odfCell('<text:p>c</text:p>')}</table:table-row><table:table-row>${odfCell('', 'table:number-columns-repeated="2"')}${odfCell('<text:p>z</text:p>')}</table:table-row>`;

    const { units, hidden } = await read({ body: `<table:table>${rows}</table:table>` });

    expect(
      units.map(({ text, table, locator }) => [text, table?.isHeader, table?.merges, locator]),
    ).toEqual([
      ['A | B | C', true, undefined, place('body', 1)],
      ['a | | c', false, [{ column: 0, columns: 2, rows: 2 }], place('body', 4)],
      ['| | z', false, undefined, place('body', 7)],
    ]);
    expect(hidden?.map(({ text }) => text)).toEqual(['under']);
  });

  it('flattens nested tables and lists, and puts notes behind the table', async () => {
    const note =
      '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>n</text:p></text:note-body></text:note>';
    const nested = `<table:table>${odfRow(['in', 'side'])}</table:table>`;
    const body = `<table:table><table:table-row>${odfCell(`<text:p>a${note}</text:p>${nested}`)}</table:table-row>${odfRow(['b'])}</table:table>`;

    expect((await unitsOf(body)).map(({ text, table }) => [text, table?.table])).toEqual([
      ['a in | side', 1],
      ['b', 1],
      ['n', undefined],
    ]);
  });

  it('counts rows without text and makes repeats', async () => {
    const body = `<table:table>${odfRow([''], 'table:number-rows-repeated="1000000000"')}${odfRow(['x'], 'table:number-rows-repeated="2"')}</table:table>`;

    expect((await unitsOf(body)).map(({ table }) => table?.row)).toEqual([
      1_000_000_001, 1_000_000_002,
    ]);
  });

  it.each([
    { name: 'rows', row: odfRow(['x'], 'table:number-rows-repeated="1000000000"') },
    {
      name: 'cells',
      row: `<table:table-row>${odfCell('<text:p>x</text:p>', 'table:number-columns-repeated="1000000000"')}</table:table-row>`,
    },
  ])('refuses a billion $name with text', async ({ row }) => {
    await expect(read({ body: `<table:table>${row}</table:table>` })).rejects.toThrow(
      expect.objectContaining({ code: 'file_too_complex' }),
    );
  });

  it('makes no cells without end of empty repeats and spans', async () => {
    const wide = odfCell('', 'table:number-columns-repeated="1000000000"');
    const spanned = odfCell('<text:p>x</text:p>', 'table:number-columns-spanned="999999999"');

    const [unit] = await unitsOf(
      `<table:table><table:table-row>${spanned}${wide}${wide}</table:table-row></table:table>`,
    );

    expect(unit?.table?.cells.length).toBeLessThan(2_000);
    expect(unit?.table?.merges?.[0]?.columns).toBeLessThan(2_000);
  });
});

function place(part: string, paragraph: number) {
  return { kind: 'odt', part, paragraph, headingPath: [] };
}
