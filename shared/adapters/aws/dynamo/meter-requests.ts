import type { ConsumedCapacity, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { stateTable } from '#shared/domain/table.ts';
import type { Meter } from '#shared/ports/meter.ts';

/** Lets every request tell what it consumed, and adds that to the work that sent it. */
export function meterRequests(client: DynamoDBClient, meter: Meter): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answered = await next({
        ...args,
        input: { ...args.input, ReturnConsumedCapacity: 'INDEXES' },
      });
      const consumed = consumedIn(answered.output);
      if (readCommands.has(String(context['commandName']))) {
        meter.add('readUnits', consumed?.CapacityUnits ?? 1);
      } else {
        meter.add('writeUnits', writtenUnits(consumed, args.input));
      }
      return answered;
    },
    { step: 'initialize', name: 'meterRequests' },
  );
}

const readCommands = new Set(['GetItemCommand', 'QueryCommand']);

/** The embedded server does not count what the indexes consume: one more unit each, where what they hold may have changed. */
function writtenUnits(consumed: ConsumedCapacity | undefined, input: object): number {
  const units = consumed?.CapacityUnits ?? 1;
  const isComplete = consumed?.GlobalSecondaryIndexes !== undefined;
  return isComplete || !changesIndexes(input) ? units : units + indexes.length;
}

const indexes = Object.values(stateTable.indexes);
const indexed = indexes.flatMap(({ partitionKey, sortKey, projected }) => [
  partitionKey,
  sortKey,
  ...projected,
]);

/** Of the items in the table only tasks stand in the indexes. */
function changesIndexes(input: object): boolean {
  if ('Item' in input) return isTask(input.Item);
  if (!('Key' in input) || !('UpdateExpression' in input)) return false;
  const update = String(input.UpdateExpression);
  return isTask(input.Key) && indexed.some((name) => update.includes(`#${name}`));
}

function isTask(item: unknown): boolean {
  const text = JSON.stringify(item ?? {});
  return text.includes('"TASK#') && text.includes('"META"');
}

/** None of our requests names several tables, which would consume a list. */
function consumedIn(output: object): ConsumedCapacity | undefined {
  const hasOne = 'ConsumedCapacity' in output && typeof output.ConsumedCapacity === 'object';
  return hasOne ? (output.ConsumedCapacity ?? undefined) : undefined;
}
