import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDynamoClient } from '#shared/adapters/aws/dynamo/client.ts';
import { startLocalDynamo } from '#shared/adapters/local/local-dynamo.ts';
import {
  type CanaryProviders,
  canaries,
  canaryRequest,
  linesWithCanaries,
  startCanaryProviders,
} from '../support/canaries.ts';
import { openObservedRun } from '../support/observed-run.ts';
import { startServer } from '../support/quire-process.ts';
import { isOver, restClient } from '../support/rest-client.ts';

type LogLine = Readonly<Record<string, string | number | undefined>>;

/** What a run has left behind, for the tests to look at. */
interface Traces {
  readonly log: string;
  readonly lines: readonly LogLine[];
  readonly tasks: readonly {
    status: string;
    usage: { attempts: number; costInMicroUsd: number };
  }[];
  /** Bodies of answers to requests that were refused. */
  readonly refusals: readonly { status: number; text: string }[];
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

describe('what a server leaves behind of canaries in documents and keys (I9)', () => {
  let directory = '';
  let providers: CanaryProviders;
  let traces: Traces;
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  let traced: Response;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quire-canaries-'));
    providers = await startCanaryProviders();
    traces = await leaveTraces();
  });
  afterAll(async () => {
    await providers.close();
    await rm(directory, { recursive: true, force: true });
  });

  async function leaveTraces(): Promise<Traces> {
    const server = await startServer({
      dataDirectory: directory,
      environment: providers.environment,
    });
    const api = restClient(server.url);
    const tasks: Traces['tasks'][number][] = [];
    for (const request of [canaryRequest('empiriolabs'), canaryRequest('cloudsway'), corrupt]) {
      const { body: accepted } = await api.post('/v1/tasks', request);
      tasks.push((await api.follow(accepted.taskId, isOver)).at(-1) as never);
    }
    const refusals = [];
    for (const body of malformed) refusals.push(await api.post('/v1/tasks', body, canaries.text));
    refusals.push(await api.get(`/v1/tasks/${canaries.text}`));
    refusals.push(await api.get(`/v1/${canaries.text}?q=${canaries.text}`));
    traced = await fetch(`${server.url}/v1/health`, {
      headers: { traceparent, 'x-correlation-id': 'order-1', authorization: canaries.goodKey },
    });
    await server.stop();
    const log = server.output();
    const lines = log.split('\n').filter((line) => line.startsWith('{"time"'));
    return {
      log,
      lines: lines.map((line) => JSON.parse(line)),
      tasks,
      refusals,
      items: await scan(join(directory, 'state')),
    };
  }

  it('has met every failure that it was to meet', () => {
    const outcomes = traces.lines
      .filter(({ event }) => event === 'attempt-ended')
      .map(({ provider, outcome }) => `${provider} ${outcome}`);
    expect(traces.tasks.map(({ status }) => status)).toEqual(['SUCCEEDED', 'FAILED', 'FAILED']);
    expect(new Set(outcomes).size).toBeGreaterThan(4);
    expect(traces.refusals.map(({ status }) => status)).toEqual([400, 400, 422, 422, 404, 404]);
    expect(traces.items.length).toBeGreaterThan(20);
  });

  it('is no word in the log', () => {
    expect(linesWithCanaries(traces.log)).toEqual([]);
  });

  it('is no word in the answers to what was wrong', () => {
    const texts = traces.refusals.map(({ text }) => text).join('\n');
    const failures = traces.tasks.map((task) => JSON.stringify('error' in task ? task.error : {}));
    expect(linesWithCanaries(`${texts}\n${failures.join('\n')}`)).toEqual([]);
  });

  it('is nothing in the table but the name of the file and the parameters, with their task, and answers, with their calls', () => {
    const others = traces.items.map((item) =>
      item['sk'] === 'META'
        ? { ...item, inputs: undefined, params: undefined }
        : { ...item, resultJson: undefined },
    );
    expect(linesWithCanaries(others.map((item) => JSON.stringify(item)).join('\n'))).toEqual([]);
    expect(linesWithCanaries(JSON.stringify(traces.items))).not.toEqual([]);
  });

