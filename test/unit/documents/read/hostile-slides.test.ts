import { describe, expect, it } from '@jest/globals';
import { readOdp } from '#shared/documents/read/odp.ts';
import { readOdt } from '#shared/documents/read/odt.ts';
import { readPptx } from '#shared/documents/read/pptx.ts';
import { odfRow, odpFile, odtFile } from '../../../support/odf-files.ts';
import {
  frame,
  line,
  part,
  pptxFile,
  relationshipsPart,
  shape,
  table,
} from '../../../support/pptx-files.ts';

const codeOf = (code: string) => expect.objectContaining({ code });
const repeated = (count: number, text: string) => text.repeat(count);

describe('hostile presentations and texts', () => {
  it('reads a slide, its notes and a chart once, however often they are referred to', async () => {
    const chart = part(
      'c:chartSpace',
      `<c:title><c:tx><c:rich>${line('chart')}</c:rich></c:tx></c:title>`,
    );
    const file = pptxFile({
      slides: [
        {
          shapes: shape(2, line('once')) + repeated(2_000, frame(3, '<c:chart r:id="c"/>')),
          notes: shape(2, line('note')),
          relationships: { c: ['chart', 'c.xml'] },
        },
      ],
      order: Array.from({ length: 2_000 }, () => 0),
      files: { 'deck/pages/c.xml': chart },
    });

    const { units, warnings } = await readPptx(file);

    expect(units.map(({ text }) => text)).toEqual(['once', 'chart', 'note']);
    expect(warnings).toMatchObject([{ code: 'malformed', count: 1_999 + 1_999 }]);
  });

  it('ends where a layout and a master refer to each other and to themselves', async () => {
    const file = pptxFile({
      slides: [{ shapes: shape(2, line('a')) }],
      files: {
        'deck/_rels/layout.xml.rels': relationshipsPart({
          r1: ['slideMaster', 'layout.xml'],
          r2: ['slideLayout', 'layout.xml'],
        }),
      },
    });

    expect((await readPptx(file)).units.map(({ text }) => text)).toEqual(['a']);
  });

  it('refuses groups that are nested without end', async () => {
    const shapes = `${repeated(5_000, '<p:grpSp>')}${shape(2, line('a'))}${repeated(5_000, '</p:grpSp>')}`;

    await expect(readPptx(pptxFile({ slides: [{ shapes }] }))).rejects.toThrow(
      codeOf('archive_unsafe'),
    );
    await expect(
      readOdp(
        odpFile({
          body: `<draw:page>${repeated(5_000, '<draw:g>')}${repeated(5_000, '</draw:g>')}</draw:page>`,
        }),
      ),
    ).rejects.toThrow(codeOf('archive_unsafe'));
  });

  it('makes nothing of spans, indices and levels beyond all bounds', async () => {
    const wide = table([['x', 'y']], { '0,0': 'gridSpan="999999999" rowSpan="999999999"' });
    const chart = part(
      'c:chartSpace',
      '<c:ser><c:val><c:numRef><c:numCache><c:ptCount val="999999999"/><c:pt idx="999999998"><c:v>7</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>',
    );
    const numbered = line(
      'n',
      '<a:pPr lvl="999999999"><a:buAutoNum type="romanUcPeriod" startAt="999999999"/></a:pPr>',
    );

    const { units } = await readPptx(
      pptxFile({
        slides: [
          {
            shapes: frame(2, wide) + frame(3, '<c:chart r:id="c"/>') + shape(4, numbered),
            relationships: { c: ['chart', 'c.xml'] },
          },
        ],
        files: { 'deck/pages/c.xml': chart },
      }),
    );

    expect(units.map(({ text, marker }) => [text, marker])).toEqual([
      ['x | y', undefined],
      ['7', undefined],
      ['n', 'I.'],
    ]);
    expect(units[0]?.table?.merges).toEqual([{ column: 0, columns: 2, rows: 1 }]);
  });

  it('reads a table of 5,000 cells and a diagram whose points form one long chain', async () => {
    const rows = Array.from({ length: 500 }, (_, row) =>
      Array.from({ length: 10 }, (_each, column) => `${row}.${column}`),
    );
    const count = 3_000;
    const points = Array.from(
      { length: count },
      (_, index) => `<dgm:pt modelId="${index}"><dgm:t>${line('p')}</dgm:t></dgm:pt>`,
    );
    const links = points.map(
      (_, index) => `<dgm:cxn srcId="${index}" destId="${(index + 1) % count}"/>`,
    );
    const data = part(
      'dgm:dataModel',
      `<dgm:ptLst>${points.join('')}</dgm:ptLst><dgm:cxnLst>${links.join('')}</dgm:cxnLst>`,
    );

    const { units } = await readPptx(
      pptxFile({
        slides: [
          {
            shapes: frame(2, table(rows)) + frame(3, '<dgm:relIds r:dm="d"/>'),
            relationships: { d: ['diagramData', 'd.xml'] },
          },
        ],
        files: { 'deck/pages/d.xml': data },
      }),
    );

    expect(units).toHaveLength(500 + count);
  });

  it('ends where styles of an OpenDocument file are based on each other', async () => {
    const style = (name: string, base: string) =>
      `<style:style style:name="${name}" style:family="paragraph" style:parent-style-name="${base}"/>`;
    const file = odtFile({
      body: '<text:p text:style-name="A">a</text:p>',
      automaticStyles: style('A', 'B') + style('B', 'A'),
    });

    expect((await readOdt(file)).units.map(({ text }) => text)).toEqual(['a']);
  });

  it('refuses repeats that are small one by one', async () => {
    const rows = repeated(1_500, odfRow(['x'], 'table:number-rows-repeated="1000"'));

    await expect(readOdt(odtFile({ body: `<table:table>${rows}</table:table>` }))).rejects.toThrow(
      codeOf('file_too_complex'),
    );
  });

  it('bounds the texts of thousands of changes that overlap', async () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `c${index}`);
    const regions = ids.map(
      (id) => `<text:changed-region text:id="${id}"><text:insertion/></text:changed-region>`,
    );
    const starts = ids.map((id) => `<text:change-start text:change-id="${id}"/>`);
    const body = `<text:tracked-changes>${regions.join('')}</text:tracked-changes><text:p>${starts.join('')}</text:p>${repeated(1_000, '<text:p>ten letters</text:p>')}`;

    const { units, changes = [] } = await readOdt(odtFile({ body }));

    expect(units).toHaveLength(1_000);
    expect(changes).toHaveLength(1_000);
    expect(changes.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(12_000_000);
  });
});
