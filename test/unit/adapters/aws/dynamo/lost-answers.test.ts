import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDynamoCallStore } from '#shared/adapters/aws/dynamo/call-store.ts';
import { ensureTable } from '#shared/adapters/aws/dynamo/ensure-table.ts';
import { createDynamoTaskStore } from '#shared/adapters/aws/dynamo/task-store.ts';
import { type LocalDynamo, startLocalDynamo } from '#shared/adapters/local/local-dynamo.ts';
import { callIdOf } from '#shared/domain/ids.ts';
import { type FaultyProxy, startFaultyProxy } from '../../../../support/faulty-proxy.ts';
import { testClientSettings } from '../../../../support/json-service.ts';
import { ids, queuedTask, testTimeInMs } from '../../../../support/tasks.ts';

let dynamo: LocalDynamo;
let proxy: FaultyProxy;
beforeEach(async () => {
  dynamo = await startLocalDynamo();
  proxy = await startFaultyProxy(dynamo.endpoint);
});
afterEach(async () => {
  await proxy.close();
  await dynamo.close();
});

async function openStores() {
  const client = new DynamoDBClient({ ...testClientSettings(proxy.endpoint), maxAttempts: 4 });
  const options = { client, tableName: 'quire' };
  await ensureTable(options);
  return { tasks: createDynamoTaskStore(options), calls: createDynamoCallStore(options) };
}

async function runningTask() {
  const { tasks, calls } = await openStores();
  const { task } = await tasks.create(queuedTask());
  await tasks.begin(task.taskId, { run: 1, nowInMs: testTimeInMs });
  return { tasks, calls, taskId: task.taskId };
}

const reserve = { run: 1, amountInMicroUsd: 600 };
const settle = { reservedInMicroUsd: 600, costInMicroUsd: 100 };
const claim = { run: 1, nowInMs: testTimeInMs, leaseInMs: 60_000 };

describe('a change whose answer is lost', () => {
  it.each(['drop', 'fail'] as const)('gives no reservation back twice: %s (I4)', async (fault) => {
    const { tasks, taskId } = await runningTask();
    await tasks.reserve(taskId, reserve);
    proxy.loseAnswer(fault);

    await expect(tasks.settle(taskId, settle)).rejects.toMatchObject({
      code: 'store_unavailable',
    });

    expect((await tasks.get(taskId))?.budget).toMatchObject({
      availableInMicroUsd: 900,
      reservedInMicroUsd: 0,
      spentInMicroUsd: 100,
    });
  });

  it('reserves no amount twice', async () => {
    const { tasks, taskId } = await runningTask();
    proxy.loseAnswer('drop');

    await expect(tasks.reserve(taskId, reserve)).rejects.toMatchObject({
      code: 'store_unavailable',
    });

    expect((await tasks.get(taskId))?.budget.reservedInMicroUsd).toBe(600);
  });

  it('still claims, commits and fails a call', async () => {
    const { calls, taskId } = await runningTask();
    const [first, second] = [0, 1].map((index) => ({
      taskId,
      callId: callIdOf('notes', 0, index),
    }));
    const attemptId = ids.attemptId();
    if (first === undefined || second === undefined) throw new Error('Expected two calls.');

    proxy.loseAnswer('drop');
    expect(await calls.claim(first, claim)).toEqual({ outcome: 'claimed', fence: 2 });
    proxy.loseAnswer('drop');
    expect(await calls.commit(first, { fence: 2, attemptId })).toBe(true);
    await calls.claim(second, claim);
    proxy.loseAnswer('drop');
    const error = { code: 'answer_invalid' as const, message: 'No list.' };
    expect(await calls.fail(second, { fence: 1, error })).toBe(true);
  });
});

describe('a request that was refused', () => {
  it('is sent again where DynamoDB throttles, also when it counts', async () => {
    const { tasks, taskId } = await runningTask();
    proxy.throttleNext(2);

    expect(await tasks.reserve(taskId, reserve)).toBe('reserved');
    expect((await tasks.get(taskId))?.budget.reservedInMicroUsd).toBe(600);
  });

  it('becomes store_unavailable where throttling does not end', async () => {
    const { tasks, taskId } = await runningTask();
    proxy.throttleNext(4);

    await expect(tasks.get(taskId)).rejects.toMatchObject({ code: 'store_unavailable' });
  });

  it('becomes internal_error where the table is missing', async () => {
    const client = new DynamoDBClient(testClientSettings(dynamo.endpoint));
    const tasks = createDynamoTaskStore({ client, tableName: 'nowhere' });

    await expect(tasks.get(ids.taskId())).rejects.toMatchObject({ code: 'internal_error' });
  });
});
