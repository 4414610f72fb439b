import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ifMissing } from './file-errors.ts';

const dots = /^\.*$/;
const plain = /[^A-Za-z0-9._-]/gu;
/** A file's name may have 255 bytes, and one that is being written has 37 more. */
const maxSegmentLength = 218;

/** The path of a key within the folder, or `undefined` for what is no key. It never leaves the folder. */
export function filePathOf(key: string): string | undefined {
  const parts = key.split('/');
  if (parts.some((part) => dots.test(part) || hasControls(part))) return undefined;
  const names = parts.map(fileNameOf);
  return names.every((name) => name.length <= maxSegmentLength) ? names.join('/') : undefined;
}

/** Everything but letters, digits, `.`, `_` and `-` as `%XX`: the same on every file system, and never a name of ours with `~`. */
function fileNameOf(part: string): string {
  return part
    .toWellFormed()
    .replace(plain, (character) =>
      [...new TextEncoder().encode(character)]
        .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
        .join(''),
    );
}

/** The key of a file, or `undefined` for a file that is none of the store's objects. */
function keyOf(path: string): string | undefined {
  try {
    const key = decodeURIComponent(path);
    return filePathOf(key) === path ? key : undefined;
  } catch {
    return undefined;
  }
}

function hasControls(part: string): boolean {
  return /\p{Cc}/u.test(part) || !part.isWellFormed();
}

/** Keys of all files that start with the prefix, in the order of S3. */
export async function listKeys(directory: string, prefix: string): Promise<readonly string[]> {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const folderPath = folder === '' ? '' : filePathOf(folder.slice(0, -1));
  if (folderPath === undefined) return [];
  const paths = await pathsUnder(directory, folder === '' ? '' : `${folderPath}/`);
  const keys = paths.map(keyOf).filter((key) => key?.startsWith(prefix) === true);
  return keys.filter((key) => key !== undefined).sort();
}

async function pathsUnder(directory: string, folder: string): Promise<string[]> {
  const entries = await ifMissing(
    () => readdir(join(directory, folder), { withFileTypes: true }),
    [],
  );
  const paths = await Promise.all(
    entries.map((entry) => {
      const path = `${folder}${entry.name}`;
      return entry.isDirectory() ? pathsUnder(directory, `${path}/`) : [path];
    }),
  );
  return paths.flat();
}
