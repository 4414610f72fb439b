import { Attempt } from '#shared/domain/call.ts';
import type { UsageLedger } from '#shared/ports/call-store.ts';
import { keys } from './keys.ts';
import { parseItem } from './parse-item.ts';
import { expiryWhileWorking } from './retention.ts';
import { createStateTable, type DynamoOptions } from './table.ts';

const isNew = 'attribute_not_exists(#pk)';
const isStarted = '#state = :started';

/** The usage ledger in DynamoDB. A row is written whole, so that the end of an attempt is kept even where its start was lost (I5). */
export function createDynamoUsageLedger(options: DynamoOptions): UsageLedger {
  const table = createStateTable(options);
  const itemOf = (attempt: Attempt) => ({
    ...keys.attempt(attempt.taskId, attempt.attemptId),
    ...expiryWhileWorking(attempt.startedAtInMs, options.retentionInDays),
    ...attempt,
  });
  return {
    async start(attempt) {
      await table.put(itemOf(attempt), { condition: isNew });
    },
    async end(attempt) {
      await table.put(itemOf(attempt), {
        condition: `${isNew} OR ${isStarted}`,
        values: { started: 'started' },
      });
    },
    async find(taskId, attemptId) {
      const item = await table.get(keys.attempt(taskId, attemptId));
      return item === undefined ? undefined : parseItem(Attempt, item, 'attempt');
    },
    async noteDelivery(taskId, attemptId, nowInMs) {
      const item = await table.change({
        key: keys.attempt(taskId, attemptId),
        update: 'SET #deliveredAtInMs = :now',
        condition: isStarted,
        values: { started: 'started', now: nowInMs },
      });
      return item !== undefined;
    },
    async list(taskId) {
      const items = await table.queryAll({
        condition: '#pk = :partition AND begins_with(#sk, :prefix)',
        values: { partition: keys.task(taskId).pk, prefix: 'ATTEMPT#' },
      });
      return items.map((item) => parseItem(Attempt, item, 'attempt'));
    },
  };
}
