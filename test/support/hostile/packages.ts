import type { HostileEntry } from './zip.ts';

/** An Office format that is a ZIP of XML. */
export type PackageFormat = (typeof packageFormats)[number];

export const packageFormats = ['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp'] as const;

/** The entries of a small valid file; `main` is what stands in its part of text, complete with its root. */
export function packageOf(format: PackageFormat, main = packages[format].main): HostileEntry[] {
  const { parts, mainName } = packages[format];
  return [
    ...Object.entries(parts).map(([name, data]) => ({ name, data, isStored: name === 'mimetype' })),
    { name: mainName, data: main },
  ];
}

/** Name of the part that holds the text. */
export function mainNameOf(format: PackageFormat): string {
  return packages[format].mainName;
}

/** A start tag and an end tag of a paragraph or cell with `inner` in it, in the main part of the format. */
export function mainWith(format: PackageFormat, inner: string): string {
  return packages[format].main.replace('TEXT', () => inner);
}

/** The root element's start tag in the main part, and what ends it. */
export function rootOf(format: PackageFormat): readonly [start: string, end: string] {
  const { main } = packages[format];
  return [/^<[^>]+>/.exec(main)?.[0] ?? '', /<\/[^<>]+>$/.exec(main)?.[0] ?? ''];
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageUri = 'http://schemas.openxmlformats.org/package/2006';
const ml = 'application/vnd.openxmlformats-officedocument';

const opcParts = (mainName: string, contentType: string, more: Record<string, string> = {}) => ({
  '[Content_Types].xml': `<Types xmlns="${packageUri}/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/${mainName}" ContentType="${contentType}"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${packageUri}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="${mainName}"/></Relationships>`,
  ...more,
});

const relationships = (type: string, target: string) =>
  `<Relationships xmlns="${packageUri}/relationships"><Relationship Id="rId1" Type="${office}/${type}" Target="${target}"/></Relationships>`;

const odfParts = (mimeType: string) => ({
  mimetype: `application/vnd.oasis.opendocument.${mimeType}`,
  'META-INF/manifest.xml': `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.${mimeType}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
});

const odf = 'urn:oasis:names:tc:opendocument:xmlns';
const odfMain = (body: string) =>
  `<office:document-content xmlns:office="${odf}:office:1.0" xmlns:text="${odf}:text:1.0" xmlns:table="${odf}:table:1.0" xmlns:draw="${odf}:drawing:1.0"><office:body>${body}</office:body></office:document-content>`;

const packages = {
  docx: {
    mainName: 'word/document.xml',
    parts: opcParts('word/document.xml', `${ml}.wordprocessingml.document.main+xml`),
    main: '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>TEXT</w:t></w:r></w:p></w:body></w:document>',
  },
  xlsx: {
    mainName: 'xl/worksheets/sheet1.xml',
    parts: opcParts('xl/workbook.xml', `${ml}.spreadsheetml.sheet.main+xml`, {
      'xl/workbook.xml': `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': relationships('worksheet', 'worksheets/sheet1.xml'),
    }),
    main: '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>TEXT</t></is></c></row></sheetData></worksheet>',
  },
  pptx: {
    mainName: 'ppt/slides/slide1.xml',
    parts: opcParts('ppt/presentation.xml', `${ml}.presentationml.presentation.main+xml`, {
      'ppt/presentation.xml': `<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="${office}"><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>`,
      'ppt/_rels/presentation.xml.rels': relationships('slide', 'slides/slide1.xml'),
    }),
    main: '<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:cSld><p:spTree><p:sp><p:nvSpPr><p:cNvPr id="2" name="A"/></p:nvSpPr><p:txBody><a:p><a:r><a:t>TEXT</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>',
  },
  odt: {
    mainName: 'content.xml',
    parts: odfParts('text'),
    main: odfMain('<office:text><text:p>TEXT</text:p></office:text>'),
  },
  ods: {
    mainName: 'content.xml',
    parts: odfParts('spreadsheet'),
    main: odfMain(
      '<office:spreadsheet><table:table table:name="One"><table:table-row><table:table-cell><text:p>TEXT</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>',
    ),
  },
  odp: {
    mainName: 'content.xml',
    parts: odfParts('presentation'),
    main: odfMain(
      '<office:presentation><draw:page draw:name="One"><draw:frame><draw:text-box><text:p>TEXT</text:p></draw:text-box></draw:frame></draw:page></office:presentation>',
    ),
  },
} as const satisfies Record<
  string,
  { mainName: string; parts: Record<string, string>; main: string }
>;
