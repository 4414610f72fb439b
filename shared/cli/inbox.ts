import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { problemOf } from '#shared/domain/errors.ts';
import {
  type InboxPlace,
  inboxMarkerKey,
  inboxPlaceOf,
  inboxPrefix,
  inboxSettingsKeys,
  outboxPrefix,
} from '#shared/domain/inbox.ts';
import { type EndedTask, isEnded, type Task } from '#shared/domain/task.ts';
import { type LocalRuntime, localTenantId } from '#shared/runtime/local.ts';
import { createFillOutbox } from '#shared/steps/tasks/fill-outbox.ts';

export interface InboxFolders {
  /** Holds a folder for each workflow; files dropped there or below are submitted. */
  readonly inbox: string;
  /** Gets a folder for each file, with its artifacts. */
  readonly outbox: string;
}

interface SeenFile {
  /** Of the object that stands for it, as a bucket would have it: `inbox/<workflow>/…/<name>`. */
  readonly key: string;
  readonly path: string;
  readonly place: InboxPlace;
  /** Size and time: a file is taken when they have stayed the same for one look. */
  readonly stamp: string;
}

/** Files by their keys whose tasks may be resumed, the one that is looked at next first. */
type Unfinished = Map<string, { readonly file: SeenFile; readonly ended: EndedTask }>;

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
  const unfinished: Unfinished = new Map();

  const look = async () => {
    await lookAtUnfinished(runtime, folders, unfinished);
    for (const file of await filesIn(folders.inbox)) {
      const isSettled = stamps.get(file.path) === file.stamp;
      stamps.set(file.path, file.stamp);
      const id = `${file.path} ${file.stamp}`;
      if (!isSettled || taken.has(id)) continue;
      taken.add(id);
      const done = handle(runtime, folders, { file, signal: stopping.signal, unfinished }).finally(
        () => work.delete(done),
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
  const entries = await readdir(inbox, { withFileTypes: true, recursive: true });
  const found = await Promise.all(
    entries.map(async (entry): Promise<SeenFile | undefined> => {
      if (!entry.isFile()) return undefined;
      const path = join(entry.parentPath, entry.name);
      const key = keyOf(inbox, path);
      const place = inboxPlaceOf(key);
      // Undefined: none of the inputs, or removed since it was listed.
      const facts = place === undefined ? undefined : await stat(path).catch(() => undefined);
      if (place === undefined || facts === undefined) return undefined;
      return { key, path, place, stamp: `${facts.size} ${facts.mtimeMs}` };
    }),
  );
  return found.filter((file) => file !== undefined);
}

function keyOf(inbox: string, path: string): string {
  return `${inboxPrefix}${relative(inbox, path).split(sep).join('/')}`;
}

async function handle(
  runtime: LocalRuntime,
  folders: InboxFolders,
  { file, signal, unfinished }: { file: SeenFile; signal: AbortSignal; unfinished: Unfinished },
): Promise<void> {
  try {
    const task = await submit(runtime, folders, file);
    if (task !== undefined) {
      const ended = await runtime.waitForEnd(task.taskId, { signal });
      if (isEnded(ended)) return await deliver(runtime, folders, { file, ended, unfinished });
    }
    await mirror(runtime, folders, file.place);
  } catch (error) {
    if (signal.aborted) return;
    const { code, message } = problemOf(error);
    runtime.logger.error('inbox-failed', { code });
    await markFailed(folders, file, { code, sentence: message }).catch(() => undefined);
  }
}

async function deliver(
  runtime: LocalRuntime,
  folders: InboxFolders,
  { file, ended, unfinished }: { file: SeenFile; ended: EndedTask; unfinished: Unfinished },
): Promise<void> {
  await createFillOutbox(runtime)(ended);
  await mirror(runtime, folders, file.place);
  if (ended.status !== 'SUCCEEDED') unfinished.set(file.key, { file, ended });
}

/** Looks whether a task that could be resumed has ended once more: one task at each look, in turn, however many there are. */
async function lookAtUnfinished(
  runtime: LocalRuntime,
  folders: InboxFolders,
  unfinished: Unfinished,
): Promise<void> {
  const [[key, seen] = []] = unfinished;
  if (key === undefined || seen === undefined) return;
  unfinished.delete(key);
  const task = await runtime.tasks.get(seen.ended.taskId);
  if (task === undefined) return;
  if (isEnded(task) && task.run > seen.ended.run) {
    await deliver(runtime, folders, { file: seen.file, ended: task, unfinished });
  } else unfinished.set(key, seen);
}

/** Puts the file and the settings that hold for it into the object store, and announces it as EventBridge would. */
async function submit(
  runtime: LocalRuntime,
  { inbox }: InboxFolders,
  { key, path, place, stamp }: SeenFile,
): Promise<Task | undefined> {
  const bytes = new Uint8Array(await readFile(path));
  await runtime.objects.put(key, bytes);
  for (const settingsKey of inboxSettingsKeys(place)) {
    const settings = await readFile(pathOf(inbox, settingsKey)).catch(() => undefined);
    if (settings === undefined) await runtime.objects.delete(settingsKey);
    else await runtime.objects.put(settingsKey, new Uint8Array(settings));
  }
  // Writing a file anew is a new upload, also with the same content; a restart is none.
  const version = createHash('sha256').update(`${stamp} `).update(bytes).digest('hex');
  return await runtime.submitObject({ tenantId: localTenantId, bucketName: 'local', key, version });
}

function pathOf(inbox: string, key: string): string {
  return join(inbox, ...key.slice(inboxPrefix.length).split('/'));
}

/** For what the object store could not take: a name that is too long, a full disk. The next start tries it again. */
async function markFailed(
  { inbox }: InboxFolders,
  { place }: SeenFile,
  problem: { code: string; sentence: string },
): Promise<void> {
  const path = pathOf(inbox, inboxMarkerKey(place, 'failed'));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify({ status: 'REFUSED', ...problem }, undefined, 2)}\n`);
}

/** Brings the artifacts and the marker of a file from the object store into the folders: the marker last. */
async function mirror(
  { objects }: LocalRuntime,
  { inbox, outbox }: InboxFolders,
  place: InboxPlace,
): Promise<void> {
  const prefix = outboxPrefix(place);
  for (const { key } of await objects.list(prefix)) {
    await copyOut(key, join(outbox, ...key.split('/').slice(1)));
  }
  for (const outcome of ['failed', 'done'] as const) {
    const key = inboxMarkerKey(place, outcome);
    await copyOut(key, pathOf(inbox, key));
  }

  async function copyOut(key: string, path: string): Promise<void> {
    const bytes = await objects.get(key);
    if (bytes === undefined) return await rm(path, { force: true });
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
}
