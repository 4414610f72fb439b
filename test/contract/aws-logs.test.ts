import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';

const script = fileURLToPath(new URL('../support/lambda-invocations.ts', import.meta.url));
const text = 'CANARY the confidential clause 4711';
const secret = 'sk-CANARYkey0123456789abcdef';

/** What a function writes to both streams, in order: Lambda makes one log of them. */
function runAsFunction(): string {
  const directory = mkdtempSync(join(tmpdir(), 'quire-logs-'));
  const file = join(directory, 'log');
  const log = openSync(file, 'a');
  try {
    execFileSync(process.execPath, ['--import', 'tsx', script, text, secret], {
      stdio: ['ignore', log, log],
      env: {
        PATH: process.env['PATH'],
        AWS_LAMBDA_FUNCTION_NAME: 'quire-prod-run-calls',
        QUIRE_STAGE: 'prod',
        QUIRE_VERSION: '0.1.0',
        _X_AMZN_TRACE_ID:
          'Root=1-67891233-abcdef012345678912345678;Parent=463ac35c9f6413ad;Sampled=1',
      },
    });
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(log);
    rmSync(directory, { recursive: true });
  }
}

type Line = Readonly<Record<string, unknown>>;

describe('the log of a function', () => {
  let output = '';
  let lines: readonly Line[] = [];
  beforeAll(() => {
    output = runAsFunction();
    lines = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  });
  const logged = () => lines.filter((line) => !('_aws' in line));
  const metrics = () => lines.filter((line) => '_aws' in line);

  it('names deployment, function, request and trace in every line', () => {
    expect(logged().length).toBe(5);
    for (const line of logged()) {
      expect(line).toMatchObject({
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        service: 'quire',
        version: '0.1.0',
        deployment: 'prod',
        function: 'quire-prod-run-calls',
        requestId: expect.stringMatching(/^request-\d$/),
        traceId: '1-67891233-abcdef012345678912345678',
      });
    }
  });

  it('names the task and its stage in what a step logs, beside the ids of its own', () => {
    expect(logged()[0]).toMatchObject({
      level: 'warn',
      event: 'call-failed',
      requestId: 'request-1',
      taskId: 'tsk_1',
      stage: 'notes',
      callId: 'notes-0-00001',
      attemptId: 'att_1',
    });
    expect(logged()[1]).toMatchObject({ event: 'step', outcome: 'ok', taskId: 'tsk_1' });
  });

  it('forgets an invocation when the next one begins', () => {
    expect(logged().at(-1)).toMatchObject({
      event: 'inbox-event',
      outcome: 'corrupt_file',
      requestId: 'request-3',
    });
    expect(logged().at(-1)).not.toHaveProperty('taskId');
  });

  it('holds no content and no key, whatever a step throws or logs (I9)', () => {
    expect(logged()[3]).toMatchObject({ event: 'step', outcome: 'internal_error' });
    expect(output).not.toMatch(/canary/i);
  });

  it('carries the metrics in the embedded format, a line for each set of dimensions', () => {
    const found = metrics().map((line) => {
      const [{ Namespace, Dimensions, Metrics }] = (
        line['_aws'] as {
          CloudWatchMetrics: [{ Namespace: string; Dimensions: string[][]; Metrics: object[] }];
        }
      ).CloudWatchMetrics;
      const { _aws, ...values } = line;
      return { Namespace, Dimensions: Dimensions.map((set) => [...set].sort()), Metrics, values };
    });
    expect(found).toEqual([
      {
        Namespace: 'Quire',
        Dimensions: [['service', 'workflow']],
        Metrics: [{ Name: 'TasksAccepted', Unit: 'Count' }],
        values: { service: 'quire-prod', workflow: 'summarize', TasksAccepted: 1 },
      },
      {
        Namespace: 'Quire',
        Dimensions: [['provider', 'service']],
        Metrics: [
          { Name: 'ModelLatencyInMs', Unit: 'Milliseconds' },
          { Name: 'CostInMicroUsd', Unit: 'None' },
        ],
        values: {
          service: 'quire-prod',
          provider: 'empiriolabs',
          ModelLatencyInMs: [100, 300],
          CostInMicroUsd: 70,
        },
      },
      {
        Namespace: 'Quire',
        Dimensions: [['outcome', 'provider', 'service']],
        Metrics: [{ Name: 'Attempts', Unit: 'Count' }],
        values: {
          service: 'quire-prod',
          provider: 'empiriolabs',
          outcome: 'accepted',
          Attempts: 2,
        },
      },
      // After 30 s, without being asked; what came later is still held back.
      {
        Namespace: 'Quire',
        Dimensions: [['service']],
        Metrics: [{ Name: 'Reasks', Unit: 'Count' }],
        values: { service: 'quire-long', Reasks: [1, 1, 1] },
      },
    ]);
  });
});
