import { isQuireError, QuireError } from '#shared/domain/errors.ts';
import { archiveLimits } from './limits.ts';

/** A file in an archive, as the central directory describes it (APPNOTE.TXT 4.3.12). */
export interface ZipEntry {
  readonly name: string;
  readonly isEncrypted: boolean;
  /** 0 is stored, 8 is deflated. */
  readonly method: number;
  readonly checksum: number;
  /** Unpacked. */
  readonly sizeInBytes: number;
  /** Where its local header begins, where its data begins and where it ends. */
  readonly start: number;
  readonly dataStart: number;
  readonly end: number;
}

const signature = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 } as const;
const zip64 = { locator: 0x07064b50, end: 0x06064b50, extraField: 1 } as const;
const endSize = 22;
const centralSize = 46;
const localSize = 30;
const maxCommentSize = 0xffff;
const unknown32 = 0xffffffff;

/** Lists the files of an archive. Folders are left out. Only the directory and the local headers are read. */
export function readZipDirectory(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readEntries(view, findDirectory(view));
  } catch (cause) {
    // Whatever else is thrown is a read behind the end of the file.
    throw isQuireError(cause) ? cause : damaged(cause);
  }
}

interface Directory {
  readonly start: number;
  readonly count: number;
}

function findDirectory(view: DataView): Directory {
  const lowest = Math.max(0, view.byteLength - endSize - maxCommentSize);
  for (let at = view.byteLength - endSize; at >= lowest; at -= 1) {
    if (view.getUint32(at, true) === signature.end) return readEnd(view, at);
  }
  throw damaged();
}

function readEnd(view: DataView, at: number): Directory {
  const count = view.getUint16(at + 10, true);
  const start = view.getUint32(at + 16, true);
  const isZip64 = count === 0xffff || start === unknown32;
  if (!isZip64) return limited({ count, start });
  if (view.getUint32(at - 20, true) !== zip64.locator) throw damaged();
  const end = getSize(view, at - 12);
  if (view.getUint32(end, true) !== zip64.end) throw damaged();
  return limited({ count: getSize(view, end + 32), start: getSize(view, end + 48) });
}

function limited(directory: Directory): Directory {
  const limit = archiveLimits.entries;
  if (directory.count <= limit) return directory;
  throw new QuireError(
    'archive_unsafe',
    `Expected at most ${limit} entries, the file has ${directory.count}. Remove embedded media or split the file.`,
    { details: { limit, actual: directory.count } },
  );
}

function readEntries(view: DataView, { start, count }: Directory): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (view.getUint32(at, true) !== signature.central) throw damaged();
    const entry = readEntry(view, at);
    if (entry.end > start) throw damaged();
    if (!entry.name.endsWith('/')) entries.push(entry);
    at += centralSize + variableSize(view, at + 28) + view.getUint16(at + 32, true);
  }
  return entries;
}

function readEntry(view: DataView, at: number): ZipEntry {
  const nameSize = view.getUint16(at + 28, true);
  const sizes = readSizes(view, at);
  const start = sizes.start;
  if (view.getUint32(start, true) !== signature.local) throw damaged();
  const dataStart = start + localSize + variableSize(view, start + 26);
  return {
    name: decodeName(view, at + centralSize, nameSize),
    isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
    method: view.getUint16(at + 10, true),
    checksum: view.getUint32(at + 16, true),
    sizeInBytes: sizes.unpacked,
    start,
    dataStart,
    end: dataStart + sizes.packed,
  };
}

/** Sizes that do not fit 32 bits stand in an extra field, in this order and only those (APPNOTE.TXT 4.5.3). */
function readSizes(view: DataView, at: number) {
  let extra = findZip64Extra(view, at);
  const next = (value: number): number => {
    if (value !== unknown32 || extra === undefined) return value;
    extra += 8;
    return getSize(view, extra - 8);
  };
  const unpacked = next(view.getUint32(at + 24, true));
  const packed = next(view.getUint32(at + 20, true));
  return { unpacked, packed, start: next(view.getUint32(at + 42, true)) };
}

function findZip64Extra(view: DataView, entryAt: number): number | undefined {
  let at = entryAt + centralSize + view.getUint16(entryAt + 28, true);
  const end = at + view.getUint16(entryAt + 30, true);
  while (at + 4 <= end) {
    if (view.getUint16(at, true) === zip64.extraField) return at + 4;
    at += 4 + view.getUint16(at + 2, true);
  }
  return undefined;
}

/** Length of the name and of the extra field, which stand side by side in both kinds of header. */
function variableSize(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint16(at + 2, true);
}

function getSize(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

/** Some programs write `\` between folders. */
function decodeName(view: DataView, at: number, size: number): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at, size);
  return new TextDecoder().decode(bytes).replaceAll('\\', '/');
}

function damaged(cause?: unknown): QuireError {
  return new QuireError(
    'corrupt_file',
    'Expected a complete ZIP archive; its directory is missing or damaged. Save the file again and send the new one.',
    { cause },
  );
}
