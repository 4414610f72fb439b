import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { QuireError } from '#shared/domain/errors.ts';
import { folderFault, hasCode } from './file-errors.ts';

/** Folders that this process holds. */
const held = new Set<string>();

/**
 * Takes a data folder for this process, or throws: two processes over the same files would break them. The lock of a process that has
 * died, also by kill -9, is taken over. Returns what gives the folder back.
 */
export async function lockDataFolder(directory: string): Promise<() => Promise<void>> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, 'lock.json');
  if (!(await tryCreate(path))) {
    const owner = await readOwner(path);
    if (owner !== undefined && (await isAlive(owner, path))) throw isInUse(directory, owner.pid);
    await rm(path, { force: true });
    if (!(await tryCreate(path))) throw isInUse(directory, (await readOwner(path))?.pid);
  }
  held.add(path);
  return async () => {
    held.delete(path);
    await rm(path, { force: true });
  };
}

interface Owner {
  readonly pid: number;
  /** When the process started, as the system counts; tells a process from a later one with the same number. */
  readonly startedAt: string;
}

async function tryCreate(path: string): Promise<boolean> {
  const owner: Owner = { pid: process.pid, startedAt: await startOfProcess(process.pid) };
  try {
    await writeFile(path, JSON.stringify(owner), { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw folderFault('writable', error);
  }
}

/** `undefined` where the file is gone, or was cut off when its writer died. */
async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    const owner: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isOwner(owner) ? owner : undefined;
  } catch {
    return undefined;
  }
}

function isOwner(value: unknown): value is Owner {
  if (typeof value !== 'object' || value === null) return false;
  return 'pid' in value && typeof value.pid === 'number' && 'startedAt' in value;
}

async function isAlive(owner: Owner, path: string): Promise<boolean> {
  // In a container a restarted process often has the number of the one before.
  if (owner.pid === process.pid) return held.has(path);
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
  return owner.startedAt === (await startOfProcess(owner.pid));
}

/** From field 22 of /proc/<pid>/stat; the same empty text for all where there is no /proc, and then the number alone decides. */
async function startOfProcess(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isInUse(directory: string, pid: number | undefined): QuireError {
  return new QuireError(
    'store_unavailable',
    `Expected the data folder ${directory} to be free; process ${pid ?? 'unknown'} uses it. Stop that process or name another folder.`,
    { details: { pid: pid ?? 0 } },
  );
}
