import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockDataFolder } from '#shared/adapters/local/data-lock.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'quire-lock-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

const leaveBehind = (text: string) => writeFile(join(directory, 'lock.json'), text);

describe('lock of a data folder', () => {
  it('is given to one of two that ask at the same time', async () => {
    const results = await Promise.allSettled([
      lockDataFolder(directory),
      lockDataFolder(directory),
    ]);

    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('can be taken again when it was given back, also of a folder that is not there yet', async () => {
    const folder = join(directory, 'not', 'there');

    const unlock = await lockDataFolder(folder);
    await unlock();

    await expect(lockDataFolder(folder)).resolves.toBeInstanceOf(Function);
  });

  it.each([
    ['has died', JSON.stringify({ pid: 2 ** 22 + 1, startedAt: '1' })],
    ['had the number of this one', JSON.stringify({ pid: process.pid, startedAt: '1' })],
    ['died while it wrote the lock', '{"pid": 1'],
  ])('is taken over from a process that %s', async (_, text) => {
    await leaveBehind(text);

    await expect(lockDataFolder(directory)).resolves.toBeInstanceOf(Function);
  });

  (process.platform === 'linux' ? it : it.skip)(
    'is taken over where the number belongs to another, later process (needs /proc)',
    async () => {
      await leaveBehind(JSON.stringify({ pid: process.ppid, startedAt: 'before the flood' }));

      await expect(lockDataFolder(directory)).resolves.toBeInstanceOf(Function);
    },
  );
});
