import { isEnded, Task, type TimelineEntry } from '#shared/domain/task.ts';
import { creationKey, keys, tenantPartition, unendedPartition } from './keys.ts';
import { parseItem } from './parse-item.ts';
import type { Item, Key } from './table.ts';

/**
 * A task as its item: the fields of the domain beside the keys. Parameters are JSON text, since callers' numbers and depths may be
 * beyond what DynamoDB's own types carry.
 */
export function itemOfTask(task: Task): Key & Item {
  const created = creationKey(task);
  return {
    ...keys.task(task.taskId),
    gsi1pk: tenantPartition(task.tenantId),
    gsi1sk: created,
    ...(isEnded(task) ? {} : { gsi2pk: unendedPartition, gsi2sk: created }),
    ...task,
    params: JSON.stringify(task.params),
  };
}

export function taskOfItem(item: Item): Task {
  const params = item['params'];
  const parsed = typeof params === 'string' ? JSON.parse(params) : undefined;
  return parseItem(Task, { ...item, params: parsed }, 'task');
}

/** An entry as an expression appends it to the timeline. */
export function timelineEntry(atInMs: number, event: string): readonly TimelineEntry[] {
  return [{ atInMs, event }];
}
