import { createDynamoAllowances } from '#shared/adapters/aws/dynamo/allowances.ts';
import { createDynamoAnswerIndex } from '#shared/adapters/aws/dynamo/answer-index.ts';
import { createDynamoAnswerWaits } from '#shared/adapters/aws/dynamo/answer-waits.ts';
import { createDynamoApiKeyStore } from '#shared/adapters/aws/dynamo/api-key-store.ts';
import { createDynamoCallStore } from '#shared/adapters/aws/dynamo/call-store.ts';
import { createDynamoCallbackStore } from '#shared/adapters/aws/dynamo/callback-store.ts';
import { createDynamoCircuitBreaker } from '#shared/adapters/aws/dynamo/circuit-breaker.ts';
import { createDynamoClient } from '#shared/adapters/aws/dynamo/client.ts';
import { createDynamoConcurrencySlots } from '#shared/adapters/aws/dynamo/concurrency-slots.ts';
import { ensureTable } from '#shared/adapters/aws/dynamo/ensure-table.ts';
import { meterRequests } from '#shared/adapters/aws/dynamo/meter-requests.ts';
import { createDynamoProviderGate } from '#shared/adapters/aws/dynamo/provider-gate.ts';
import { createDynamoTaskStore } from '#shared/adapters/aws/dynamo/task-store.ts';
import { createDynamoUsageLedger } from '#shared/adapters/aws/dynamo/usage-ledger.ts';
import { startLocalDynamo } from '#shared/adapters/local/local-dynamo.ts';
import { createSystemClock } from '#shared/adapters/system/clock.ts';
import type { Allowances } from '#shared/ports/allowances.ts';
import type { AnswerIndex } from '#shared/ports/answer-index.ts';
import type { AnswerWaits } from '#shared/ports/answer-waits.ts';
import type { ApiKeyStore } from '#shared/ports/api-key-store.ts';
import type { CallStore, UsageLedger } from '#shared/ports/call-store.ts';
import type { CallbackStore } from '#shared/ports/callback-store.ts';
import type { CircuitBreaker } from '#shared/ports/circuit.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { ProviderGate } from '#shared/ports/gate.ts';
import type { Meter } from '#shared/ports/meter.ts';
import type { ConcurrencySlots } from '#shared/ports/slots.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';

/** The stores of a local run: the adapters of the deployment over an embedded server. */
export interface LocalState {
  readonly tasks: TaskStore;
  readonly calls: CallStore;
  readonly answers: AnswerIndex;
  readonly ledger: UsageLedger;
  readonly waits: AnswerWaits;
  readonly gate: ProviderGate;
  readonly slots: ConcurrencySlots;
  readonly circuit: CircuitBreaker;
  readonly allowances: Allowances;
  readonly apiKeys: ApiKeyStore;
  readonly callbacks: CallbackStore;
  close(): Promise<void>;
}

const tableName = 'quire';

/** Opens the state in a folder; throws where another process has it open. */
export async function openLocalState(
  directory: string,
  { clock = createSystemClock(), meter }: { clock?: Clock; meter?: Meter } = {},
): Promise<LocalState> {
  const server = await startLocalDynamo({ directory });
  const client = createDynamoClient({ endpoint: server.endpoint });
  if (meter !== undefined) meterRequests(client, meter);
  const dynamo = { client, tableName };
  await ensureTable(dynamo);
  return {
    tasks: createDynamoTaskStore(dynamo),
    calls: createDynamoCallStore(dynamo),
    answers: createDynamoAnswerIndex(dynamo),
    ledger: createDynamoUsageLedger(dynamo),
    waits: createDynamoAnswerWaits(dynamo),
    gate: createDynamoProviderGate(dynamo),
    // One process has the folder at a time: the next one takes over the slots of one that was killed.
    slots: createDynamoConcurrencySlots({ ...dynamo, clock, holder: 'local' }),
    circuit: createDynamoCircuitBreaker(dynamo),
    allowances: createDynamoAllowances(dynamo),
    apiKeys: createDynamoApiKeyStore(dynamo),
    callbacks: createDynamoCallbackStore(dynamo),
    async close() {
      client.destroy();
      await server.close();
    },
  };
}
