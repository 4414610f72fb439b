import { createDynamoCallStore } from '#shared/adapters/aws/dynamo/call-store.ts';
import { createDynamoClient } from '#shared/adapters/aws/dynamo/client.ts';
import { ensureTable } from '#shared/adapters/aws/dynamo/ensure-table.ts';
import { createDynamoProviderGate } from '#shared/adapters/aws/dynamo/provider-gate.ts';
import { createDynamoTaskStore } from '#shared/adapters/aws/dynamo/task-store.ts';
import { createDynamoUsageLedger } from '#shared/adapters/aws/dynamo/usage-ledger.ts';
import { startLocalDynamo } from '#shared/adapters/local/local-dynamo.ts';
import type { CallStore, UsageLedger } from '#shared/ports/call-store.ts';
import type { ProviderGate } from '#shared/ports/gate.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';

/** The stores of a local run: the adapters of the deployment over an embedded server. */
export interface LocalState {
  readonly tasks: TaskStore;
  readonly calls: CallStore;
  readonly ledger: UsageLedger;
  readonly gate: ProviderGate;
  close(): Promise<void>;
}

const tableName = 'quire';

/** Opens the state in a folder; throws where another process has it open. */
export async function openLocalState(directory: string): Promise<LocalState> {
  const server = await startLocalDynamo({ directory });
  const client = createDynamoClient({ endpoint: server.endpoint });
  const dynamo = { client, tableName };
  await ensureTable(dynamo);
  return {
    tasks: createDynamoTaskStore(dynamo),
    calls: createDynamoCallStore(dynamo),
    ledger: createDynamoUsageLedger(dynamo),
    gate: createDynamoProviderGate(dynamo),
    async close() {
      client.destroy();
      await server.close();
    },
  };
}