  it('is metrics that add up to the ledger, in few series', () => {
    const metrics = traces.lines.find(({ event }) => event === 'metrics') ?? {};
    const sumOf = (name: string) =>
      Object.entries(metrics)
        .filter(([series]) => series.split(' ')[0] === name)
        .reduce((sum, [, value]) => sum + Number(value), 0);
    const usage = (field: 'attempts' | 'costInMicroUsd') =>
      traces.tasks.reduce((sum, task) => sum + task.usage[field], 0);
    expect(sumOf('Attempts')).toBe(usage('attempts'));
    expect(sumOf('CostInMicroUsd')).toBe(usage('costInMicroUsd'));
    expect(sumOf('Reasks')).toBeGreaterThan(0);
    expect(metrics['TasksAccepted summarize']).toBe(3);
    expect(metrics['TasksEnded summarize SUCCEEDED']).toBe(1);
    expect(metrics['TasksEnded summarize FAILED']).toBe(2);
    // Of the two that failed, the corrupt file is its sender's fault.
    expect(metrics['TasksBroken']).toBe(1);
    expect(Object.keys(metrics).length).toBeLessThan(40);
  });

  it('is a line for each request, by the template of its route', () => {
    const requests = traces.lines.filter(({ event }) => event === 'request');
    const routes = new Set(requests.map(({ method, route }) => `${method} ${route}`));
    expect([...routes].sort()).toEqual([
      'GET /v1/health',
      'GET /v1/tasks/{taskId}',
      'GET none',
      'POST /v1/tasks',
    ]);
    expect(new Set(requests.map(({ requestId }) => requestId)).size).toBe(requests.length);
    expect(requests.at(-1)).toMatchObject({
      status: 200,
      correlationId: 'order-1',
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    });
    expect(requests.find(({ status }) => status === 422)).toMatchObject({ tenantId: 'local' });
    expect(traced.headers.get('x-request-id')).toBe(requests.at(-1)?.['requestId']);
    expect(traced.headers.get('x-correlation-id')).toBe('order-1');
    expect(traced.headers.get('traceparent')).toBe(traceparent);
  });

  it('is nothing in what passes through the states of a machine', async () => {
    const run = await openObservedRun(join(directory, 'observed'), providers.environment);
    const statuses = [];
    for (const request of [canaryRequest('empiriolabs'), canaryRequest('cloudsway'), corrupt]) {
      statuses.push(await run.run(request));
    }
    await run.close();

    expect(statuses).toEqual(['SUCCEEDED', 'FAILED', 'FAILED']);
    expect(run.payloads.length).toBeGreaterThan(30);
    expect(linesWithCanaries(run.payloads.join('\n'))).toEqual([]);
  });
});

/** Says that it is a DOCX and is text. */
const corrupt = {
  workflow: 'summarize',
  inputs: [{ name: 'report.docx', text: `PK\u0003\u0004 ${canaries.text}` }],
};

const malformed = [
  `{"workflow": "summarize", ${canaries.text}`,
  { workflow: 'summarize', inputs: [{ text: canaries.text }] },
  {
    workflow: 'summarize',
    inputs: [{ name: 'a.md', text: canaries.text }],
    params: { style: canaries.text },
  },
  { workflow: 'summarize', inputs: [{ url: `http://${canaries.text}:${canaries.goodKey}@x` }] },
];

async function scan(directory: string): Promise<Traces['items']> {
  const server = await startLocalDynamo({ directory });
  const client = createDynamoClient({ endpoint: server.endpoint });
  try {
    const { Items: items = [] } = await client.send(new ScanCommand({ TableName: 'quire' }));
    return items.map((item) => ({ ...item, sk: item['sk']?.S }));
  } finally {
    client.destroy();
    await server.close();
  }
}
