import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Options, readArguments, readParams, text } from './arguments.ts';
import { type ApiClient, createApiClient } from './client.ts';
import { UsageError } from './usage-error.ts';

export const submitHelp = `quire submit <workflow> <file…> [--param key=value]… [--params FILE.json] [--key KEY] [--approval plan|final] [--callback URL] [--url URL]
  Uploads the files to a server and submits a task; prints the task as JSON. --key makes it safe to repeat;
  --callback names who gets a signed notice when the task has ended.`;
export const statusHelp = `quire status [<task>] [--url URL]
  Prints a task, or the newest tasks, as JSON.`;
export const resultHelp = `quire result <task> --out DIR [--url URL]
  Downloads the artifacts of a task.`;
export const cancelHelp = `quire cancel <task> [--url URL]
  Cancels a task: no new call starts after the answer.`;
export const resumeHelp = `quire resume <task> [--budget USD] [--deadline MINUTES] [--url URL]
  Goes on with a task that is PARTIAL, FAILED or CANCELLED; only what is missing is asked and paid.`;
export const usageHelp = `quire usage [--from DAY] [--to DAY] [--url URL]
  Prints tokens and money by day, workflow and provider as JSON.`;

const url: Options = { url: { type: 'string' } };

export async function submit(commandLine: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(commandLine, {
    ...url,
    param: { type: 'string', multiple: true },
    params: { type: 'string' },
    key: { type: 'string' },
    approval: { type: 'string' },
    callback: { type: 'string' },
  });
  const [workflow, ...files] = positionals;
  if (workflow === undefined || files.length === 0) {
    throw new UsageError('Expected a workflow and at least one file. See quire submit --help.');
  }
  const client = createApiClient(text(values, 'url'));
  const params = await readParams(values);
  const inputs = await Promise.all(files.map((file) => uploadFile(client, file)));
  const key = text(values, 'key');
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  const approval = text(values, 'approval');
  const callbackUrl = text(values, 'callback');
  const options = {
    options: {
      ...(approval === undefined ? {} : { approval }),
      ...(callbackUrl === undefined ? {} : { callbackUrl }),
    },
  };
  return print(await client.post('/v1/tasks', { workflow, inputs, params, ...options }, headers));
}

export async function status(commandLine: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(commandLine, url);
  const [taskId] = positionals;
  const path = taskId === undefined ? '/v1/tasks' : taskPath(taskId);
  return print(await createApiClient(text(values, 'url')).get(path));
}

export async function result(commandLine: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(commandLine, { ...url, out: { type: 'string' } });
  const [taskId] = positionals;
  const out = text(values, 'out');
  if (taskId === undefined || out === undefined) {
    throw new UsageError('Expected a task and --out DIR. See quire result --help.');
  }
  const client = createApiClient(text(values, 'url'));
  const task = await client.get(taskPath(taskId));
  await mkdir(out, { recursive: true });
  for (const { name, href } of (task['artifacts'] ?? []) as { name: string; href: string }[]) {
    await writeFile(join(out, basename(name)), await client.bytes(href));
    process.stdout.write(`${join(out, basename(name))}\n`);
  }
  return 0;
}

export async function cancel(commandLine: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(commandLine, url);
  const [taskId] = positionals;
  if (taskId === undefined) throw new UsageError('Expected a task. See quire cancel --help.');
  return print(await createApiClient(text(values, 'url')).post(`${taskPath(taskId)}/cancel`));
}

export async function resume(commandLine: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(commandLine, {
    ...url,
    budget: { type: 'string' },
    deadline: { type: 'string' },
  });
  const [taskId] = positionals;
  if (taskId === undefined) throw new UsageError('Expected a task. See quire resume --help.');
  const amount = (name: string) => {
    const given = text(values, name);
    if (given === undefined || Number(given) > 0) return given && Number(given);
    throw new UsageError(`Expected --${name} to be a number above 0.`);
  };
  const body = { budgetUsd: amount('budget'), deadlineMinutes: amount('deadline') };
  return print(await createApiClient(text(values, 'url')).post(`${taskPath(taskId)}/resume`, body));
}

export async function usage(commandLine: readonly string[]): Promise<number> {
  const { values } = readArguments(commandLine, {
    ...url,
    from: { type: 'string' },
    to: { type: 'string' },
  });
  const range = new URLSearchParams();
  for (const name of ['from', 'to']) {
    const day = text(values, name);
    if (day !== undefined) range.set(name, day);
  }
  return print(await createApiClient(text(values, 'url')).get(`/v1/usage?${range}`));
}

/** Sends a file to a server; the result names it as an input of a task. */
export async function uploadFile(client: ApiClient, file: string): Promise<{ uploadId: string }> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new UsageError(`Expected a readable file, got ${file}.`, { cause: error });
  });
  return { uploadId: await client.upload(basename(file), new Uint8Array(bytes)) };
}

function taskPath(taskId: string): string {
  return `/v1/tasks/${encodeURIComponent(taskId)}`;
}

function print(body: unknown): number {
  process.stdout.write(`${JSON.stringify(body, undefined, 2)}\n`);
  return 0;
}
