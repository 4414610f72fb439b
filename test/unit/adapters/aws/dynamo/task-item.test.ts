import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { itemOfTask, taskOfItem } from '#shared/adapters/aws/dynamo/task-item.ts';
import { openBudget } from '#shared/domain/budget.ts';
import { documentIdOf } from '#shared/domain/ids.ts';
import { isEnded, type Task } from '#shared/domain/task.ts';
import { noUsage } from '#shared/domain/usage.ts';
import { ids, queuedTask, testTimeInMs } from '../../../../support/tasks.ts';

const count = fc.integer({ min: 0, max: 1_000_000 });
/** zod drops a parameter of this name, and well so. */
const name = fc.string().filter((text) => text !== '__proto__');
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)));
const problem = fc.record({
  code: fc.constantFrom('internal_error' as const, 'answer_invalid' as const),
  message: fc.string(),
  details: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(count, fc.string())),
});
const base = fc
  .record({
    params: fc.dictionary(name, json),
    name: fc.string({ unit: 'grapheme' }),
    budget: count.map(openBudget),
    callsPlanned: count,
    options: fc.record(
      { deadlineMinutes: fc.integer({ min: 1, max: 10_080 }) },
      { requiredKeys: [] },
    ),
    timeline: fc.array(fc.record({ atInMs: count, event: fc.string() })),
  })
  .map(({ name, ...rest }) => {
    const objectKey = 'uploads/x';
    const input = { documentId: documentIdOf(1), name, objectKey, sizeInBytes: 1 };
    return { ...queuedTask(), ...rest, inputs: [input] };
  });
const delivered = {
  usage: { ...noUsage, attempts: 2 },
  endedAtInMs: testTimeInMs + 9,
  artifacts: [{ name: 'summary.docx', contentType: 'application/x', sizeInBytes: 0 }],
  coverage: { units: 2, used: 1, skipped: 0, failed: 1 },
};
const standing = fc.oneof(
  fc.constant({ status: 'QUEUED' as const }),
  fc.record({
    status: fc.constant('RUNNING' as const),
    startedAtInMs: count,
    ...{ stage: fc.string() },
  }),
  fc.constant({ status: 'SUCCEEDED' as const, ...delivered }),
  fc.record({
    status: fc.constant('PARTIAL' as const),
    reasons: fc.array(problem, { minLength: 1 }),
    ...Object.fromEntries(
      Object.entries(delivered).map(([key, value]) => [key, fc.constant(value)]),
    ),
  }),
  fc.record({
    status: fc.constant('FAILED' as const),
    error: problem,
    usage: fc.constant(noUsage),
    endedAtInMs: count,
  }),
  fc.constant({ status: 'CANCELLED' as const, usage: noUsage, endedAtInMs: 1 }),
);
const anyTask = fc.tuple(base, standing).map(([task, rest]) => ({ ...task, ...rest }) as Task);

describe('item of a task', () => {
  it('gives back every task as it was, through the types of DynamoDB', () => {
    fc.assert(
      fc.property(anyTask, (task) => {
        const stored = marshall(itemOfTask(task), { removeUndefinedValues: true });
        expect(taskOfItem(unmarshall(stored))).toEqual(task);
      }),
    );
  });

  it('stands in the index of unended tasks until the task has ended', () => {
    fc.assert(
      fc.property(anyTask, (task) => {
        expect('gsi2pk' in itemOfTask(task)).toBe(!isEnded(task));
      }),
    );
  });

  it('says which fields are wrong in an item that is no task, and nothing of their content', () => {
    const item = { ...itemOfTask(queuedTask()), status: 'SECRET', run: 'SECRET' };

    expect(() => taskOfItem(item)).toThrow(/stored task.*status/);
    expect(() => taskOfItem(item)).not.toThrow(/SECRET/);
  });

  it('has keys by which the tasks of a tenant sort by creation', () => {
    const task = queuedTask({ taskId: ids.taskId(), createdAtInMs: testTimeInMs });

    expect(itemOfTask(task)).toMatchObject({
      pk: `TASK#${task.taskId}`,
      sk: 'META',
      gsi1pk: `TENANT#${task.tenantId}`,
      gsi1sk: `2026-11-21T00:00:00.000Z#${task.taskId}`,
    });
  });
});
