import { crc32, deflateRawSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import type { SourceFile } from '#shared/domain/document.ts';
import { DocumentId } from '#shared/domain/ids.ts';

/** An entry of a ZIP in which everything can be made to lie. */
export interface RawEntry {
  readonly name: string;
  readonly data?: Uint8Array | string;
  readonly isStored?: boolean;
  readonly isEncrypted?: boolean;
  readonly declaredSizeInBytes?: number;
  readonly checksum?: number;
  /** Points at the local header of the entry at this index instead of its own. */
  readonly sharesDataOf?: number;
}

/** Parts of a DOCX; `body` is what stands in `w:body`, the others are what stands in their root element. */
export interface DocxParts {
  readonly body: string;
  readonly styles?: string;
  readonly numbering?: string;
  readonly footnotes?: string;
  readonly endnotes?: string;
  readonly settings?: string;
  readonly headers?: readonly string[];
  readonly title?: string;
  readonly pageCount?: number;
  /** Further relationships of the main part. */
  readonly relationships?: string;
  readonly mainContentType?: string;
  /** Any part as a whole, by its name; wins over the others. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

export function sourceFile(name: string, bytes: Uint8Array | string): SourceFile {
  return {
    documentId: DocumentId.parse('d1'),
    name,
    bytes: typeof bytes === 'string' ? strToU8(bytes) : bytes,
  };
}

export function docxFile(parts: DocxParts): SourceFile {
  return sourceFile('test.docx', makeDocx(parts));
}

/** The main part is not called `word/document.xml`: a reader that goes by names finds nothing. */
export function makeDocx(parts: DocxParts): Uint8Array {
  const optional = optionalParts(parts);
  const files: Record<string, string> = {
    '[Content_Types].xml': contentTypes(parts),
    '_rels/.rels': packageRelationships,
    'content/main.xml': wordPart('document', `<w:body>${parts.body}</w:body>`),
    'content/_rels/main.xml.rels': relationshipsPart(
      optional.map(([type], index) => relationship(index, type, `part${index}.xml`)).join('') +
        (parts.relationships ?? ''),
    ),
    'meta/core.xml': coreProperties(parts.title ?? ''),
    'meta/app.xml': applicationProperties(parts.pageCount),
  };
  for (const [index, [, content]] of optional.entries())
    files[`content/part${index}.xml`] = content;
  return zipOf({ ...files, ...parts.files });
}

/** A well-formed ZIP. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries = Object.entries(files).map(([name, content]) => [
    name,
    typeof content === 'string' ? strToU8(content) : content,
  ]);
  return zipSync(Object.fromEntries(entries));
}

/** A ZIP as its entries ask for, right or wrong. */
export function makeRawZip(entries: readonly RawEntry[]): Uint8Array {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const entry of entries) {
    const data = Buffer.from(entry.data ?? '');
    const packed = entry.isStored ? data : deflateRawSync(data);
    const header = commonHeader(entry, data, packed);
    const name = Buffer.from(entry.name);
    offsets.push(offset);
    const start = offsets[entry.sharesDataOf ?? offsets.length - 1] ?? 0;
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), header, name, packed]);
    centrals.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02\x14\x00'),
        header,
        Buffer.alloc(10),
        uint32(start),
        name,
      ]),
    );
    if (entry.sharesDataOf !== undefined) continue;
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.concat([
    Buffer.from('PK\x05\x06\0\0\0\0'),
    uint16(entries.length),
    uint16(entries.length),
    uint32(directory.length),
    uint32(offset),
    uint16(0),
  ]);
  return new Uint8Array(Buffer.concat([...locals, directory, end]));
}

/** A compound file (OLE2) of nothing but a directory with these entries. */
export function makeCompoundFile(...streams: readonly string[]): Uint8Array {
  const header = Buffer.alloc(512);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  const entries = ['Root Entry', ...streams].map((name) => {
    const entry = Buffer.alloc(128);
    entry.write(name, 'utf16le');
    entry.writeUInt16LE((name.length + 1) * 2, 64);
    return entry;
  });
  return new Uint8Array(Buffer.concat([header, ...entries]));
}

/** A paragraph of one run; `properties` is what stands in its `w:pPr`. */
export function paragraph(text: string, properties = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr>${run(text)}</w:p>`;
}

/** A run; `properties` is what stands in its `w:rPr`. */
export function run(text: string, properties = ''): string {
  return `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006';
const namespaces = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  `xmlns:r="${office}/relationships"`,
  `xmlns:m="${office}/math"`,
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
  'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"',
  'xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex"',
  'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
  'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"',
].join(' ');

const packageRelationships = relationshipsPart(
  relationship(1, 'officeDocument', 'content/main.xml') +
    `<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="meta/core.xml"/>` +
    relationship(3, 'extended-properties', '/meta/app.xml'),
);

function optionalParts(parts: DocxParts): (readonly [type: string, content: string])[] {
  const roots = ['styles', 'numbering', 'footnotes', 'endnotes', 'settings'] as const;
  return [
    ...roots.flatMap((root) => {
      const content = parts[root];
      return content === undefined ? [] : [[root, wordPart(root, content)] as const];
    }),
    ...(parts.headers ?? []).map((content) => ['header', wordPart('hdr', content)] as const),
  ];
}

function wordPart(root: string, content: string): string {
  return officePart(`w:${root}`, content);
}

/** A part as a whole, of a root element of any vocabulary. */
export function officePart(root: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} ${namespaces}>${content}</${root}>`;
}

function contentTypes({ mainContentType }: DocxParts): string {
  const standard =
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  return `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/content/main.xml" ContentType="${mainContentType ?? standard}"/></Types>`;
}

function relationship(index: number, type: string, target: string): string {
  return `<Relationship Id="rId${index}" Type="${office}/relationships/${type}" Target="${target}"/>`;
}

function relationshipsPart(content: string): string {
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`;
}

function coreProperties(title: string): string {
  return `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title></cp:coreProperties>`;
}

function applicationProperties(pageCount: number | undefined): string {
  const pages = pageCount === undefined ? '' : `<Pages>${pageCount}</Pages>`;
  return `<Properties xmlns="${office}/extended-properties">${pages}</Properties>`;
}

/** The fields that a local and a central header share, from the needed version to the length of the extra field. */
function commonHeader(entry: RawEntry, data: Uint8Array, packed: Uint8Array): Buffer {
  return Buffer.concat([
    uint16(20),
    uint16(entry.isEncrypted ? 1 : 0),
    uint16(entry.isStored ? 0 : 8),
    uint32(0),
    uint32(entry.checksum ?? crc32(data)),
    uint32(packed.length),
    uint32(entry.declaredSizeInBytes ?? data.length),
    uint16(Buffer.byteLength(entry.name)),
    uint16(0),
  ]);
}

function uint16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}
