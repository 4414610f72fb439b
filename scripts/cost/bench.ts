import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { createLineFiles } from '#shared/adapters/local/line-files.ts';
import { adoptFile } from '#shared/cli/local-files.ts';
import { TaskId } from '#shared/domain/ids.ts';
import { type LocalRuntime, startLocalRuntime } from '#shared/runtime/local.ts';
import { createLocalApi } from '#shared/runtime/local-api.ts';
import { startSimulator } from '#shared/simulator/server.ts';
import type { FunctionRun } from './bill.ts';
import { writeHundredPages } from './hundred-pages.ts';
import { recordedOf } from './recorded.ts';
import { reportOf } from './report.ts';

/**
 * What a call of MiniMax M2.7 is like: it always thinks before it answers, so that thinking and answer come to about 1,500 tokens, which take 20 s at
 * 75 tokens a second.
 */
const thinkingTokens = 800;
const latencyInMs = { low: 12_000, high: 28_000 };
/** How often a caller asks whether its task has ended. */
const lookEveryInMs = 10_000;

/** Summarises a hundred pages over the API with a provider that takes its time, and counts everything that AWS would bill. */
export async function costOfHundredPages(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'quire-cost-'));
  const simulator = await startSimulator({ latencyInMs, thinkingTokens });
  const environment = {
    EMPIRIOLABS_API_KEY: 'simulated',
    EMPIRIOLABS_BASE_URL: simulator.baseUrls.empiriolabs,
    QUIRE_PROVIDERS: 'empiriolabs',
  };
  const runtime = await startLocalRuntime({ dataDirectory: directory, environment });
  const publicUrl = () => 'http://localhost';
  const api = await createLocalApi(runtime, {
    dataDirectory: directory,
    publicUrl,
    apiKey: undefined,
  });
  const caller = createCaller(runtime, api);

  const taskId = await submit(runtime, caller, directory);
  const task = await follow(caller, taskId);
  for (const name of ['summary.docx', 'citations.json', 'coverage.json']) {
    await caller.send('GET', `/v1/tasks/${taskId}/artifacts/${name}`);
  }
  await runtime.engine.whenOver(TaskId.parse(taskId));
  await runtime.close();
  await simulator.close();
  const lines = await createLineFiles(join(directory, 'measures')).read(taskId);
  await rm(directory, { recursive: true, force: true });

  const { coverage, usage, status } = task;
  return [
    `A report of 100 pages as DOCX: ${coverage.units} units, ${usage.attempts} calls of 12–28 s with ${thinkingTokens} tokens of thinking each, ended ${status}.`,
    '',
    reportOf({ ...recordedOf(lines), requests: caller.requests }, usage),
  ].join('\n');
}

interface Caller {
  readonly requests: FunctionRun[];
  // biome-ignore lint/suspicious/noExplicitAny: the bodies of several routes
  send(method: string, path: string, body?: unknown): Promise<any>;
}

function createCaller({ meter, clock }: LocalRuntime, api: Hono): Caller {
  const requests: FunctionRun[] = [];
  return {
    requests,
    async send(method, path, body) {
      const startedAtInMs = clock.now();
      const request = new Request(`http://localhost${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      const response = await meter.measure(
        async () => await api.fetch(request),
        (counts) => {
          requests.push({ name: 'api', durationInMs: clock.now() - startedAtInMs, ...counts });
        },
      );
      const text = await response.text();
      return text.startsWith('{') ? JSON.parse(text) : text;
    },
  };
}

async function submit(runtime: LocalRuntime, caller: Caller, directory: string): Promise<string> {
  const file = join(directory, 'report.docx');
  await writeFile(file, await writeHundredPages());
  // The announcement counts as a request; the file itself goes straight to the store.
  await caller.send('POST', '/v1/uploads', { name: 'report.docx' });
  const uploadId = await adoptFile(runtime, file);
  const { taskId } = await caller.send('POST', '/v1/tasks', {
    workflow: 'summarize',
    inputs: [{ uploadId }],
  });
  return taskId;
}

async function follow({ send }: Caller, taskId: string) {
  for (;;) {
    const task = await send('GET', `/v1/tasks/${taskId}`);
    if (['SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED'].includes(task.status)) return task;
    await new Promise((resolve) => setTimeout(resolve, lookEveryInMs));
  }
}
