import { afterAll, describe, expect, it } from '@jest/globals';
import { createIsolatedDocumentReader } from '#shared/adapters/system/isolated-document-reader.ts';
import { sourceFile } from '../../../support/office-files.ts';

const caps = { heapInMb: 96, growthInMb: 256, timeoutInMs: 2_000 };
const odd = createIsolatedDocumentReader({
  ...caps,
  threadFile: new URL('../../../support/odd-reader-thread.mjs', import.meta.url),
  threads: 1,
});
const real = createIsolatedDocumentReader({
  ...caps,
  timeoutInMs: 20_000,
  threadFile: new URL('../../../../shared/runtime/document-thread.mjs', import.meta.url),
  threads: 2,
});
const read = (name: string) => odd.read(sourceFile(name, ''), ['text']);

afterAll(async () => {
  await odd.close();
  await real.close();
});

describe('createIsolatedDocumentReader', () => {
  it('reads a file as a reader in this thread does', async () => {
    const [document] = await real.read(sourceFile('a.md', '# Title\n\nText'), ['markdown']);

    expect(document?.units.map((unit) => unit.text)).toEqual(['Title', 'Text']);
  });

  it('hands on what a reader says of a bad file', async () => {
    await expect(real.read(sourceFile('a.docx', 'Text'), ['docx'])).rejects.toMatchObject({
      code: 'format_mismatch',
      details: { extension: 'docx' },
    });
  });

  it('reads more files than it has threads', async () => {
    const files = ['a.md', 'b.md', 'c.md', 'd.md', 'e.md'].map((name) => sourceFile(name, name));
    const documents = await Promise.all(files.map((file) => real.read(file, ['markdown'])));

    expect(documents.map(([document]) => document?.name)).toEqual(files.map(({ name }) => name));
  });

  it.each([
    ['endless', 'file_too_complex', 'time'],
    ['heap', 'file_too_complex', 'memory'],
    ['buffers', 'file_too_complex', 'memory'],
  ])('stops a file that takes too much: %s', async (name, code, cap) => {
    await expect(read(name)).rejects.toMatchObject({ code, details: { cap } });
    await expect(read('another file')).resolves.toEqual([]);
  });

  it('gives a file less time where whoever asks has less, and never more', async () => {
    const hurried = odd.within(200).within(60_000);

    await expect(hurried.read(sourceFile('endless', ''), ['text'])).rejects.toMatchObject({
      code: 'file_too_complex',
      message: expect.stringContaining('within 0.2 seconds'),
    });
    await expect(read('another file')).resolves.toEqual([]);
  });

  it('goes on after a thread that ends', async () => {
    await expect(read('exit')).rejects.toMatchObject({ code: 'internal_error' });
    await expect(read('another file')).resolves.toEqual([]);
  });

  it('goes on after a fault that is not ours', async () => {
    await expect(read('throws')).rejects.toThrow('not ours');
    await expect(read('another file')).resolves.toEqual([]);
  });

  it('shows nothing of the environment to the thread', async () => {
    await expect(read('environment')).rejects.toMatchObject({ code: 'empty_file', message: '' });
  });

  it('refuses a file once it is closed', async () => {
    const closed = createIsolatedDocumentReader({
      ...caps,
      threadFile: new URL('../../../support/odd-reader-thread.mjs', import.meta.url),
      threads: 1,
    });
    await closed.close();

    await expect(closed.read(sourceFile('a', ''), ['text'])).rejects.toMatchObject({
      code: 'internal_error',
    });
  });
});
