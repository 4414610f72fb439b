import * as z from 'zod';
import { AttemptId, placeOfCall } from '#shared/domain/ids.ts';
import type { AnswerWaits } from '#shared/ports/answer-waits.ts';
import { keys, waitPrefix } from './keys.ts';
import { parseItem } from './parse-item.ts';
import { expiryWhileWorking } from './retention.ts';
import { createStateTable, type DynamoOptions, type Item } from './table.ts';

/** An item without `attemptIds` waits for nothing more: DynamoDB removes a set with its last element. */
const WaitItem = z.object({
  attemptIds: z.set(AttemptId).optional(),
  token: z.string().optional(),
  sk: z.string(),
});

const exists = 'attribute_exists(#pk)';
const isOfNoNewerRun = 'attribute_not_exists(#pk) OR #run <= :run';

/** Waits in DynamoDB: one item for each worker that waits, a set of attempts and a token in it. All changes are conditional and may be made twice. */
export function createDynamoAnswerWaits(options: DynamoOptions): AnswerWaits {
  const table = createStateTable(options);
  const read = (item: Item) => parseItem(WaitItem, item, 'wait');
  return {
    async begin(worker, { run, attemptIds, nowInMs }) {
      const item = {
        ...keys.wait(worker),
        ...expiryWhileWorking(nowInMs, options.retentionInDays),
        run,
        attemptIds: new Set(attemptIds),
      };
      await table.put(item, { condition: isOfNoNewerRun, values: { run } });
    },
    async keepToken(worker, token) {
      const item = await table.change({
        key: keys.wait(worker),
        update: 'SET #token = :token',
        condition: exists,
        values: { token },
      });
      return { isOver: item === undefined || read(item).attemptIds === undefined };
    },
    async arrive({ taskId, callId }, attemptId) {
      const { pk } = keys.task(taskId);
      const prefix = waitPrefix(placeOfCall(callId));
      const items = await table.queryAll({
        condition: '#pk = :partition AND begins_with(#sk, :prefix)',
        values: { partition: pk, prefix },
      });
      const waits = items.map(read).filter(({ sk }) => indexOnly.test(sk.slice(prefix.length)));
      const changed = await Promise.all(
        // One that waits for nothing more is changed too: its token may not have been answered when the last attempt came.
        waits.map(({ sk }) =>
          table.change({
            key: { pk, sk },
            update: 'DELETE #attemptIds :arrived',
            condition: exists,
            values: { arrived: new Set([attemptId]) },
          }),
        ),
      );
      return changed.flatMap((item) => {
        const wait = item === undefined ? undefined : read(item);
        if (wait?.attemptIds !== undefined || wait?.token === undefined) return [];
        return [wait.token];
      });
    },
  };
}

/** The prefix of stage `notes`, round 1 is also that of a stage `notes-1`. */
const indexOnly = /^\d+$/;
