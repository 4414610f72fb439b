import { describe, expect, it } from '@jest/globals';
import { openBudget } from '#shared/domain/budget.ts';
import {
  CallId,
  callIdOf,
  documentIdOf,
  documentIdOfUnit,
  TaskId,
  unitIdOf,
} from '#shared/domain/ids.ts';
import { describeLocator } from '#shared/domain/locator.ts';
import { isEnded, Task, TaskRequest } from '#shared/domain/task.ts';
import { noUsage } from '#shared/domain/usage.ts';

const queued = {
  taskId: `tsk_${'0'.repeat(26)}`,
  tenantId: 'local',
  workflowId: 'summarize',
  workflowVersion: 1,
  inputs: [{ documentId: 'd1', name: 'a.md', objectKey: 'k', sizeInBytes: 1 }],
  params: {},
  options: {},
  requestHash: 'h',
  createdAtInMs: 0,
  deadlineAtInMs: 1,
  run: 1,
  budget: openBudget(1),
  callsPlanned: 0,
  callsEnded: 0,
  timeline: [],
  status: 'QUEUED',
};

describe('task', () => {
  it('is ended in exactly the four terminal states', () => {
    const ended = { ...queued, endedAtInMs: 2, usage: noUsage };
    const delivered = {
      ...ended,
      artifacts: [],
      coverage: { units: 1, used: 1, skipped: 0, failed: 0 },
    };
    const problem = { code: 'corrupt_file', message: 'm' };
    const tasks = [
      queued,
      { ...queued, status: 'RUNNING', startedAtInMs: 1 },
      { ...delivered, status: 'SUCCEEDED' },
      { ...delivered, status: 'PARTIAL', reasons: [problem] },
      { ...ended, status: 'FAILED', error: problem },
      { ...ended, status: 'CANCELLED' },
    ].map((task) => Task.parse(task));

    expect(tasks.map(isEnded)).toEqual([false, false, true, true, true, true]);
  });

  it('cannot be PARTIAL without a reason, nor FAILED without an error', () => {
    const ended = { ...queued, endedAtInMs: 2, usage: noUsage };
    const coverage = { units: 0, used: 0, skipped: 0, failed: 0 };

    expect(
      Task.safeParse({ ...ended, status: 'PARTIAL', artifacts: [], coverage, reasons: [] }).success,
    ).toBe(false);
    expect(Task.safeParse({ ...ended, status: 'FAILED' }).success).toBe(false);
  });

  it('refuses a request with a field that it does not know', () => {
    const request = { workflow: 'summarize', inputs: [{ name: 'a.txt', text: 'x' }], option: {} };

    expect(TaskRequest.safeParse(request).success).toBe(false);
  });
});

describe('ids', () => {
  it('of tasks are names that Step Functions takes', () => {
    expect(TaskId.parse(queued.taskId)).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
  });

  it('of calls sort as they are numbered', () => {
    const ids = [0, 9, 10, 123].map((index) => callIdOf('notes', 0, index));

    expect([...ids].sort()).toEqual(ids);
    expect(ids.every((id) => CallId.safeParse(id).success)).toBe(true);
  });

  it('of units name their document', () => {
    expect(documentIdOfUnit(unitIdOf(documentIdOf(12), 7))).toBe('d12');
  });
});

describe('locators in words', () => {
  const headingPath = ['3 Findings', '3.2 Costs'];

  it.each([
    {
      locator: { kind: 'pdf', page: 4, line: 2, headingPath },
      words: 'page 4, section “3.2 Costs”',
    },
    { locator: { kind: 'pdf', page: 4, line: 2, headingPath: [] }, words: 'page 4' },
    {
      locator: { kind: 'docx', part: 'body', paragraph: 12, headingPath },
      words: 'section “3.2 Costs”',
    },
    {
      locator: { kind: 'docx', part: 'footnote', paragraph: 2, headingPath: [] },
      words: 'footnote paragraph 2',
    },
    { locator: { kind: 'text', line: 9, headingPath: [] }, words: 'line 9' },
  ] as const)('say “$words”', ({ locator, words }) => {
    expect(describeLocator({ ...locator, headingPath: [...locator.headingPath] })).toBe(words);
  });
});
