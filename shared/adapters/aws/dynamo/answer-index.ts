import * as z from 'zod';
import { CallId, TaskId } from '#shared/domain/ids.ts';
import type { AnswerIndex } from '#shared/ports/answer-index.ts';
import { keys } from './keys.ts';
import { parseItem } from './parse-item.ts';
import { expiryWhileWorking } from './retention.ts';
import { createStateTable, type DynamoOptions } from './table.ts';

const Pointer = z.object({ taskId: TaskId, callId: CallId, fence: z.int().min(1) });

/** Answers by question in DynamoDB: a small item that points at the call. */
export function createDynamoAnswerIndex(options: DynamoOptions): AnswerIndex {
  const table = createStateTable(options);
  return {
    async find(question) {
      const item = await table.get(keys.answer(question));
      return item === undefined ? undefined : parseItem(Pointer, item, 'answer');
    },
    async keep(question, call, nowInMs) {
      await table.put({
        ...keys.answer(question),
        ...call,
        ...expiryWhileWorking(nowInMs, options.retentionInDays),
      });
    },
  };
}
