import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ifMissing } from './file-errors.ts';

const segment = /^[A-Za-z0-9._-]{1,255}$/;
const dots = /^\.+$/;

/** Whether a key is one that the port allows, and with that a path that stays in its folder. */
export function isObjectKey(key: string): boolean {
  return key.split('/').every((part) => segment.test(part) && !dots.test(part));
}

/** Keys of all files that start with the prefix, in the order of S3. */
export async function listKeys(directory: string, prefix: string): Promise<readonly string[]> {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  if (folder !== '' && !isObjectKey(folder.slice(0, -1))) return [];
  const keys = await keysUnder(directory, folder);
  return keys.filter((key) => key.startsWith(prefix) && isObjectKey(key)).sort();
}

async function keysUnder(directory: string, folder: string): Promise<string[]> {
  const entries = await ifMissing(
    () => readdir(join(directory, folder), { withFileTypes: true }),
    [],
  );
  const keys = await Promise.all(
    entries.map((entry) => {
      const key = `${folder}${entry.name}`;
      return entry.isDirectory() ? keysUnder(directory, `${key}/`) : [key];
    }),
  );
  return keys.flat();
}
