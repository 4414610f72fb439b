import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDynamoTaskStore } from '#shared/adapters/aws/dynamo/task-store.ts';
import { startLocalDynamo } from '#shared/adapters/local/local-dynamo.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { noUsage } from '#shared/domain/usage.ts';
import type { handler as Handler } from '../../../lambdas/after-task.ts';
import { startTable } from '../../support/dynamo-servers.ts';
import { type JsonService, startJsonService } from '../../support/json-service.ts';
import { queuedTask } from '../../support/tasks.ts';
import { isSignedBy, startWebhookReceiver, type WebhookReceiver } from '../../support/webhooks.ts';

const master = 'Generated0By0Secrets0Manager';
const lambda = { getRemainingTimeInMillis: () => 120_000 };

/** The function as it is deployed, over services on this machine: composition, variables and rights of the names it uses. */
describe('the function that follows the end of a task', () => {
  let handler: typeof Handler;
  let tasks: ReturnType<typeof createDynamoTaskStore>;
  let services: JsonService;
  let receiver: WebhookReceiver;
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const dynamo = await startLocalDynamo();
    const table = await startTable({
      name: 'dynalite',
      skipped: undefined,
      start: async () => dynamo,
    });
    services = await startJsonService((operation, input) =>
      operation === 'GetSecretValue'
        ? { body: { SecretString: master } }
        : { body: { FailedEntryCount: 0, Entries: [input['Entries']].flat().map(() => ({})) } },
    );
    receiver = await startWebhookReceiver(204);
    closing.push(table.close, services.close, receiver.close);
    tasks = createDynamoTaskStore(table);
    Object.assign(process.env, {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: services.endpoint,
      AWS_ENDPOINT_URL_EVENTBRIDGE: services.endpoint,
      QUIRE_TABLE_NAME: table.tableName,
      // No task of these tests came from the inbox: nothing is ever asked of it.
      QUIRE_BUCKET_NAME: 'unused',
      QUIRE_CALLBACK_SECRET_ARN: 'arn:of-the-callbacks',
      QUIRE_DEPLOYMENT: 'quire-test',
      QUIRE_ALLOW_HTTP_URLS: 'loopback',
    });
    ({ handler } = await import('../../../lambdas/after-task.ts'));
  });
  afterAll(async () => {
    for (const close of closing) await close();
  });

  /** A task that has ended so long ago, and whose end nobody has announced. */
  async function endedTask(agoInMs: number): Promise<TaskId> {
    const options = { callbackUrl: receiver.url };
    const { task } = await tasks.create(queuedTask({ options }));
    await tasks.end(task.taskId, {
      run: 'any',
      nowInMs: Date.now() - agoInMs,
      ending: { status: 'CANCELLED' },
      usage: noUsage,
    });
    return task.taskId;
  }
  const idsReceived = () => receiver.deliveries.map(({ headers }) => headers['webhook-id']);
  const eventOf = (taskId: TaskId) => `evt_${taskId.slice('tsk_'.length)}_1_cancelled`;

  it('sends the callback for the event of an end, once, signed with what is made of the secret', async () => {
    const taskId = await endedTask(0);
    const event = { 'detail-type': 'Task Cancelled', detail: { taskId } };

    await handler(event, lambda);
    await handler(event, lambda);

    expect(idsReceived()).toEqual([eventOf(taskId)]);
    const [delivery] = receiver.deliveries;
    const { tenantId = '' } = (await tasks.get(taskId)) ?? {};
    const secret = createHmac('sha256', master).update(`callbacks of ${tenantId}`).digest('base64');
    expect(delivery !== undefined && isSignedBy(`whsec_${secret}`, delivery)).toBe(true);
  });

  it('every minute announces what was forgotten, and sends its callback', async () => {
    const [forgotten, recent] = [await endedTask(180_000), await endedTask(60_000)];
    const minute = { 'detail-type': 'Scheduled Event', detail: {} };

    await handler(minute, lambda);
    await handler(minute, lambda);

    expect(idsReceived()).toContain(eventOf(forgotten));
    expect(idsReceived()).not.toContain(eventOf(recent));
    const announced = services.requests.filter(({ operation }) => operation === 'PutEvents');
    expect(JSON.stringify(announced.map(({ input }) => input))).toContain(eventOf(forgotten));
    expect(announced).toHaveLength(1);
  });

  it('leaves alone what is not among its tasks', async () => {
    const before = receiver.deliveries.length;

    const { taskId } = queuedTask();
    await handler({ 'detail-type': 'Task Failed', detail: { taskId } }, lambda);

    expect(receiver.deliveries).toHaveLength(before);
  });
});
