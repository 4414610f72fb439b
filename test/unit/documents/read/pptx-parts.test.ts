import { describe, expect, it } from '@jest/globals';
import { readPptx } from '#shared/documents/read/pptx.ts';
import {
  type DeckParts,
  frame,
  line,
  part,
  placeholder,
  pptxFile,
  type SlideParts,
  shape,
  table,
} from '../../../support/pptx-files.ts';

const read = (parts: DeckParts) => readPptx(pptxFile(parts));
const unitsOn = async (slide: SlideParts, more: Partial<DeckParts> = {}) =>
  (await read({ slides: [slide], ...more })).units;

describe('readPptx: tables', () => {
  it('gives rows with merges, and keeps text under a merge apart', async () => {
    const grid = table(
      [
        ['Name', 'Cost', ''],
        ['Pen', '1', 'under'],
        ['', '2', '3'],
      ],
      {
        '0,1': 'gridSpan="2"',
        '0,2': 'hMerge="1"',
        '1,0': 'rowSpan="99"',
        '1,2': 'vMerge="1"',
        '2,0': 'vMerge="1"',
      },
    );

    const { units, hidden } = await read({ slides: [{ shapes: frame(4, grid) }] });

    expect(
      units.map(({ text, table: row, locator }) => [text, row?.merges, row?.isHeader, locator]),
    ).toEqual([
      ['Name | Cost |', [{ column: 1, columns: 2, rows: 1 }], true, place(1, '4', 1)],
      ['Pen | 1 |', [{ column: 0, columns: 1, rows: 2 }], false, place(1, '4', 4)],
      ['| 2 | 3', undefined, false, place(1, '4', 7)],
    ]);
    expect(hidden?.map(({ text }) => text)).toEqual(['under']);
  });

  it('keeps links in place behind empty cells', async () => {
    const linked = '<a:p><a:r><a:rPr><a:hlinkClick r:id="l1"/></a:rPr><a:t>site</a:t></a:r></a:p>';
    const grid = table([['', '', 'X']]).replace(line('X'), linked);

    const [unit] = await unitsOn({
      shapes: frame(4, grid),
      relationships: { l1: ['hyperlink', 'https://example.org'] },
    });

    const [link] = unit?.links ?? [];
    expect(unit?.text.slice(link?.from, link?.to)).toBe('site');
  });
});

