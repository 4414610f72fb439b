import type { SourceFile } from '#shared/domain/document.ts';
import { sourceFile, zipOf } from './office-files.ts';

/** A sheet of a made workbook. `rows` is what stands in `sheetData`; `before` and `after` stand around it. */
export interface SheetParts {
  readonly name: string;
  readonly rows?: string;
  readonly before?: string;
  readonly after?: string;
  readonly state?: string;
  /** Relationships of the sheet: what stands in its `.rels`. */
  readonly relationships?: string;
}

export interface WorkbookParts {
  readonly sheets: readonly SheetParts[];
  readonly strings?: string;
  /** What stands in `numFmts`, and the formats that cell styles 1, 2, 3 … refer to; style 0 is General. */
  readonly numberFormats?: string;
  readonly formatIds?: readonly number[];
  /** Attributes of `workbookPr`. */
  readonly properties?: string;
  readonly definedNames?: string;
  /** Further relationships of the workbook. */
  readonly relationships?: string;
  /** Any part as a whole. */
  readonly files?: Readonly<Record<string, string>>;
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** No part has the name that Excel gives it: a reader that goes by names finds nothing. */
export function workbookFile(parts: WorkbookParts): SourceFile {
  const { sheets, formatIds = [] } = parts;
  const files: Record<string, string> = {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/content/book.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    '_rels/.rels': relationshipsPart(relationship('r1', 'officeDocument', 'content/book.xml')),
    'content/book.xml': part(
      'workbook',
      `<workbookPr ${parts.properties ?? ''}/><sheets>${sheets
        .map(
          ({ name, state }, index) =>
            `<sheet name="${name}" sheetId="${index + 1}" r:id="s${index}"${state === undefined ? '' : ` state="${state}"`}/>`,
        )
        .join('')}</sheets><definedNames>${parts.definedNames ?? ''}</definedNames>`,
    ),
    'content/_rels/book.xml.rels': relationshipsPart(
      sheets.map((_, index) => relationship(`s${index}`, 'worksheet', `tab${index}.xml`)).join('') +
        relationship('t1', 'styles', 'looks.xml') +
        relationship('t2', 'sharedStrings', 'words.xml') +
        (parts.relationships ?? ''),
    ),
    'content/words.xml': part('sst', parts.strings ?? ''),
    'content/looks.xml': part(
      'styleSheet',
      `<numFmts>${parts.numberFormats ?? ''}</numFmts><fonts><font/><font><b/></font></fonts><cellXfs><xf numFmtId="0"/>${formatIds
        .map((id) => `<xf numFmtId="${id}"/>`)
        .join('')}</cellXfs>`,
    ),
  };
  sheets.forEach(({ before = '', rows = '', after = '', relationships = '' }, index) => {
    files[`content/tab${index}.xml`] = part(
      'worksheet',
      `${before}<sheetData>${rows}</sheetData>${after}`,
    );
    files[`content/_rels/tab${index}.xml.rels`] = relationshipsPart(relationships);
  });
  return sourceFile('test.xlsx', zipOf({ ...files, ...parts.files }));
}

/** A part of the workbook's own vocabulary. */
export function part(root: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${main}" xmlns:r="${office}">${content}</${root}>`;
}

export function relationship(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
}

/** A hyperlink that leads out of the file. */
export function externalLink(id: string, target: string): string {
  return `<Relationship Id="${id}" Type="${office}/hyperlink" Target="${target}" TargetMode="External"/>`;
}

export function relationshipsPart(content: string): string {
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`;
}

/** A row of cells: numbers, texts as inline strings, and anything that begins with `<` as it is. */
export function row(number: number, values: readonly (number | string)[], attributes = ''): string {
  const cells = values.map((value, index) => {
    if (value === '') return '';
    if (typeof value === 'string' && value.startsWith('<')) return value;
    const place = `${String.fromCharCode(65 + index)}${number}`;
    return typeof value === 'number'
      ? `<c r="${place}"><v>${value}</v></c>`
      : `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`;
  });
  return `<row r="${number}" ${attributes}>${cells.join('')}</row>`;
}

/** A spreadsheet of OpenDocument; `tables` is what stands in `office:spreadsheet`. */
export function odsFile(
  tables: string,
  more: { styles?: string; manifest?: string; files?: Readonly<Record<string, string>> } = {},
): SourceFile {
  const namespaces = ['office', 'style', 'text', 'table', 'drawing', 'chart', 'manifest']
    .map(
      (name) =>
        `xmlns:${name === 'drawing' ? 'draw' : name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`,
    )
    .join(' ');
  const extra =
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"';
  return sourceFile(
    'test.ods',
    zipOf({
      mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
      'content.xml': `<office:document-content ${namespaces} ${extra}><office:automatic-styles>${more.styles ?? ''}</office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`,
      'META-INF/manifest.xml': `<manifest:manifest ${namespaces}>${more.manifest ?? ''}</manifest:manifest>`,
      ...more.files,
    }),
  );
}
