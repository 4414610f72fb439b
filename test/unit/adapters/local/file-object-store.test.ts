import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createFileObjectStore } from '#shared/adapters/local/file-object-store.ts';

let root: string;
let directory: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'quire-files-'));
  directory = join(root, 'objects');
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

const bytes = new TextEncoder().encode('content');

describe('object store of files', () => {
  it('puts an object into a file of its name', async () => {
    await createFileObjectStore({ directory }).put('tasks/t/output/summary.docx', bytes);

    expect(await readFile(join(directory, 'tasks/t/output/summary.docx'), 'utf8')).toBe('content');
  });

  it('writes what not every file system takes, and what its own files are called by, as %XX', async () => {
    const store = createFileObjectStore({ directory });
    for (const key of ['a/ä b', 'a/c~type', 'a/100%', 'a/d:e\\f']) await store.put(key, bytes);

    expect((await readdir(join(directory, 'a'))).sort()).toEqual([
      '%C3%A4%20b',
      '100%25',
      'c%7Etype',
      'd%3Ae%5Cf',
    ]);
  });

  it('leaves nothing but the file and its type behind, whoever writes first', async () => {
    const store = createFileObjectStore({ directory });
    const options = { contentType: 'text/plain', ifAbsent: true };

    await Promise.all(Array.from({ length: 10 }, () => store.put('a/b', bytes, options)));

    expect((await readdir(join(directory, 'a'))).sort()).toEqual(['b', 'b~type']);
    expect((await store.list('')).map(({ key }) => key)).toEqual(['a/b']);
  });

  it('never shows what a writer that died has left half written', async () => {
    const store = createFileObjectStore({ directory });
    await mkdir(join(directory, 'a'), { recursive: true });
    await writeFile(join(directory, 'a', 'b~0b5e'), 'half');

    expect(await store.list('a/')).toEqual([]);
    expect(await store.get('a/b')).toBeUndefined();
  });

  it.each([
    '',
    '/',
    'a//b',
    '/etc/passwd',
    '../secret',
    'a/../../secret',
    'a/..',
    '.',
    'a\0',
    'a\n',
    'lone \ud800',
    'ä'.repeat(100),
  ])('refuses the key “%s”', async (key) => {
    const store = createFileObjectStore({ directory });
    await writeFile(join(root, 'secret'), 'secret');

    await expect(store.get(key)).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(store.put(key, bytes)).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(store.delete(key)).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(store.copy(key, 'x')).rejects.toMatchObject({ code: 'invalid_request' });
    expect(await readFile(join(root, 'secret'), 'utf8')).toBe('secret');
  });

  it('never leaves its folder, whatever the key or prefix', async () => {
    await writeFile(join(root, 'outside'), 'outside');
    const parts = fc.constantFrom('..', '.', 'outside', '/', '//', 'objects', '~', '%2e%2e', 'x');
    const store = createFileObjectStore({ directory });
    await store.put('x', bytes);
    await fc.assert(
      fc.asyncProperty(fc.array(parts, { minLength: 1, maxLength: 6 }), async (list) => {
        const key = list.join('');
        const read = await store.get(key).catch(() => undefined);
        if (read !== undefined) expect(new TextDecoder().decode(read)).toBe('content');
        for (const found of await store.list(key)) expect(found.key).toBe('x');
      }),
    );
  });

  it('says that the store is unavailable where the folder cannot be written', async () => {
    await writeFile(directory, 'a file where the folder should be');

    await expect(createFileObjectStore({ directory }).put('a', bytes)).rejects.toMatchObject({
      code: 'store_unavailable',
    });
  });
});
