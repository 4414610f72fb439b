import { constants, crc32, inflateRawSync } from 'node:zlib';
import { QuireError } from '#shared/domain/errors.ts';
import { archiveLimits } from './limits.ts';
import { readZipDirectory, type ZipEntry } from './zip-directory.ts';

/** An archive whose entries have been looked at, and none unpacked. */
export interface ZipArchive {
  /** Names of the files in it, with `/` between folders. */
  readonly names: readonly string[];
  /** The content of a file, `undefined` if there is none of that name. Upper and lower case are the same, as in OPC (ISO 29500-2). */
  read(name: string): Uint8Array | undefined;
}

/**
 * Opens an archive. Everything that can be judged from its directory is judged here: number, sizes and names of the entries, passwords,
 * overlaps. Nested archives are entries like others; nobody unpacks them.
 */
export function openZip(bytes: Uint8Array): ZipArchive {
  const entries = readZipDirectory(bytes);
  refuseUnsafe(entries);
  const byName = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
  return {
    names: entries.map((entry) => entry.name),
    read(name) {
      const entry = byName.get(name.toLowerCase());
      return entry === undefined ? undefined : unpack(bytes, entry);
    },
  };
}

function refuseUnsafe(entries: readonly ZipEntry[]): void {
  if (entries.some((entry) => entry.isEncrypted)) {
    throw new QuireError(
      'password_protected',
      'Expected a file that opens without a password; its entries are encrypted. Remove the password and send it again.',
    );
  }
  const total = entries.reduce((sum, entry) => sum + entry.sizeInBytes, 0);
  const largest = entries.reduce((most, entry) => Math.max(most, entry.sizeInBytes), 0);
  refuseAbove('bytes in one entry', largest, archiveLimits.entrySizeInBytes);
  refuseAbove('bytes in all entries', total, archiveLimits.totalSizeInBytes);

  if (!entries.every((entry) => isSafeName(entry.name))) {
    throw unsafe('Expected relative names of entries; one is absolute or leaves the archive.');
  }
  if (new Set(entries.map((entry) => entry.name.toLowerCase())).size < entries.length) {
    throw unsafe('Expected every entry to have its own name; one comes twice.');
  }
  let end = 0;
  for (const entry of entries.toSorted((left, right) => left.start - right.start)) {
    if (entry.start < end) throw unsafe('Expected entries one after the other; two overlap.');
    end = entry.end;
  }
}

function refuseAbove(what: string, actual: number, limit: number): void {
  if (actual <= limit) return;
  throw new QuireError(
    'archive_unsafe',
    `Expected at most ${limit} ${what}, the file declares ${actual}. Remove embedded media or split the file.`,
    { details: { limit, actual } },
  );
}

function isSafeName(name: string): boolean {
  const isAbsolute = name.startsWith('/') || /^[a-z]:/i.test(name);
  return !isAbsolute && !name.includes('\0') && !name.split('/').includes('..');
}

function unsafe(message: string): QuireError {
  return new QuireError(
    'archive_unsafe',
    `${message} Save it again with the program that made it.`,
  );
}

/** What an entry declares bounds what is unpacked, so a header that lies costs no memory. */
function unpack(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const packed = bytes.subarray(entry.dataStart, entry.end);
  const content = entry.method === 0 ? packed : inflate(packed, entry);
  if (content.length !== entry.sizeInBytes || crc32(content) !== entry.checksum) {
    throw damaged('An entry does not hold what the archive says about it.');
  }
  return content;
}

function inflate(packed: Uint8Array, { method, sizeInBytes }: ZipEntry): Uint8Array {
  if (method !== 8) throw damaged('An entry is packed by a method that Office files do not use.');
  const chunkSize = Math.min(sizeInBytes + 1, 4 * 1024 * 1024);
  try {
    return inflateRawSync(packed, {
      maxOutputLength: Math.max(sizeInBytes, 1),
      chunkSize: Math.max(chunkSize, constants.Z_MIN_CHUNK),
    });
  } catch (cause) {
    throw isOverflow(cause)
      ? overflowing(sizeInBytes, cause)
      : damaged('An entry cannot be unpacked.', cause);
  }
}

/** By its code, as errors of Node may come from another realm. */
function isOverflow(cause: unknown): boolean {
  return (
    typeof cause === 'object' &&
    cause !== null &&
    'code' in cause &&
    cause.code === 'ERR_BUFFER_TOO_LARGE'
  );
}

function overflowing(declaredSizeInBytes: number, cause: unknown): QuireError {
  return new QuireError(
    'archive_unsafe',
    `Expected an entry of ${declaredSizeInBytes} bytes as declared; it unpacks to more. Save the file again with the program that made it.`,
    { details: { declaredSizeInBytes }, cause },
  );
}

function damaged(message: string, cause?: unknown): QuireError {
  return new QuireError('corrupt_file', `${message} Save the file again and send the new one.`, {
    cause,
  });
}