describe('readPptx: notes, comments, charts and diagrams', () => {
  it('reads what the speaker wants to say, without the number of the slide', async () => {
    const notes =
      shape(2, '', placeholder('sldImg')) +
      shape(3, line('Say this') + line('and that'), placeholder('body', 1)) +
      shape(4, '<a:p><a:fld type="slidenum"><a:t>1</a:t></a:fld></a:p>', placeholder('sldNum'));

    const units = await unitsOn({ shapes: '', notes });

    expect(units.map(({ kind, text, locator }) => [kind, text, locator])).toEqual([
      ['speaker-notes', 'Say this', { ...place(1, '3', 1), part: 'notes' }],
      ['speaker-notes', 'and that', { ...place(1, '3', 2), part: 'notes' }],
    ]);
  });

  it('reads classic comments and threads', async () => {
    const classic = part('p:cmLst', '<p:cm authorId="0"><p:text>Why?</p:text></p:cm>');
    const body = (text: string) => `<p188:txBody>${line(text)}</p188:txBody>`;
    const threaded = part(
      'p188:cmLst',
      `<p188:cm authorId="{A}"><p188:replyLst><p188:reply authorId="{B}">${body('Since then')}</p188:reply></p188:replyLst>${body('Since when?')}</p188:cm>`,
    );

    const { units } = await read({
      slides: [{ relationships: { c1: ['comments', 'c1.xml'], c2: ['comments', 'c2.xml'] } }],
      presentationRelationships: { a1: ['commentAuthors', 'a1.xml'], a2: ['authors', 'a2.xml'] },
      files: {
        'deck/pages/c1.xml': classic,
        'deck/pages/c2.xml': threaded,
        'deck/a1.xml': part('p:cmAuthorLst', '<p:cmAuthor id="0" name="Ann"/>'),
        'deck/a2.xml': part('p188:authorLst', '<p188:author id="{A}" name="Bob"/>'),
      },
    });

    expect(units.map(({ kind, text, author, locator }) => [kind, text, author, locator])).toEqual([
      ['comment', 'Why?', 'Ann', commentPlace(1)],
      ['comment', 'Since when?', 'Bob', commentPlace(2)],
      ['comment', 'Since then', undefined, commentPlace(1)],
    ]);
  });

  const chartFrame = frame(6, '<c:chart r:id="c1"/>');
  const chartSlide = (content: string): DeckParts => ({
    slides: [{ shapes: chartFrame, relationships: { c1: ['chart', 'c.xml'] } }],
    files: { 'deck/pages/c.xml': part('c:chartSpace', content) },
  });
  const points = (values: readonly string[]) =>
    values.map((value, index) => `<c:pt idx="${index}"><c:v>${value}</c:v></c:pt>`).join('');

  it('reads titles and data of charts', async () => {
    const rich = (text: string) => `<c:title><c:tx><c:rich>${line(text)}</c:rich></c:tx></c:title>`;
    const series = `<c:ser><c:tx><c:strRef><c:strCache>${points(['Sales'])}</c:strCache></c:strRef></c:tx><c:dLbls><c:dLbl><c:tx><c:rich>${line('peak')}</c:rich></c:tx></c:dLbl></c:dLbls><c:cat><c:strRef><c:strCache>${points(['Q1', 'Q2'])}</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache>${points(['4.3', '0.30000000000000004'])}</c:numCache></c:numRef></c:val></c:ser>`;
    const scatter = `<c:ser><c:xVal><c:numRef><c:numCache>${points(['1', '2'])}</c:numCache></c:numRef></c:xVal><c:yVal><c:numRef><c:numCache>${points(['5', '6'])}</c:numCache></c:numRef></c:yVal></c:ser>`;
    const dated = `<c:ser><c:cat><c:numRef><c:numCache><c:formatCode>m/d/yyyy</c:formatCode>${points(['25569', '60'])}</c:numCache></c:numRef></c:cat><c:val><c:numLit>${points(['1', '2'])}</c:numLit></c:val></c:ser>`;
    const empty =
      '<c:ser><c:tx><c:v>Plan</c:v></c:tx><c:val><c:numRef><c:f>A1</c:f></c:numRef></c:val></c:ser>';

    const { units, warnings } = await read(
      chartSlide(
        `<c:chart>${rich('Growth')}<c:plotArea>${series}${scatter}${dated}${empty}<c:valAx>${rich('Million')}</c:valAx></c:plotArea></c:chart>`,
      ),
    );

    expect(units.map(({ kind, text }) => [kind, text])).toEqual([
      ['chart', 'Growth'],
      ['chart', 'Sales: Q1 = 4.3; Q2 = 0.3'],
      ['chart', 'peak'],
      ['chart', '(1, 5); (2, 6)'],
      ['chart', '1970-01-01 = 1; 1900-02-29 = 2'],
      ['chart', 'Plan'],
      ['chart', 'Million'],
    ]);
    expect(units.map(({ locator }) => locator)).toMatchObject(
      [1, 2, 3, 4, 5, 6, 7].map((paragraph) => ({ part: 'chart', shape: '6', paragraph })),
    );
    expect(warnings).toMatchObject([{ code: 'no-cached-value', count: 1 }]);
  });

  it('joins categories of several levels, reads text drawn on a chart and counts its workbook', async () => {
    const level = (content: string) => `<c:lvl>${content}</c:lvl>`;
    const levels =
      level(points(['LA', 'SF', 'NY'])) +
      level('<c:pt idx="0"><c:v>CA</c:v></c:pt><c:pt idx="2"><c:v>East</c:v></c:pt>');
    const parts = chartSlide(
      `<c:ser><c:cat><c:multiLvlStrRef><c:multiLvlStrCache>${levels}</c:multiLvlStrCache></c:multiLvlStrRef></c:cat><c:val><c:numRef><c:numCache>${points(['1', '2', '3'])}</c:numCache></c:numRef></c:val></c:ser>`,
    );
    const files = {
      ...parts.files,
      'deck/pages/_rels/c.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="u" Type="x/chartUserShapes" Target="u.xml"/><Relationship Id="w" Type="x/package" Target="w.xlsx"/></Relationships>`,
      'deck/pages/u.xml': part(
        'c:userShapes',
        `<cdr:sp><cdr:txBody>${line('drawn')}</cdr:txBody></cdr:sp>`,
      ),
    };

    const { units, warnings } = await read({ ...parts, files });

    expect(units.map(({ text }) => text)).toEqual([
      'CA / LA = 1; CA / SF = 2; East / NY = 3',
      'drawn',
    ]);
    expect(warnings).toMatchObject([{ code: 'embedded-object', count: 1 }]);
  });

  it('reads the charts that came with Office 2016', async () => {
    const dimension = (name: string, values: readonly string[]) =>
      `<cx:${name}><cx:lvl>${values.map((value, index) => `<cx:pt idx="${index}">${value}</cx:pt>`).join('')}</cx:lvl></cx:${name}>`;
    const chart = part(
      'cx:chartSpace',
      `<cx:chartData><cx:data id="0">${dimension('strDim', ['A', 'B'])}${dimension('numDim', ['1', '2'])}</cx:data></cx:chartData><cx:chart><cx:title><cx:tx><cx:txData><cx:v>Funnel</cx:v></cx:txData></cx:tx></cx:title><cx:plotArea><cx:series><cx:tx><cx:txData><cx:v>Leads</cx:v></cx:txData></cx:tx><cx:dataId val="0"/></cx:series></cx:plotArea></cx:chart>`,
    );
    const alternatives = `<mc:AlternateContent><mc:Choice Requires="cx1">${frame(6, '<cx:chart r:id="c1"/>')}</mc:Choice><mc:Fallback>${shape(6, line('not available'))}</mc:Fallback></mc:AlternateContent>`;

    const units = await unitsOn(
      { shapes: alternatives, relationships: { c1: ['chartEx', 'c.xml'] } },
      { files: { 'deck/pages/c.xml': chart } },
    );

    expect(units.map(({ text }) => text)).toEqual(['Funnel', 'Leads: A = 1; B = 2']);
  });

  it('reads SmartArt from its data, in the order of the outline, once', async () => {
    const point = (id: string, text: string, type = 'node') =>
      `<dgm:pt modelId="${id}" type="${type}"><dgm:t>${text === '' ? '' : line(text)}</dgm:t></dgm:pt>`;
    const link = (from: string, to: string, order: number) =>
      `<dgm:cxn srcId="${from}" destId="${to}" srcOrd="${order}"/>`;
    const data = part(
      'dgm:dataModel',
      `<dgm:ptLst>${point('d', '', 'doc')}${point('3', 'second')}${point('1', 'first')}${point('2', 'below')}${point('9', 'loose')}</dgm:ptLst><dgm:cxnLst>${link('d', '3', 1)}${link('d', '1', 0)}${link('1', '2', 0)}${link('2', '1', 0)}</dgm:cxnLst>`,
    );

    const units = await unitsOn(
      {
        shapes: frame(5, '<dgm:relIds r:dm="d1"/>'),
        relationships: { d1: ['diagramData', 'd.xml'], d2: ['diagramDrawing', 'd2.xml'] },
      },
      { files: { 'deck/pages/d.xml': data, 'deck/pages/d2.xml': part('p:other', line('first')) } },
    );

    expect(units.map(({ text, level, locator }) => [text, level, locator])).toEqual([
      ['first', 0, diagramPlace(2)],
      ['below', 1, diagramPlace(3)],
      ['second', 0, diagramPlace(1)],
      ['loose', 0, diagramPlace(4)],
    ]);
  });
});

function place(slide: number, shapeId = '2', paragraph = 1) {
  return { kind: 'slide', slide, part: 'slide', shape: shapeId, paragraph, headingPath: [] };
}

function commentPlace(paragraph: number) {
  return { kind: 'slide', slide: 1, part: 'comments', paragraph, headingPath: [] };
}

function diagramPlace(paragraph: number) {
  return { ...place(1, '5', paragraph), part: 'diagram' };
}
