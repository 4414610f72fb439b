import { describe, expect, it } from '@jest/globals';
import { readDocx } from '#shared/documents/read/docx.ts';
import { cell } from '../../support/docx-content.ts';
import { linkedParts } from '../../support/docx-parts.ts';
import { docxFile, paragraph, run } from '../../support/office-files.ts';

const rich = (text: string) =>
  `<c:tx><c:rich><a:p><a:r><a:t>${text}</a:t></a:r></a:p></c:rich></c:tx>`;
const points = (...values: readonly string[]) =>
  values.map((value, index) => `<c:pt idx="${index}"><c:v>${value}</c:v></c:pt>`).join('');
const chart = {
  type: 'chart',
  root: 'c:chartSpace',
  content: `<c:chart><c:title>${rich('Costs')}</c:title><c:plotArea><c:barChart><c:ser><c:tx><c:v>Rent</c:v></c:tx><c:cat><c:strLit>${points('2025', '2026')}</c:strLit></c:cat><c:val><c:numLit>${points('3', '4')}</c:numLit></c:val></c:ser></c:barChart></c:plotArea></c:chart>`,
};
const point = (id: string, text: string, type = 'node') =>
  `<dgm:pt modelId="${id}" type="${type}"><dgm:t><a:p><a:r><a:t>${text}</a:t></a:r></a:p></dgm:t></dgm:pt>`;
const under = (parent: string, child: string, order = 0) =>
  `<dgm:cxn srcId="${parent}" destId="${child}" srcOrd="${order}"/>`;
const diagram = (pointList: string, connections: string) => ({
  type: 'diagramData',
  root: 'dgm:dataModel',
  content: `<dgm:ptLst>${pointList}</dgm:ptLst><dgm:cxnLst>${connections}</dgm:cxnLst>`,
});
const read = (body: string, parts: Parameters<typeof linkedParts>[0]) =>
  readDocx(docxFile({ body, ...linkedParts(parts) }));
const drawn = (content: string) => `<w:r><w:drawing>${content}</w:drawing></w:r>`;

describe('readDocx: charts and diagrams', () => {
  it('gives titles and data of a chart behind the paragraph that holds it, once', async () => {
    const reference = drawn('<c:chart r:id="part1"/>');
    const body = `<w:p>${run('a')}${reference}</w:p><w:p>${run('b')}${reference}</w:p>`;

    const { units, warnings } = await read(body, [chart]);

    expect(units.map(({ kind, text }) => [kind, text])).toEqual([
      ['paragraph', 'a'],
      ['chart', 'Costs'],
      ['chart', 'Rent: 2025 = 3; 2026 = 4'],
      ['paragraph', 'b'],
    ]);
    expect(units[1]?.locator).toEqual({
      kind: 'docx',
      part: 'body',
      paragraph: 1,
      headingPath: [],
    });
    expect(warnings).toMatchObject([{ code: 'unsupported-part', count: 1 }]);
  });

  it('prefers the chart to the picture that stands for it in older programs', async () => {
    const alternatives = `<mc:AlternateContent><mc:Choice Requires="c"><c:chart r:id="part1"/></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>${paragraph('not available')}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent>`;

    const { units } = await read(`<w:p>${drawn(alternatives)}</w:p>`, [chart]);

    expect(units.map((unit) => unit.text)).toContain('Rent: 2025 = 3; 2026 = 4');
    expect(units.map((unit) => unit.text)).not.toContain('not available');
  });

  it('puts a chart in a cell behind the row', async () => {
    const content = `<w:p>${run('a')}${drawn('<c:chart r:id="part1"/>')}</w:p>`;

    const { units } = await read(`<w:tbl><w:tr>${cell(content)}</w:tr></w:tbl>`, [chart]);

    expect(units.map((unit) => unit.kind)).toEqual(['table-row', 'chart', 'chart']);
  });

  it('gives the points of a diagram in their order, by depth, in circles too', async () => {
    const list = `${point('b', 'second')}${point('root', '', 'doc')}${point('a', 'first')}${point('c', 'below')}${point('d', 'alone')}`;
    const connections =
      under('root', 'b', 2) + under('root', 'a', 1) + under('a', 'c') + under('c', 'root');

    const { units } = await read(`<w:p>${drawn('<dgm:relIds r:dm="part1"/>')}</w:p>`, [
      diagram(list, connections),
    ]);

    expect(units.map(({ text, level }) => [text, level])).toEqual([
      ['first', 0],
      ['below', 1],
      ['second', 0],
      ['alone', 0],
    ]);
  });
});

describe('readDocx: text boxes', () => {
  const box = (text: string) => `<w:txbxContent>${paragraph(text)}</w:txbxContent>`;

  it('reads those in groups, in boxes, on objects and old drawings', async () => {
    const group = `<wps:wgp><wps:wsp><wps:txbx>${box('a')}</wps:txbx></wps:wsp><wps:wsp><wps:txbx>${box('b')}</wps:txbx></wps:wsp></wps:wgp>`;
    const nested = `<w:pict><v:group><v:textbox><w:txbxContent>${paragraph('c')}<w:p><w:r><w:pict><v:textbox>${box('d')}</v:textbox></w:pict></w:r></w:p></w:txbxContent></v:textbox></v:group></w:pict>`;
    const object = `<w:object><v:shape><v:imagedata/><v:textbox>${box('e')}</v:textbox></v:shape></w:object>`;
    const shape = '<wps:txBody><a:p><a:r><a:t>f</a:t></a:r></a:p></wps:txBody>';

    const { units, warnings } = await read(
      `<w:p><w:r>${group}${nested}${object}${shape}</w:r></w:p>`,
      [],
    );

    expect(units.map((unit) => unit.text)).toEqual(['f', 'a', 'b', 'c', 'd', 'e']);
    expect(warnings).toMatchObject([{ code: 'embedded-object', count: 1 }]);
  });

  it('reads the branch that says something', async () => {
    const alternatives = `<mc:AlternateContent><mc:Choice Requires="x"/><mc:Choice Requires="y"><wps:txbx>${box('a')}</wps:txbx></mc:Choice><mc:Fallback>${box('b')}</mc:Fallback></mc:AlternateContent>`;

    const { units } = await read(`<w:p><w:r>${alternatives}</w:r></w:p>`, []);

    expect(units.map((unit) => unit.text)).toEqual(['a']);
  });
});
