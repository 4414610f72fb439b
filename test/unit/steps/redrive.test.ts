import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  createDeadLetterQueue,
  createRefusedEvents,
} from '#shared/adapters/aws/dead-letter-queue.ts';
import { createLambdaFunctions } from '#shared/adapters/aws/lambda-functions.ts';
import { createRedrive } from '#shared/steps/redrive.ts';
import { testClientSettings } from '../../support/json-service.ts';
import {
  type QueueServer,
  startQueueServer,
  type TestFunction,
} from '../../support/queue-server.ts';

const functionArn = 'arn:aws:lambda:eu-central-1:123456789012:function:quire-prod-Inbox';

let server: QueueServer | undefined;
afterEach(() => server?.close());

/** A queue and a function as they are deployed, and the redrive of both. */
async function open(run: TestFunction) {
  const running = await startQueueServer(run);
  server = running;
  const settings = testClientSettings(running.endpoint);
  const queue = { client: new SQSClient(settings), queueUrl: running.queueUrl };
  return {
    server: running,
    refused: createRefusedEvents(queue, { functionName: 'quire-prod-Events' }),
    redrive: createRedrive({
      deadLetters: createDeadLetterQueue(queue),
      functions: createLambdaFunctions({ client: new LambdaClient(settings) }),
    }),
  };
}

/** As Lambda writes it after the last retry. */
const lambdaRecord = (event: unknown) => ({
  version: '1.0',
  timestamp: '2026-11-21T08:00:00.000Z',
  requestContext: {
    requestId: 'e0e0',
    functionArn: `${functionArn}:$LATEST`,
    condition: 'RetriesExhausted',
    approximateInvokeCount: 3,
  },
  requestPayload: event,
  responseContext: { statusCode: 200, functionError: 'Unhandled' },
  responsePayload: { errorType: 'store_unavailable' },
});
const uploaded = (key: string) => ({ id: key, source: 'aws.s3', detail: { object: { key } } });

describe('the redrive', () => {
  it('gives Lambda’s records, and EventBridge’s events, to their functions and removes them', async () => {
    const { server, redrive } = await open(() => null);
    server.put(lambdaRecord(uploaded('inbox/summarize/a.md')));
    server.put(uploaded('inbox/summarize/b.md'), {
      RULE_ARN: 'arn:aws:events:eu-central-1:123456789012:rule/quire',
      TARGET_ARN: functionArn,
      ERROR_CODE: 'NO_PERMISSIONS',
    });
    server.put(lambdaRecord(uploaded('inbox/summarize/c.md')));

    expect(await redrive()).toEqual({ handled: 3, kept: {} });

    expect(server.invocations).toEqual([
      { functionName: `${functionArn}:$LATEST`, event: uploaded('inbox/summarize/a.md') },
      { functionName: functionArn, event: uploaded('inbox/summarize/b.md') },
      { functionName: `${functionArn}:$LATEST`, event: uploaded('inbox/summarize/c.md') },
    ]);
    expect(server.messages).toEqual([]);
  });

  it('keeps what fails again, for others to see at once, and says how', async () => {
    const { server, redrive } = await open((event) => {
      if (JSON.stringify(event).includes('bad')) {
        throw Object.assign(new Error(), { name: 'object_not_found' });
      }
    });
    for (const name of ['bad-1', 'good', 'bad-2']) server.put(lambdaRecord(uploaded(name)));
    server.put('no JSON at all');
    server.put({ some: 'event without a target' });

    expect(await redrive()).toEqual({ handled: 1, kept: { object_not_found: 2, unreadable: 2 } });

    expect(server.messages).toHaveLength(4);
    expect(server.messages.filter(({ isHidden }) => isHidden)).toEqual([]);
  });

  it('tries an event once, also where it is there twice', async () => {
    const { server, redrive } = await open(() => null);
    for (let times = 0; times < 5; times += 1) server.put(lambdaRecord(uploaded('a.md')));

    expect(await redrive()).toEqual({ handled: 5, kept: {} });
    expect(server.invocations).toHaveLength(1);
  });

  it('ends with an event that its function refuses and puts back itself', async () => {
    const event = { id: 'e-1', source: 'com.example', detail: {} };
    const problem = { code: 'invalid_request' as const, message: 'Expected a task.' };
    const putBack: Promise<void>[] = [];
    const opened = await open((given) => {
      putBack.push(opened.refused.put(given, problem));
      return { outcome: 'refused' };
    });
    await opened.refused.put(event, problem);

    expect(await opened.redrive()).toEqual({ handled: 0, kept: { refused: 1 } });

    await Promise.all(putBack);
    expect(opened.server.invocations).toEqual([{ functionName: 'quire-prod-Events', event }]);
    expect(opened.server.messages).toHaveLength(1);
    expect(JSON.parse(opened.server.messages[0]?.body ?? '')).toMatchObject({
      requestContext: { condition: 'Refused' },
      requestPayload: event,
      responsePayload: { errorType: 'invalid_request' },
    });
  });

  it('only counts in a dry run', async () => {
    const { server, redrive } = await open(() => null);
    server.put(lambdaRecord(uploaded('a.md')));
    server.put(lambdaRecord(uploaded('b.md')));

    expect(await redrive({ isDryRun: true })).toEqual({ handled: 0, kept: { 'not tried': 2 } });

    expect(server.invocations).toEqual([]);
    expect(server.messages.filter(({ isHidden }) => !isHidden)).toHaveLength(2);
  });
});
