import { randomUUID } from 'node:crypto';
import { copyFile, link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { QuireError } from '#shared/domain/errors.ts';
import type { ObjectInfo, ObjectStore, PutOptions } from '#shared/ports/object-store.ts';
import { folderFault, hasCode, ifMissing } from './file-errors.ts';
import { filePathOf, listKeys } from './object-files.ts';

/**
 * Objects as files whose paths are their keys, with what not every file system takes as `%XX`. A file appears whole or not at all: it is written beside its place, under a name that no
 * key can have, and moved. Its content type stands in a small file beside it.
 */
export function createFileObjectStore({ directory }: { directory: string }): ObjectStore {
  const pathOf = (key: string) => {
    const path = filePathOf(key);
    if (path !== undefined) return join(directory, path);
    throw new QuireError(
      'invalid_request',
      'Expected an object key of /-separated segments, none empty, of dots only, with control characters or too long for a file; another one came.',
    );
  };
  const head = async (key: string): Promise<ObjectInfo | undefined> => {
    const path = pathOf(key);
    const found = await ifMissing(() => stat(path), undefined);
    if (found?.isFile() !== true) return undefined;
    const contentType = await ifMissing(() => readFile(typePathOf(path), 'utf8'), undefined);
    const etag = `"${found.ino}-${found.mtimeMs}-${found.size}"`;
    return { key, sizeInBytes: found.size, contentType, etag };
  };
  return {
    head,
    async put(key, bytes, options = {}) {
      return await replaceFile(pathOf(key), (path) => writeFile(path, bytes), options);
    },
    async get(key) {
      const path = pathOf(key);
      const bytes = await ifMissing(() => readFile(path), undefined);
      return bytes === undefined ? undefined : new Uint8Array(bytes);
    },
    async list(prefix) {
      const infos = await Promise.all((await listKeys(directory, prefix)).map(head));
      // Undefined: removed since it was listed.
      return infos.filter((info) => info !== undefined);
    },
    async copy(from, to, { etag } = {}) {
      const source = await head(from);
      if (source === undefined || (etag !== undefined && source.etag !== etag)) throw missing();
      const { contentType } = source;
      const options = contentType === undefined ? {} : { contentType };
      await replaceFile(pathOf(to), (path) => copyFile(pathOf(from), path), options);
    },
    async delete(key) {
      const path = pathOf(key);
      await ifMissing(() => rm(path), undefined);
      await ifMissing(() => rm(typePathOf(path)), undefined);
    },
  };
}

/** `~` is in no key: files with it are not objects. */
function typePathOf(path: string): string {
  return `${path}~type`;
}

async function replaceFile(
  path: string,
  write: (temporaryPath: string) => Promise<void>,
  { contentType, ifAbsent }: PutOptions,
): Promise<boolean> {
  const temporary = `${path}~${randomUUID()}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await write(temporary);
    if (ifAbsent === true) {
      if (!(await linkIfAbsent(temporary, path))) return false;
    } else await rename(temporary, path);
    if (contentType === undefined) await rm(typePathOf(path), { force: true });
    else await writeFile(typePathOf(path), contentType);
    return true;
  } catch (error) {
    throw folderFault('writable', error);
  } finally {
    // What it leaves behind here is no object, and no reason to hide how the write went.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** A link, unlike a move, fails where there is a file already. */
async function linkIfAbsent(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function missing(): QuireError {
  return new QuireError('object_not_found', 'Expected an object to copy; there is none.');
}
