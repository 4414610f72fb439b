import type { PlainBlock } from '#shared/domain/plain-block.ts';
import { createPackage } from './package.ts';
import { element, escapeXml, xmlDeclaration } from './xml-writer.ts';

const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const namespace = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/**
 * Writes texts as a plain Word document: each paragraph one `w:p`, each cell of a table one, and behind each table an empty one, as Word
 * wants it. Paragraphs are counted by this order elsewhere, so that it is part of the contract.
 */
export async function writePlainDocx(blocks: readonly PlainBlock[]): Promise<Uint8Array> {
  const file = createPackage();
  const document = 'word/document.xml';
  const styles = 'word/styles.xml';
  file.relate('', { type: 'officeDocument', target: document });
  file.relate(document, { type: 'styles', target: styles });
  file.add({ name: document, contentType: `${main}.document.main+xml`, content: bodyXml(blocks) });
  file.add({ name: styles, contentType: `${main}.styles+xml`, content: stylesXml });
  return await file.write();
}

function bodyXml(blocks: readonly PlainBlock[]): string {
  const size = element('w:pgSz', { 'w:w': 11_906, 'w:h': 16_838 });
  const margins = element('w:pgMar', {
    ...{ 'w:top': 1_417, 'w:right': 1_417, 'w:bottom': 1_134, 'w:left': 1_417 },
    ...{ 'w:header': 708, 'w:footer': 708, 'w:gutter': 0 },
  });
  const body = element(
    'w:body',
    {},
    ...blocks.map(blockXml),
    element('w:sectPr', {}, size, margins),
  );
  return xmlDeclaration + element('w:document', { 'xmlns:w': namespace }, body);
}

function blockXml(block: PlainBlock): string {
  if (block.kind === 'table') return tableXml(block.rows) + paragraphXml('', undefined);
  return paragraphXml(block.text, block.isHeading ? 'Heading' : undefined);
}

function paragraphXml(text: string, style: string | undefined): string {
  const properties =
    style === undefined ? [] : [element('w:pPr', {}, element('w:pStyle', { 'w:val': style }))];
  const run = element('w:r', {}, element('w:t', { 'xml:space': 'preserve' }, escapeXml(text)));
  return element('w:p', {}, ...properties, ...(text === '' ? [] : [run]));
}

const textWidth = 9_072;

function tableXml(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(1, ...rows.map((cells) => cells.length));
  const width = Math.floor(textWidth / columns);
  const border = (side: string) => element(`w:${side}`, { 'w:val': 'single', 'w:sz': 4 });
  const sides = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(border);
  const cellXml = (text: string, span: number) =>
    element(
      'w:tc',
      {},
      element(
        'w:tcPr',
        {},
        element('w:tcW', { 'w:w': width * span, 'w:type': 'dxa' }),
        ...(span > 1 ? [element('w:gridSpan', { 'w:val': span })] : []),
      ),
      paragraphXml(text, undefined),
    );
  const grid = Array.from({ length: columns }, () => element('w:gridCol', { 'w:w': width }));
  return element(
    'w:tbl',
    {},
    element(
      'w:tblPr',
      {},
      element('w:tblW', { 'w:w': width * columns, 'w:type': 'dxa' }),
      element('w:tblBorders', {}, ...sides),
    ),
    element('w:tblGrid', {}, ...grid),
    ...rows.map((cells) =>
      element(
        'w:tr',
        {},
        ...cells.map((text, index) =>
          cellXml(text, index === cells.length - 1 ? columns - index : 1),
        ),
      ),
    ),
  );
}

const stylesXml =
  xmlDeclaration +
  element(
    'w:styles',
    { 'xmlns:w': namespace },
    element(
      'w:docDefaults',
      {},
      element(
        'w:rPrDefault',
        {},
        element(
          'w:rPr',
          {},
          element('w:rFonts', { 'w:ascii': 'Calibri', 'w:hAnsi': 'Calibri', 'w:cs': 'Calibri' }),
          element('w:sz', { 'w:val': 22 }),
        ),
      ),
      element('w:pPrDefault', {}, element('w:pPr', {}, element('w:spacing', { 'w:after': 120 }))),
    ),
    element(
      'w:style',
      { 'w:type': 'paragraph', 'w:default': true, 'w:styleId': 'Normal' },
      element('w:name', { 'w:val': 'Normal' }),
    ),
    element(
      'w:style',
      { 'w:type': 'paragraph', 'w:styleId': 'Heading' },
      element('w:name', { 'w:val': 'Plain heading' }),
      element('w:basedOn', { 'w:val': 'Normal' }),
      element('w:rPr', {}, element('w:b')),
    ),
  );
