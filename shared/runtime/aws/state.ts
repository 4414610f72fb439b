import { createDynamoAllowances } from '#shared/adapters/aws/dynamo/allowances.ts';
import { createDynamoAnswerWaits } from '#shared/adapters/aws/dynamo/answer-waits.ts';
import { createDynamoApiKeyStore } from '#shared/adapters/aws/dynamo/api-key-store.ts';
import { createDynamoCallStore } from '#shared/adapters/aws/dynamo/call-store.ts';
import { createDynamoClient } from '#shared/adapters/aws/dynamo/client.ts';
import { createDynamoTaskStore } from '#shared/adapters/aws/dynamo/task-store.ts';
import { createDynamoUsageLedger } from '#shared/adapters/aws/dynamo/usage-ledger.ts';
import { environmentNames } from '#shared/domain/environment.ts';
import { spendingOf } from '../spending-settings.ts';
import { requireVariable, retentionInDays } from './variables.ts';

/** Client and name of the table, as every store over it takes them. */
export const dynamo = {
  client: createDynamoClient(),
  tableName: requireVariable(environmentNames.table),
  retentionInDays: retentionInDays(),
};

export const tasks = createDynamoTaskStore(dynamo);
export const calls = createDynamoCallStore(dynamo);
export const apiKeys = createDynamoApiKeyStore(dynamo);
export const ledger = createDynamoUsageLedger(dynamo);
export const waits = createDynamoAnswerWaits(dynamo);

/** Limits of the deployment above the budgets of its tasks, if it has any. */
export const spending = spendingOf(process.env, createDynamoAllowances(dynamo));
