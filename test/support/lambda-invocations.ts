// Runs a few invocations as Lambda would, in a process whose standard output is the log of a function. Started by aws-logs.test.ts.
import * as z from 'zod';
import { createPowertoolsMetrics } from '#shared/adapters/aws/powertools-metrics.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { logger, metrics } from '#shared/runtime/aws/platform.ts';
import { defineEntrance, defineHandler } from '../../lambdas/define-handler.ts';

const text = process.argv[2] ?? '';
const secret = process.argv[3] ?? '';
const lambda = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 60_000 };
const Input = z.object({ taskId: z.string(), stage: z.string() });

const serving = defineHandler({
  input: Input,
  async run() {
    logger.warn('call-failed', { callId: 'notes-0-00001', attemptId: 'att_1', code: 'x' });
    metrics.count('TasksAccepted', 1, { workflow: 'summarize' });
    for (const latency of [100, 300]) {
      metrics.count('ModelLatencyInMs', latency, { provider: 'empiriolabs' });
    }
    metrics.count('Attempts', 2, { provider: 'empiriolabs', outcome: 'accepted' });
    metrics.count('CostInMicroUsd', 70, { provider: 'empiriolabs' });
    return {};
  },
});
await serving({ taskId: 'tsk_1', stage: 'notes', document: text }, lambda);

// What nobody may do, and what must come to nothing if somebody does it all the same.
const careless = defineHandler({
  input: Input,
  async run() {
    logger.info('request', { authorization: `Bearer ${secret}`, note: `key ${secret}` });
    throw new TypeError(`cannot read “${text}” with ${secret}`);
  },
});
await careless({ taskId: 'tsk_2', stage: 'notes', text }, { ...lambda, awsRequestId: 'request-2' })
  .then(() => process.exit(1))
  .catch((error: Error) => {
    if (`${error.message}${error.stack}`.includes(text)) process.exit(2);
  });

// A function that runs for long does not keep its figures to itself until its end.
let nowInMs = 0;
const long = createPowertoolsMetrics({ service: 'quire-long', now: () => nowInMs });
long.count('Reasks', 1, {});
nowInMs = 29_999;
long.count('Reasks', 1, {});
nowInMs = 30_000;
long.count('Reasks', 1, {});
long.count('Reasks', 1, {});

const entrance = defineEntrance('inbox-event', async (_: { detail: unknown }) => {
  throw new QuireError('corrupt_file', 'Expected a ZIP archive, got none.');
});
await entrance({ detail: { object: { key: text } } }, { ...lambda, awsRequestId: 'request-3' })
  .then(() => process.exit(3))
  .catch(() => undefined);
