import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Task } from '#shared/domain/task.ts';
import { type LocalRuntime, localTenantId, startLocalRuntime } from '#shared/runtime/local.ts';
import { viewTask } from '#shared/steps/tasks/view-task.ts';
import { createShiftedClock, type ShiftedClock } from '../support/shifted-clock.ts';
import { createRecordingLogger, type RecordingLogger } from '../support/silent-logger.ts';
import { waitingTask } from '../support/waiting-task.ts';

const hourInMs = 3_600_000;
const note =
  '# Decision\n\nThe board approved the budget of 4.2 million for 2026.\n\n# Risk\n\nCosts may rise by 3 percent.';

let directory = '';
let clock: ShiftedClock;
let logger: RecordingLogger;
let runtime: LocalRuntime;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'quire-approvals-'));
  clock = createShiftedClock();
  logger = createRecordingLogger();
  await open();
});
afterEach(async () => {
  await runtime.close();
  await rm(directory, { recursive: true, force: true });
});

async function open(): Promise<void> {
  runtime = await startLocalRuntime({ dataDirectory: directory, environment: {}, clock, logger });
}

async function submit(options: Record<string, unknown>): Promise<Task> {
  const request = { workflow: 'summarize', inputs: [{ name: 'note.md', text: note }], options };
  const { task } = await runtime.submitTask({ tenantId: localTenantId, request });
  return task;
}

const waiting = (task: Task) => waitingTask(runtime, task);
const over = ({ taskId }: Task) => runtime.waitForEnd(taskId);
const attempts = ({ taskId }: Task) => runtime.ledger.list(taskId);
const events = (task: Task) => task.timeline.map(({ event }) => event);

describe('a task whose plan a person looks at', () => {
  it('asks the model nothing before that, and tells what it will ask', async () => {
    const task = await waiting(await submit({ approval: 'plan' }));

    expect(await attempts(task)).toEqual([]);
    expect(viewTask(task, runtime.providers)).toMatchObject({
      status: 'RUNNING',
      approval: {
        what: 'plan',
        state: 'open',
        plan: {
          documents: [{ documentId: 'd1', name: 'note.md', units: 4 }],
          calls: task.callsPlanned,
          provider: 'simulator',
        },
      },
    });
    const plan = task.approval?.plan;
    expect(plan?.maxInputTokens).toBeGreaterThan(50);
    expect(plan?.maxCostInMicroUsd).toBeGreaterThan(0);

    await runtime.decideApproval(task, { decision: 'approve' });

    const ended = await over(task);
    expect(ended.status).toBe('SUCCEEDED');
    const [first] = await attempts(task);
    expect(first?.startedAtInMs).toBeGreaterThanOrEqual(task.approval?.askedAtInMs ?? Infinity);
  });

  it('has its deadline moved by the time that it waited', async () => {
    const task = await waiting(await submit({ approval: 'plan', deadlineMinutes: 60 }));
    clock.advance(5 * hourInMs);

    const decided = await runtime.decideApproval(task, { decision: 'approve' });

    expect(decided.deadlineAtInMs - task.deadlineAtInMs).toBeGreaterThanOrEqual(5 * hourInMs);
    expect(decided.deadlineAtInMs - task.deadlineAtInMs).toBeLessThan(5.1 * hourInMs);
    expect((await over(task)).status).toBe('SUCCEEDED');
  });

  it('is planned again with the parameters that were changed, and asks no second time', async () => {
    const task = await waiting(await submit({ approval: 'plan' }));
    const edits = { params: { maxWords: 77 }, budgetUsd: 3, providers: ['simulator'] };

    await runtime.decideApproval(task, { decision: 'approve', edits });

    const ended = await over(task);
    expect(ended).toMatchObject({
      status: 'SUCCEEDED',
      params: { ...task.params, maxWords: 77 },
      options: { providers: ['simulator'] },
      budget: { limitInMicroUsd: 3_000_000 },
    });
    // Counted once, although the stage was planned twice.
    expect(ended.callsPlanned).toBe(ended.callsEnded);
    expect(events(ended).filter((event) => event.startsWith('Waiting'))).toHaveLength(1);
  });

  it('ends CANCELLED when it is rejected, with the reason, and asks again when it is resumed', async () => {
    const task = await waiting(await submit({ approval: 'plan' }));

    await runtime.decideApproval(task, { decision: 'reject', comment: 'too dear' });

    const ended = await over(task);
    expect(ended.status).toBe('CANCELLED');
    expect(events(ended)).toContain('Rejected: plan · too dear');
    expect(await attempts(task)).toEqual([]);

    await runtime.engine.whenOver(task.taskId);
    const resumed = await runtime.resumeTask(ended, {});
    expect(resumed.approval).toBeUndefined();
    const again = await waiting(resumed);
    await runtime.decideApproval(again, { decision: 'approve' });
    expect((await over(task)).status).toBe('SUCCEEDED');
  });

  it('stays approved over a resume', async () => {
    const task = await waiting(await submit({ approval: 'plan', budgetUsd: 0.000_01 }));
    await runtime.decideApproval(task, { decision: 'approve' });
    const poor = await over(task);
    expect(['PARTIAL', 'FAILED']).toContain(poor.status);

    await runtime.engine.whenOver(task.taskId);
    await runtime.resumeTask(poor, { budgetUsd: 2 });

    const ended = await over(task);
    expect(ended.status).toBe('SUCCEEDED');
    expect(events(ended).filter((event) => event.startsWith('Waiting'))).toHaveLength(1);
  });

  it('ends with approval_expired when nobody answers in time; an answer after that is refused', async () => {
    const task = await waiting(await submit({ approval: 'plan', approvalTimeoutMinutes: 30 }));
    clock.advance(hourInMs / 2 - 60_000);
    await runtime.sweep();
    expect((await runtime.tasks.get(task.taskId))?.status).toBe('RUNNING');

    clock.advance(120_000);
    await expect(runtime.decideApproval(task, { decision: 'approve' })).rejects.toMatchObject({
      code: 'approval_not_open',
    });
    await runtime.sweep();

    const ended = await over(task);
    expect(ended).toMatchObject({ status: 'FAILED', error: { code: 'approval_expired' } });
    expect(logger.lines).toContainEqual(
      expect.objectContaining({
        event: 'chore-done',
        fields: expect.objectContaining({ chore: 'reconcile-tasks', expired: 1 }),
      }),
    );
  });

  it.each([
    ['approved', 'SUCCEEDED'],
    ['rejected', 'CANCELLED'],
  ] as const)(
    'hears of a decision that was stored and never told: %s, by the sweeper',
    async (state, status) => {
      const task = await waiting(await submit({ approval: 'plan' }));
      await storeDecision(task, state);

      await runtime.sweep();

      expect((await over(task)).status).toBe(status);
    },
  );

  it.each([
    ['approved', 'SUCCEEDED'],
    ['rejected', 'CANCELLED'],
  ] as const)(
    'keeps a decision over the death of its process: %s, at the next start',
    async (state, status) => {
      const task = await waiting(await submit({ approval: 'plan' }));
      await storeDecision(task, state);
      await runtime.close();
      await open();

      const ended = await over(task);
      expect(ended.status).toBe(status);
      expect(events(ended).filter((event) => event.startsWith('Waiting'))).toHaveLength(1);
    },
  );

  it('waits on after a restart with the same question under another token', async () => {
    const submitted = await submit({ approval: 'plan' });
    const task = await waiting(submitted);
    const former = await runtime.tasks.getApprovalToken({ ...task, what: 'plan' });
    await runtime.close();
    await open();

    const again = await waiting({ ...submitted, run: 2 });
    await askedTwice(again);
    expect(again.approval?.askedAtInMs).toBe(task.approval?.askedAtInMs);
    const answer = { isSuccess: true, output: {} } as const;
    expect(await runtime.engine.answer(former ?? '', answer)).toBe(false);
    await runtime.decideApproval(again, { decision: 'approve' });

    expect((await over(task)).status).toBe('SUCCEEDED');
  });

  it('can be cancelled while it waits', async () => {
    const task = await waiting(await submit({ approval: 'plan' }));

    const cancelled = await runtime.cancelTask(task);
    await runtime.engine.whenOver(task.taskId);

    expect(viewTask(cancelled, runtime.providers)).toMatchObject({
      status: 'CANCELLED',
      approval: { state: 'withdrawn' },
    });
    expect((await runtime.tasks.get(task.taskId))?.status).toBe('CANCELLED');
  });
});

