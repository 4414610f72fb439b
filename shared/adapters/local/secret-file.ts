import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { QuireError } from '#shared/domain/errors.ts';
import { hasCode } from './file-errors.ts';

/** A secret of a data folder, made at first use: what it signs stays valid over a restart, and is worth nothing elsewhere. */
export async function readSecretFile(directory: string, name: string): Promise<Uint8Array> {
  const path = join(directory, name);
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(path, randomBytes(32), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw unreadable(name, error);
  }
  const secret = await readFile(path);
  if (secret.length !== 32) throw unreadable(name, undefined);
  return new Uint8Array(secret);
}

function unreadable(name: string, cause: unknown): QuireError {
  return new QuireError(
    'store_unavailable',
    `Expected the file \`${name}\` of the data folder to hold 32 bytes; remove it to get a new one.`,
    { cause },
  );
}
