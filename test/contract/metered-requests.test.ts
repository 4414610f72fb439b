import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDynamoClient } from '#shared/adapters/aws/dynamo/client.ts';
import { ensureTable } from '#shared/adapters/aws/dynamo/ensure-table.ts';
import { meterRequests } from '#shared/adapters/aws/dynamo/meter-requests.ts';
import { createDynamoTaskStore } from '#shared/adapters/aws/dynamo/task-store.ts';
import { startLocalDynamo } from '#shared/adapters/local/local-dynamo.ts';
import { createOperationMeter } from '#shared/adapters/system/operation-meter.ts';
import type { OperationCounts } from '#shared/ports/meter.ts';
import { queuedTask } from '../support/tasks.ts';

describe('metered requests', () => {
  const meter = createOperationMeter();
  let server: Awaited<ReturnType<typeof startLocalDynamo>>;
  let client: ReturnType<typeof createDynamoClient>;
  beforeAll(async () => {
    server = await startLocalDynamo();
    client = createDynamoClient({ endpoint: server.endpoint });
    await ensureTable({ client, tableName: 'quire' });
    meterRequests(client, meter);
  });
  afterAll(async () => {
    client.destroy();
    await server.close();
  });

  const countsOf = async (work: () => Promise<unknown>) => {
    const counted: OperationCounts[] = [];
    await meter.measure(work, (counts) => counted.push(counts));
    return counted[0];
  };

  it('counts a read by its size and a write with the indexes that it reaches', async () => {
    const tasks = createDynamoTaskStore({ client, tableName: 'quire' });
    const small = queuedTask();
    const large = queuedTask({ params: { text: 'x'.repeat(8_000) } });

    const created = await countsOf(() => tasks.create(small));
    const createdLarge = await countsOf(() => tasks.create(large));
    const read = await countsOf(() => tasks.get(small.taskId));
    const readLarge = await countsOf(() => tasks.get(large.taskId));

    expect(created).toMatchObject({ readUnits: 0, writeUnits: 3 });
    expect(createdLarge?.writeUnits).toBeGreaterThanOrEqual(10);
    expect(read).toMatchObject({ readUnits: 1, writeUnits: 0 });
    expect(readLarge?.readUnits).toBeGreaterThan(1);
  });
});
