import { describe, expect, it } from '@jest/globals';
import type { EndedTask } from '#shared/domain/task.ts';
import { detailOf, detailTypeOf, endEventOf, taskEventOf } from '#shared/domain/task-event.ts';
import { noUsage } from '#shared/domain/usage.ts';
import { queuedTask, testTimeInMs } from '../../support/tasks.ts';

const task = queuedTask({ run: 2 });
const ended = { ...task, endedAtInMs: testTimeInMs + 1_000, usage: noUsage };
const delivered = { artifacts: [], coverage: { units: 1, used: 1, skipped: 0, failed: 0 } };
const problem = { code: 'model_unavailable' as const, message: 'It was down.' };

const ends: readonly (readonly [EndedTask, string, string | undefined])[] = [
  [{ ...ended, ...delivered, status: 'SUCCEEDED' }, 'Task Succeeded', undefined],
  [{ ...ended, ...delivered, status: 'PARTIAL', reasons: [problem] }, 'Task Partial', problem.code],
  [{ ...ended, status: 'FAILED', error: problem }, 'Task Failed', problem.code],
  [{ ...ended, status: 'CANCELLED' }, 'Task Cancelled', undefined],
];

describe('the event of a task', () => {
  it.each(ends)('tells its end: %#', (end, detailType, code) => {
    const event = endEventOf(end);

    expect(detailTypeOf(event.kind)).toBe(detailType);
    expect(detailOf(event)).toEqual({
      eventId: `evt_${task.taskId.slice(4)}_2_${end.status.toLowerCase()}`,
      taskId: task.taskId,
      tenantId: task.tenantId,
      workflowId: 'summarize',
      run: 2,
      at: '2026-11-21T00:00:01.000Z',
      status: end.status,
      ...(code === undefined ? {} : { code }),
    });
  });

  it('has one id for what it tells, and another for anything else', () => {
    const subject = { ...task, atInMs: testTimeInMs };
    const idOf = (changed: object, told: Parameters<typeof taskEventOf>[1]) =>
      taskEventOf({ ...subject, ...changed }, told).eventId;
    const stage = (name: string) => ({ kind: 'Stage Completed', stage: name }) as const;

    const ids = [
      idOf({}, { kind: 'Accepted' }),
      idOf({}, stage('notes')),
      idOf({}, stage('reduce')),
      idOf({ run: 3 }, stage('notes')),
      idOf({ taskId: queuedTask().taskId }, stage('notes')),
    ];

    expect(new Set(ids).size).toBe(ids.length);
    expect(idOf({ atInMs: testTimeInMs + 5 }, stage('notes'))).toBe(ids[1]);
    // Receivers put it between full stops to check the signature.
    expect(ids.filter((id) => !/^[a-z0-9_-]+$/.test(id))).toEqual([]);
  });
});
