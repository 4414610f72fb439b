import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { ObjectStore } from '#shared/ports/object-store.ts';

const text = (value: string) => new TextEncoder().encode(value);

/** What every object store promises. `create` gives a store that may hold objects of other tests. */
export function describeObjectStore(name: string, create: () => ObjectStore): void {
  describe(`ObjectStore contract: ${name}`, () => {
    it('gives back the bytes that were put, whatever they are', async () => {
      const store = create();
      const key = newKey();
      const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);

      expect(await store.put(key, bytes, { contentType: 'application/pdf' })).toBe(true);

      expect(await store.get(key)).toEqual(bytes);
      expect(await store.head(key)).toMatchObject({
        key,
        sizeInBytes: 70_000,
        contentType: 'application/pdf',
      });
    });

    it('keeps an empty object apart from a missing one', async () => {
      const store = create();
      const key = newKey();
      await store.put(key, new Uint8Array());

      expect(await store.get(key)).toEqual(new Uint8Array());
      expect(await store.get(newKey())).toBeUndefined();
      expect(await store.head(newKey())).toBeUndefined();
    });

    it('replaces an object, its content type too', async () => {
      const store = create();
      const key = newKey();
      await store.put(key, text('long before'), { contentType: 'text/plain' });

      expect(await store.put(key, text('now'), { contentType: 'text/csv' })).toBe(true);

      expect(await store.get(key)).toEqual(text('now'));
      expect(await store.head(key)).toMatchObject({
        key,
        sizeInBytes: 3,
        contentType: 'text/csv',
      });
    });

    it('lets one of many parallel writers be the first, and keeps what that one wrote', async () => {
      const store = create();
      const key = newKey();
      const writes = Array.from({ length: 20 }, async (_, index) => ({
        index,
        isFirst: await store.put(key, text(String(index)), { ifAbsent: true }),
      }));

      const first = (await Promise.all(writes)).filter((write) => write.isFirst);

      expect(first).toHaveLength(1);
      expect(await store.get(key)).toEqual(text(String(first[0]?.index)));
    });

    it('shows a reader one whole version or the other while it is written', async () => {
      const store = create();
      const key = newKey();
      const versions = ['a', 'b'].map((letter) => letter.repeat(50_000));
      const write = (index: number) => store.put(key, text(versions[index % 2] ?? ''));
      await write(0);

      const [reads] = await Promise.all([
        Promise.all(Array.from({ length: 20 }, () => store.get(key))),
        ...Array.from({ length: 10 }, (_, index) => write(index)),
      ]);

      for (const read of reads) expect(versions).toContain(new TextDecoder().decode(read));
    });

    it('lists what starts with a prefix, in key order, over all pages', async () => {
      const store = create();
      const root = newKey();
      const keys = ['a/1', 'a/2', 'a/deep/er', 'a-b', 'ab', 'a/0', 'b/1', 'a/9'];
      for (const key of keys) await store.put(`${root}/${key}`, text(key));

      const list = async (prefix: string) =>
        (await store.list(`${root}/${prefix}`)).map(({ key }) => key.slice(root.length + 1));

      expect(await list('a/')).toEqual(['a/0', 'a/1', 'a/2', 'a/9', 'a/deep/er']);
      expect(await list('a')).toEqual([...keys].filter((key) => key.startsWith('a')).sort());
      expect(await list('a/deep/e')).toEqual(['a/deep/er']);
      expect(await list('nothing/')).toEqual([]);
      expect((await store.list(`${root}/a/deep/`))[0]?.sizeInBytes).toBe(9);
    });

    it('copies an object with its content type, and says where there is none', async () => {
      const store = create();
      const [from, to] = [newKey(), newKey()];
      await store.put(from, text('x'), { contentType: 'text/markdown' });

      await store.copy(from, to);

      expect(await store.get(to)).toEqual(text('x'));
      expect((await store.head(to))?.contentType).toBe('text/markdown');
      await expect(store.copy(newKey(), newKey())).rejects.toMatchObject({
        code: 'object_not_found',
      });
    });

    it('copies only the content that is meant, where it is told by its ETag', async () => {
      const store = create();
      const [from, to] = [newKey(), newKey()];
      await store.put(from, text('first'));
      const etag = (await store.head(from))?.etag;
      expect(etag).toEqual(expect.any(String));

      await store.copy(from, to, { etag });
      await store.put(from, text('second and longer'));
      await expect(store.copy(from, to, { etag })).rejects.toMatchObject({
        code: 'object_not_found',
      });

      expect(await store.get(to)).toEqual(text('first'));
    });

    it('takes names as people give them', async () => {
      const store = create();
      const root = newKey();
      const names = [
        'Übersicht 2026 (neu).docx',
        '報告書.md',
        'a+b&c=d%20e',
        'c~1 #2?.txt',
        'x:y\\z',
      ];
      for (const name of names) await store.put(`${root}/${name}`, text(name));
      await store.copy(`${root}/報告書.md`, `${root}/報告書-コピー`);

      for (const name of names) expect(await store.get(`${root}/${name}`)).toEqual(text(name));
      const listed = (await store.list(`${root}/`)).map(({ key }) => key.slice(root.length + 1));
      expect(listed.sort()).toEqual([...names, '報告書-コピー'].sort());
      expect(await store.list(`${root}/Übers`)).toHaveLength(1);
    });

    it('deletes an object, and what is not there without a word', async () => {
      const store = create();
      const key = newKey();
      await store.put(key, text('x'), { contentType: 'text/plain' });

      await store.delete(key);
      await store.delete(key);

      expect(await store.get(key)).toBeUndefined();
      expect(await store.list(key)).toEqual([]);
      expect(await store.put(key, text('y'), { ifAbsent: true })).toBe(true);
    });
  });
}

function newKey(): string {
  return `test/${randomUUID()}`;
}
