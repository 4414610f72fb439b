import { crc32, deflateRawSync } from 'node:zlib';
import { Zip, type ZipInputFile } from 'fflate';
import { openZip } from './zip.ts';
import { readZipDirectory, type ZipEntry } from './zip-directory.ts';

/** New contents by name: of entries that are there or, at the end, of new ones; `undefined` takes an entry out. */
export type ZipChanges = ReadonlyMap<string, Uint8Array | undefined>;

/**
 * An archive with some entries changed. The others are copied as they are packed, in their order, so that their content cannot differ;
 * the bytes depend on nothing but the archive and the changes. Without changes it is the same bytes.
 */
export function rewriteZip(bytes: Uint8Array, changes: ZipChanges): Uint8Array {
  if (changes.size === 0) return bytes;
  // Refuses what is unsafe: nothing may be copied from an archive that would not be read.
  openZip(bytes);
  const wanted = new Map([...changes].map(([name, content]) => [name.toLowerCase(), content]));
  const entries = readZipDirectory(bytes);
  const known = new Set(entries.map(({ name }) => name.toLowerCase()));
  const files = entries.flatMap((entry) => {
    const name = entry.name.toLowerCase();
    if (!wanted.has(name)) return [copyOf(bytes, entry)];
    const content = wanted.get(name);
    return content === undefined ? [] : [packedFile(entry.name, content, entry.method)];
  });
  for (const [name, content] of changes) {
    if (content === undefined || known.has(name.toLowerCase())) continue;
    files.push(packedFile(name, content, deflated));
  }
  return joinFiles(files);
}

interface PackedFile {
  readonly name: string;
  readonly method: number;
  readonly checksum: number;
  readonly sizeInBytes: number;
  readonly packed: Uint8Array;
}

const deflated = 8;

/** Without a time zone, so it is the same local time everywhere. The earliest that ZIP can hold. */
const earliest = '1980-01-01T00:00:00';

function copyOf(bytes: Uint8Array, entry: ZipEntry): PackedFile {
  const { name, method, checksum, sizeInBytes } = entry;
  const packed = bytes.subarray(entry.dataStart, entry.end);
  return { name, method, checksum, sizeInBytes, packed };
}

/** An entry that was stored stays so: `mimetype` of an OpenDocument file must. */
function packedFile(name: string, content: Uint8Array, method: number): PackedFile {
  const packed = method === deflated ? deflateRawSync(content) : content;
  return { name, method, checksum: crc32(content), sizeInBytes: content.length, packed };
}

function joinFiles(files: readonly PackedFile[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error !== null) throw error;
    pieces.push(piece);
  });
  for (const { name, method, checksum, sizeInBytes, packed } of files) {
    const file: ZipInputFile = {
      filename: name,
      compression: method,
      size: sizeInBytes,
      crc: checksum,
      mtime: earliest,
    };
    zip.add(file);
    file.ondata?.(null, new Uint8Array(packed), true);
  }
  zip.end();
  return new Uint8Array(Buffer.concat(pieces));
}
