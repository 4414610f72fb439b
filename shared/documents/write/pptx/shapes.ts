import { element } from '../xml-writer.ts';
import { type Frame, transform, unitsPerPoint } from './markup.ts';
import type { TablePage } from './table-pages.ts';
import type { Placeholder } from './template-layouts.ts';
import { paragraphXml, type TextContext } from './text.ts';

/** Text in a place of the layout. */
export interface PlacedText {
  readonly id: number;
  readonly name: string;
  readonly place: Placeholder;
  readonly paragraphs: readonly string[];
  /** By how much PowerPoint is to show it smaller. */
  readonly scale?: number;
}

export function placeholderXml({ id, name, place, paragraphs, scale = 1 }: PlacedText): string {
  const fit =
    scale === 1
      ? element('a:normAutofit')
      : element('a:normAutofit', { fontScale: Math.round(scale * 100_000) });
  return element(
    'p:sp',
    {},
    element(
      'p:nvSpPr',
      {},
      element('p:cNvPr', { id, name }),
      '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>',
      element('p:nvPr', {}, element('p:ph', { type: place.type, idx: place.index })),
    ),
    '<p:spPr/>',
    element(
      'p:txBody',
      {},
      element('a:bodyPr', {}, fit),
      '<a:lstStyle/>',
      ...(paragraphs.length === 0 ? ['<a:p/>'] : paragraphs),
    ),
  );
}

/** The number of the slide, where the layout has a place for it. */
export function numberXml(id: number, { type, index }: Placeholder): string {
  return element(
    'p:sp',
    {},
    element(
      'p:nvSpPr',
      {},
      element('p:cNvPr', { id, name: 'Slide Number' }),
      '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>',
      element('p:nvPr', {}, element('p:ph', { type, sz: 'quarter', idx: index })),
    ),
    '<p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="en-US"/><a:t>‹#›</a:t></a:fld></a:p></p:txBody>',
  );
}

/** “No Style, No Grid”, which every PowerPoint knows. What other styles look like depends on the program, so lines are set here. */
const tableStyle = '{2D5ABB26-0587-4C30-8999-92F81FD0307C}';

/** A native table (ISO 29500-1, 21.1.3.13). */
export function tableXml(
  { id, frame, page }: { readonly id: number; readonly frame: Frame; readonly page: TablePage },
  context: TextContext,
): string {
  const { header, rows, widths, isNumeric, size } = page;
  const height = Math.round((size * 1.2 + 7.2) * unitsPerPoint);
  const rowXml = (cells: readonly string[], isHeader = false) =>
    element('a:tr', { h: height }, ...cells.map((cell) => cellXml(cell, isHeader)));
  const head = rowXml(
    widths.map((_, column) =>
      paragraphXml(
        [{ text: header[column] ?? '' }],
        { size, isBold: true, isAtEnd: isNumeric[column] === true },
        context,
      ),
    ),
    true,
  );
  const body = rows.map((row) =>
    rowXml(
      widths.map((_, column) =>
        paragraphXml(row[column] ?? [], { size, isAtEnd: isNumeric[column] === true }, context),
      ),
    ),
  );
  const table = element(
    'a:tbl',
    {},
    element(
      'a:tblPr',
      {
        rtl: context.typography.isRightToLeft || undefined,
        firstRow: header.length > 0,
        bandRow: true,
      },
      element('a:tableStyleId', {}, tableStyle),
    ),
    element('a:tblGrid', {}, ...widths.map((w) => element('a:gridCol', { w }))),
    ...(header.length > 0 ? [head] : []),
    ...body,
  );
  const used = height * (rows.length + 1);
  const uri = 'http://schemas.openxmlformats.org/drawingml/2006/table';
  return graphicFrame(
    { id, name: 'Table', frame: { ...frame, height: Math.min(used, frame.height) } },
    { uri, content: table },
  );
}

/** A frame around a chart part. */
export function chartFrameXml(id: number, frame: Frame, relationshipId: string): string {
  const uri = 'http://schemas.openxmlformats.org/drawingml/2006/chart';
  const content = element('c:chart', { 'xmlns:c': uri, 'r:id': relationshipId });
  return graphicFrame({ id, name: 'Chart', frame }, { uri, content });
}

/** Lines in the colours of the theme: a strong one below the header, a thin one below a row. */
function cellXml(paragraph: string, isHeader: boolean): string {
  const text = element('a:txBody', {}, '<a:bodyPr/><a:lstStyle/>', paragraph);
  const colour = isHeader
    ? '<a:schemeClr val="accent1"/>'
    : '<a:schemeClr val="bg1"><a:lumMod val="85000"/></a:schemeClr>';
  const fill = element('a:solidFill', {}, colour);
  const line = element('a:lnB', { w: isHeader ? 19_050 : 6_350 }, fill);
  return element('a:tc', {}, text, element('a:tcPr', { anchor: 'ctr' }, line));
}

function graphicFrame(
  { id, name, frame }: { readonly id: number; readonly name: string; readonly frame: Frame },
  { uri, content }: { readonly uri: string; readonly content: string },
): string {
  return element(
    'p:graphicFrame',
    {},
    element(
      'p:nvGraphicFramePr',
      {},
      element('p:cNvPr', { id, name }),
      '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>',
    ),
    transform('p:xfrm', frame),
    element('a:graphic', {}, element('a:graphicData', { uri }, content)),
  );
}
