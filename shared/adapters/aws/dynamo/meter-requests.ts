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

/** The embedded server does not count what the indexes consume: an item that stands in them is written there as well. */
function writtenUnits(consumed: ConsumedCapacity | undefined, input: object): number {
  const units = consumed?.CapacityUnits ?? 1;
  const isComplete = consumed?.GlobalSecondaryIndexes !== undefined;
  return isComplete ? units : units * (1 + (isIndexed(input) ? indexCount : 0));
}

const indexCount = Object.keys(stateTable.indexes).length;

/** Of the items in the table only tasks stand in the indexes. */
function isIndexed(input: object): boolean {
  const key = 'Item' in input ? input.Item : 'Key' in input ? input.Key : undefined;
  const text = JSON.stringify(key ?? {});
  return text.includes('"TASK#') && text.includes('"META"');
}

/** None of our requests names several tables, which would consume a list. */
function consumedIn(output: object): ConsumedCapacity | undefined {
  const hasOne = 'ConsumedCapacity' in output && typeof output.ConsumedCapacity === 'object';
  return hasOne ? (output.ConsumedCapacity ?? undefined) : undefined;
}