describe('a task whose draft a person looks at', () => {
  it('shows the draft, and delivers it when it is approved', async () => {
    const task = await waiting(await submit({ approval: 'final' }));

    const view = viewTask(task, runtime.providers);
    expect(view).toMatchObject({ status: 'RUNNING', approval: { what: 'final', state: 'open' } });
    expect(view['artifacts']).toContainEqual(
      expect.objectContaining({ name: 'summary.docx', draft: true }),
    );
    await runtime.decideApproval(task, { decision: 'approve' });

    const ended = await over(task);
    expect(ended).toMatchObject({ status: 'SUCCEEDED', artifacts: task.drafts });
    expect(JSON.stringify(viewTask(ended, runtime.providers))).not.toContain('"draft"');
  });

  it('delivers nothing when it is rejected', async () => {
    const task = await waiting(await submit({ approval: 'final' }));

    await runtime.decideApproval(task, { decision: 'reject' });

    const ended = await over(task);
    expect(viewTask(ended, runtime.providers)).toMatchObject({
      status: 'CANCELLED',
      artifacts: [],
    });
  });
});

describe('a token', () => {
  it('stands in no answer and no log line (I9)', async () => {
    const task = await waiting(await submit({ approval: 'plan' }));
    const token = await runtime.tasks.getApprovalToken({ ...task, what: 'plan' });
    await runtime.decideApproval(task, { decision: 'approve' });
    const ended = await over(task);

    expect(token).toMatch(/.{20}/);
    const shown = JSON.stringify([task, ended, logger.lines]);
    expect(shown).not.toContain(token);
  });
});

/** What the API does before it tells the execution, and no more: its process dies. */
async function storeDecision(task: Task, state: 'approved' | 'rejected'): Promise<void> {
  const decided = await runtime.tasks.decideApproval(task.taskId, {
    state,
    what: 'plan',
    askedAtInMs: task.approval?.askedAtInMs ?? 0,
    nowInMs: clock.now(),
    event: 'Decided',
  });
  expect(decided?.approval?.state).toBe(state);
}

/** After a restart the approval is open at once; the machine asks when it comes there. */
async function askedTwice({ taskId }: Task): Promise<void> {
  const reached = new AbortController();
  const onProgress = (task: Task) => {
    if ((task.approval?.asks ?? 0) >= 2) reached.abort();
  };
  await runtime.waitForEnd(taskId, { onProgress, signal: reached.signal }).catch(() => undefined);
}
