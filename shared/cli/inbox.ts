import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { problemOf } from '#shared/domain/errors.ts';
import type { Task } from '#shared/domain/task.ts';
import { type LocalRuntime, localTenantId } from '#shared/runtime/local.ts';
import { copyArtifacts } from './local-files.ts';

export interface InboxFolders {
  /** Holds a folder for each workflow; files dropped there are submitted. */
  readonly inbox: string;
  /** Gets a folder for each file, with its artifacts. */
  readonly outbox: string;
}

interface SeenFile {
  readonly workflow: string;
  readonly name: string;
  readonly path: string;
  /** Size and time: a file is taken when they have stayed the same for one look. */
  readonly stamp: string;
}

const lookEveryInMs = 500;

/** Watches the inbox by looking; folders behave the same on every system that way. A file is submitted once, also over a restart. */
export function watchInbox(
  runtime: LocalRuntime,
  folders: InboxFolders,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const stamps = new Map<string, string>();
  const taken = new Set<string>();
  const work = new Set<Promise<void>>();

  const look = async () => {
    for (const file of await filesIn(folders.inbox)) {
      const isSettled = stamps.get(file.path) === file.stamp;
      stamps.set(file.path, file.stamp);
      const id = `${file.path} ${file.stamp}`;
      if (!isSettled || taken.has(id)) continue;
      taken.add(id);
      const done = handle(runtime, folders, { file, signal: stopping.signal }).finally(() =>
        work.delete(done),
      );
      work.add(done);
    }
  };
  const loop = async () => {
    while (!stopping.signal.aborted) {
      await look().catch((error: unknown) => {
        runtime.logger.error('inbox-unreadable', { code: problemOf(error).code });
      });
      await runtime.clock.sleep(lookEveryInMs, stopping.signal).catch(() => undefined);
    }
  };
  const looping = loop();
  return {
    async stop() {
      stopping.abort(new Error('The inbox is closing.'));
      await looping;
      await Promise.allSettled(work);
    },
  };
}

async function filesIn(inbox: string): Promise<SeenFile[]> {
  await mkdir(inbox, { recursive: true });
  const workflows = (await readdir(inbox, { withFileTypes: true })).filter((entry) =>
    entry.isDirectory(),
  );
  const found = await Promise.all(
    workflows.map(async ({ name: workflow }) => {
      const entries = await readdir(join(inbox, workflow), { withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && isInput(entry.name));
      return await Promise.all(
        files.map(async ({ name }) => {
          const path = join(inbox, workflow, name);
          const { size, mtimeMs } = await stat(path);
          return { workflow, name, path, stamp: `${size} ${mtimeMs}` };
        }),
      );
    }),
  );
  return found.flat();
}

function isInput(name: string): boolean {
  return !name.startsWith('.') && name !== 'quire.json';
}

async function handle(
  runtime: LocalRuntime,
  folders: InboxFolders,
  { file, signal }: { file: SeenFile; signal: AbortSignal },
): Promise<void> {
  const { workflow, name } = file;
  try {
    const task = await submit(runtime, file);
    if (task === undefined) return;
    const ended = await runtime.waitForEnd(task.taskId, { signal });
    await copyArtifacts(runtime, ended, join(folders.outbox, workflow, name));
    const isDone = ended.status === 'SUCCEEDED' || ended.status === 'PARTIAL';
    const problem = ended.status === 'FAILED' ? { error: ended.error } : {};
    await mark(folders, file, { isDone, taskId: ended.taskId, status: ended.status, ...problem });
  } catch (error) {
    if (signal.aborted) return;
    const problem = problemOf(error);
    runtime.logger.warn('inbox-refused', { workflow, code: problem.code });
    await mark(folders, file, { isDone: false, error: problem });
  }
}

async function submit(
  runtime: LocalRuntime,
  { workflow, name, path }: SeenFile,
): Promise<Task | undefined> {
  const bytes = new Uint8Array(await readFile(path));
  const key = `inbox/${workflow}/${safe(name)}`;
  await runtime.objects.put(key, bytes);
  const settings = await readFile(join(path, '..', 'quire.json')).catch(() => undefined);
  if (settings !== undefined)
    await runtime.objects.put(`inbox/${workflow}/quire.json`, new Uint8Array(settings));
  const version = createHash('sha256').update(bytes).digest('hex');
  return await runtime.submitObject({ tenantId: localTenantId, key, version });
}

/** A name that the object store takes. */
function safe(name: string): string {
  return name.normalize('NFKD').replace(/[^\w.-]+/g, '-');
}

/** A marker beside the file: what became of it. */
async function mark(
  { inbox }: InboxFolders,
  { workflow, name }: SeenFile,
  { isDone, ...outcome }: { isDone: boolean } & Record<string, unknown>,
): Promise<void> {
  const folder = join(inbox, workflow, isDone ? '.done' : '.failed');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(outcome, undefined, 2)}\n`);
}
