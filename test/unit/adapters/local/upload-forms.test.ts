import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLocalUploadForms, readUploadSecret } from '#shared/adapters/local/upload-forms.ts';

const clock = { nowInMs: 0, now: () => clock.nowInMs };
const secret = new Uint8Array(32).fill(7);
const url = 'http://127.0.0.1:1/uploads';

beforeEach(() => {
  clock.nowInMs = Date.UTC(2026, 10, 21);
});

const open = (key = secret) => createLocalUploadForms({ url: () => url, secret: key, clock });
const announce = () =>
  open().create('uploads/upl_1', { expiresInSeconds: 60, maxSizeInBytes: 1_000 });

describe('local upload forms', () => {
  it('give a form that is honoured until it expires', async () => {
    const form = await announce();

    const expiresAtInMs = clock.nowInMs + 60_000;
    expect(form).toMatchObject({ method: 'POST', url, maxSizeInBytes: 1_000, expiresAtInMs });
    clock.nowInMs = expiresAtInMs;
    expect(open().verify(form.fields)).toEqual({ key: 'uploads/upl_1', maxSizeInBytes: 1_000 });
    clock.nowInMs += 1;
    expect(open().verify(form.fields)).toBeUndefined();
  });

  it.each([
    ['key', { key: 'tasks/t/output/result.json' }],
    ['size', { maxSizeInBytes: '999999999' }],
    ['expiry', { expires: '99999999999999' }],
    ['signature', { signature: '00' }],
    ['signature that is no hex', { signature: 'zz' }],
    ['signature that is missing', { signature: undefined }],
    ['key that is missing', { key: undefined }],
  ])('are refused with another %s', async (_, change) => {
    const { fields } = await announce();

    expect(open().verify({ ...fields, ...change })).toBeUndefined();
  });

  it('are worth nothing at a server of another secret', async () => {
    const { fields } = await announce();

    expect(open(new Uint8Array(32)).verify(fields)).toBeUndefined();
  });
});

describe('secret of a data folder', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quire-secret-'));
  });
  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  it('is made once and then stays', async () => {
    const folder = join(directory, 'state');
    const made = await readUploadSecret(folder);

    expect(made).toHaveLength(32);
    expect(await readUploadSecret(folder)).toEqual(made);
    expect(await readUploadSecret(directory)).not.toEqual(made);
  });

  it('is refused where the file holds something else', async () => {
    await writeFile(join(directory, 'upload-secret'), 'short');

    await expect(readUploadSecret(directory)).rejects.toMatchObject({ code: 'store_unavailable' });
  });
});
