import { crc32, createDeflateRaw } from 'node:zlib';
import { Zip, type ZipInputFile } from 'fflate';
import { element, xmlDeclaration } from './xml-writer.ts';

/** Content of a part: text in one piece or in many, which are never all in memory at once, or bytes. */
export type PartContent = string | Iterable<string> | Uint8Array;

export interface Part {
  /** Without a leading slash: `xl/workbook.xml`. */
  readonly name: string;
  readonly contentType: string;
  readonly content: PartContent;
}

export interface Link {
  /** Last word of the type, for example `worksheet`, or the whole where it is another than Office's. */
  readonly type: string;
  /** Name of a part, or an address if the link is external. */
  readonly target: string;
  readonly isExternal?: boolean;
}

/** An Office file in the making (ISO 29500-2). */
export interface PackageWriter {
  add(part: Part): void;
  /** Adds a relationship of a part, of the package for `''`, and gives its id. Must come before the part's own content needs the id. */
  relate(from: string, link: Link): string;
  /** The file. Its bytes depend on the parts, their order and their relationships only. */
  write(): Promise<Uint8Array>;
}

export function createPackage(): PackageWriter {
  const parts: Part[] = [];
  const links = new Map<string, Link[]>();
  return {
    add(part) {
      parts.push(part);
    },
    relate(from, link) {
      const known = links.get(from) ?? [];
      links.set(from, [...known, link]);
      return `rId${known.length + 1}`;
    },
    write() {
      const relationships = [...links].map(([from, own]) => ({
        name: relationshipsName(from),
        content: relationshipsXml(from, own),
      }));
      const types = { name: '[Content_Types].xml', content: contentTypesXml(parts) };
      return writeZip([types, ...relationships, ...parts]);
    },
  };
}

/** Where the relationships of a part stand. */
export function relationshipsName(part: string): string {
  const cut = part.lastIndexOf('/') + 1;
  return `${part.slice(0, cut)}_rels/${part.slice(cut)}.rels`;
}

export const officeRelationships =
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function relationshipsXml(from: string, links: readonly Link[]): string {
  const folder = from.slice(0, from.lastIndexOf('/') + 1);
  const elements = links.map(({ type, target, isExternal }, index) =>
    element('Relationship', {
      Id: `rId${index + 1}`,
      Type: type.includes('/') ? type : `${officeRelationships}/${type}`,
      Target: isExternal === true ? target : relativeTarget(folder, target),
      TargetMode: isExternal === true ? 'External' : undefined,
    }),
  );
  const namespace = 'http://schemas.openxmlformats.org/package/2006/relationships';
  return xmlDeclaration + element('Relationships', { xmlns: namespace }, ...elements);
}

/** As Office writes them; some readers do not know absolute ones. */
export function relativeTarget(folder: string, target: string): string {
  const from = folder.split('/').slice(0, -1);
  const to = target.split('/');
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}

function contentTypesXml(parts: readonly Part[]): string {
  const namespace = 'http://schemas.openxmlformats.org/package/2006/content-types';
  const relationships = 'application/vnd.openxmlformats-package.relationships+xml';
  return (
    xmlDeclaration +
    element(
      'Types',
      { xmlns: namespace },
      element('Default', { Extension: 'rels', ContentType: relationships }),
      element('Default', { Extension: 'xml', ContentType: 'application/xml' }),
      ...parts.map(({ name, contentType }) =>
        element('Override', { PartName: `/${name}`, ContentType: contentType }),
      ),
    )
  );
}

/** Without a time zone, so it is the same local time everywhere. The earliest that ZIP can hold. */
const earliest = '1980-01-01T00:00:00';

/** A ZIP with these files in this order. Texts are packed as they are made. */
async function writeZip(
  files: readonly { readonly name: string; readonly content: PartContent }[],
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error !== null) throw error;
    pieces.push(piece);
  });
  for (const { name, content } of files) {
    const { packed, size, crc } = await pack(content);
    const file: ZipInputFile = { filename: name, compression: 8, size, crc, mtime: earliest };
    zip.add(file);
    file.ondata?.(null, packed, true);
  }
  zip.end();
  return new Uint8Array(Buffer.concat(pieces));
}

async function pack(content: PartContent) {
  let size = 0;
  let crc = 0;
  const packed: Buffer[] = [];
  const deflate = createDeflateRaw();
  deflate.on('data', (chunk: Buffer) => packed.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    deflate.on('end', resolve);
    deflate.on('error', reject);
  });
  for (const bytes of bytesOf(content)) {
    size += bytes.length;
    crc = crc32(bytes, crc);
    if (!deflate.write(bytes)) await new Promise((resolve) => deflate.once('drain', resolve));
  }
  deflate.end();
  await ended;
  return { packed: new Uint8Array(Buffer.concat(packed)), size, crc };
}

const chunkLength = 64 * 1024;

function* bytesOf(content: PartContent): Generator<Uint8Array> {
  if (content instanceof Uint8Array) {
    yield content;
    return;
  }
  let waiting = '';
  for (const text of typeof content === 'string' ? [content] : content) {
    waiting += text;
    if (waiting.length < chunkLength) continue;
    yield Buffer.from(waiting);
    waiting = '';
  }
  yield Buffer.from(waiting);
}
