import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { createDynamoAllowances } from '#shared/adapters/aws/dynamo/allowances.ts';
import { createDynamoAnswerIndex } from '#shared/adapters/aws/dynamo/answer-index.ts';
import { createDynamoAnswerWaits } from '#shared/adapters/aws/dynamo/answer-waits.ts';
import { createDynamoApiKeyStore } from '#shared/adapters/aws/dynamo/api-key-store.ts';
import { createDynamoCallStore } from '#shared/adapters/aws/dynamo/call-store.ts';
import { createDynamoCallbackStore } from '#shared/adapters/aws/dynamo/callback-store.ts';
import { createDynamoCircuitBreaker } from '#shared/adapters/aws/dynamo/circuit-breaker.ts';
import { ensureTable } from '#shared/adapters/aws/dynamo/ensure-table.ts';
import { createDynamoProviderGate } from '#shared/adapters/aws/dynamo/provider-gate.ts';
import { createDynamoTaskStore } from '#shared/adapters/aws/dynamo/task-store.ts';
import { createDynamoUsageLedger } from '#shared/adapters/aws/dynamo/usage-ledger.ts';
import { dynamoServers, type RunningTable, startTable } from '../support/dynamo-servers.ts';
import { watchDynamo } from '../support/observed-dynamo.ts';
import { openSlotBench } from '../support/slot-bench.ts';
import { describeAllowances } from './allowances.ts';
import { describeAnswerIndex } from './answer-index.ts';
import { describeAnswerWaits } from './answer-waits.ts';
import { describeApiKeyStore } from './api-key-store.ts';
import { describeCallStore } from './call-store.ts';
import { describeCallbackStore } from './callback-store.ts';
import { describeCircuitBreaker } from './circuit-breaker.ts';
import { describeConcurrencySlots } from './concurrency-slots.ts';
import { describeProviderGate } from './provider-gate.ts';
import { describeTaskStore } from './task-store.ts';
import { describeUsageLedger } from './usage-ledger.ts';

for (const server of dynamoServers) {
  const describeServer = server.skipped === undefined ? describe : describe.skip;
  describeServer(
    `DynamoDB by ${server.name}${server.skipped ? ` (${server.skipped})` : ''}`,
    () => {
      let table: RunningTable;
      beforeAll(async () => {
        table = await startTable(server);
      });
      afterAll(async () => {
        await table.close();
      });
      const dynamo = () => ({ ...table, retentionInDays: 30 });

      describeTaskStore(server.name, () => createDynamoTaskStore(dynamo()));
      describeCallStore(server.name, () => createDynamoCallStore(dynamo()));
      describeAnswerIndex(server.name, () => createDynamoAnswerIndex(dynamo()));
      describeCallbackStore(server.name, () => createDynamoCallbackStore(dynamo()));
      describeUsageLedger(server.name, () => createDynamoUsageLedger(dynamo()));
      describeAnswerWaits(server.name, () => createDynamoAnswerWaits(dynamo()));
      describeAllowances(server.name, () => createDynamoAllowances(table));
      describeApiKeyStore(server.name, () => createDynamoApiKeyStore(dynamo()));
      describeConcurrencySlots(server.name, (maxInFlight) => openSlotBench(table, maxInFlight));
      describeCircuitBreaker(server.name, async (workers) => {
        const tableName = `circuit-${randomUUID()}`;
        await ensureTable({ client: table.client, tableName });
        const { requests, worker } = watchDynamo(table.client);
        const create = () => createDynamoCircuitBreaker({ client: worker().client, tableName });
        const others = Array.from({ length: workers - 2 }, create);
        return { workers: [create(), create(), ...others], requests };
      });
      describeProviderGate(server.name, async (workers) => {
        // A gate is one item a provider: every test has a table of its own.
        const tableName = `gate-${randomUUID()}`;
        await ensureTable({ client: table.client, tableName });
        return Array.from({ length: workers }, () =>
          createDynamoProviderGate({ client: table.client, tableName }),
        );
      });
    },
  );
}
