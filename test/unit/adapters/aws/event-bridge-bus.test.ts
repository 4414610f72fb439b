import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createEventBridgeBus } from '#shared/adapters/aws/event-bridge-bus.ts';
import { type TaskEvent, taskEventOf } from '#shared/domain/task-event.ts';
import {
  type JsonReply,
  type JsonService,
  serviceError,
  startJsonService,
  testClientSettings,
} from '../../../support/json-service.ts';
import { queuedTask, testTimeInMs } from '../../../support/tasks.ts';

let service: JsonService | undefined;
afterEach(async () => {
  await service?.close();
});

interface Entry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Time: number;
  readonly Detail: string;
}

async function busOver(reply: (entries: readonly Entry[], request: number) => JsonReply) {
  let requests = 0;
  const sent: (readonly Entry[])[] = [];
  service = await startJsonService((_, input) => {
    const entries = input['Entries'] as readonly Entry[];
    sent.push(entries);
    requests += 1;
    return reply(entries, requests);
  });
  const client = new EventBridgeClient(testClientSettings(service.endpoint));
  return { bus: createEventBridgeBus({ client, deployment: 'quire-prod' }), sent };
}

function events(count: number): TaskEvent[] {
  const subject = { ...queuedTask(), atInMs: testTimeInMs };
  return Array.from({ length: count }, (_, index) =>
    taskEventOf(subject, { kind: 'Stage Completed', stage: `stage-${index}` }),
  );
}

const taken = (entries: readonly Entry[]): JsonReply => ({
  body: { FailedEntryCount: 0, Entries: entries.map((_, index) => ({ EventId: String(index) })) },
});
const stageOf = (entry: Entry | undefined) => JSON.parse(entry?.Detail ?? '{}').stage;

describe('EventBridge bus', () => {
  it('puts events on the default bus in words that a rule can match', async () => {
    const { bus, sent } = await busOver(taken);
    const [event] = events(1);
    if (event === undefined) throw new Error('Expected an event.');

    await bus.publish([event]);

    const [entry] = sent.flat();
    expect(entry).toMatchObject({
      Source: 'quire',
      DetailType: 'Task Stage Completed',
      Time: testTimeInMs / 1_000,
    });
    expect(entry).not.toHaveProperty('EventBusName');
    expect(JSON.parse(entry?.Detail ?? '')).toEqual({
      eventId: event.eventId,
      taskId: event.taskId,
      tenantId: event.tenantId,
      workflowId: 'summarize',
      run: 1,
      at: '2026-11-21T00:00:00.000Z',
      stage: 'stage-0',
      deployment: 'quire-prod',
    });
  });

  it('sends ten at a time, and nothing at all for no event', async () => {
    const { bus, sent } = await busOver(taken);

    await bus.publish([]);
    await bus.publish(events(23));

    expect(sent.map((entries) => entries.length)).toEqual([10, 10, 3]);
  });

  it('sends what was refused once more, and nothing else', async () => {
    const { bus, sent } = await busOver((entries, request) =>
      request === 1 ? refused(entries, [1, 3]) : taken(entries),
    );

    await bus.publish(events(5));

    expect(sent.map((entries) => entries.map(stageOf))).toEqual([
      ['stage-0', 'stage-1', 'stage-2', 'stage-3', 'stage-4'],
      ['stage-1', 'stage-3'],
    ]);
  });

  it('says so when events stay refused', async () => {
    const { bus, sent } = await busOver((entries) => refused(entries, [0]));

    await expect(bus.publish(events(2))).rejects.toMatchObject({
      code: 'store_unavailable',
      details: { reasons: ['ThrottlingException'] },
    });
    expect(sent.map((entries) => entries.length)).toEqual([2, 1]);
  });

  it.each([
    ['store_unavailable', { status: 500, body: { __type: 'InternalException' } }],
    ['internal_error', serviceError('AccessDeniedException')],
  ])('says %s where EventBridge fails so', async (code, reply) => {
    const { bus } = await busOver(() => reply);

    await expect(bus.publish(events(1))).rejects.toMatchObject({ code });
  });
});

function refused(entries: readonly Entry[], which: readonly number[]): JsonReply {
  const results = entries.map((_, index) =>
    which.includes(index) ? { ErrorCode: 'ThrottlingException' } : { EventId: String(index) },
  );
  return { body: { FailedEntryCount: which.length, Entries: results } };
}
