import { describe, expect, it } from '@jest/globals';
import type { Approval } from '#shared/domain/approval.ts';
import { noUsage } from '#shared/domain/usage.ts';
import type { Decision, TaskStore } from '#shared/ports/task-store.ts';
import { ids, queuedTask, testTimeInMs } from '../../support/tasks.ts';

const askedAtInMs = testTimeInMs + 60_000;
const expiresAtInMs = askedAtInMs + 3_600_000;
const drafts = [{ name: 'summary.docx', contentType: 'application/x', sizeInBytes: 5 }];
const approval: Approval = { what: 'plan', state: 'open', askedAtInMs, expiresAtInMs, asks: 1 };
const ask = { run: 1, approval, event: 'Waiting' };
const approve: Decision = {
  state: 'approved',
  what: 'plan',
  askedAtInMs,
  nowInMs: askedAtInMs + 1_000,
  event: 'Approved',
  decisionHash: 'a'.repeat(64),
};
const expire: Decision = { ...approve, state: 'expired', nowInMs: expiresAtInMs };

export function describeTaskApprovals(create: () => TaskStore): void {
  describe('approvals', () => {
    it('are opened once; asked again, the question stays and the answer is due again', async () => {
      const { store, taskId } = await running(create());

      const opened = await store.askApproval(taskId, { ...ask, drafts });
      const later = { ...approval, askedAtInMs: askedAtInMs + 5, expiresAtInMs: expiresAtInMs + 5 };
      const again = await store.askApproval(taskId, { ...ask, approval: later });

      expect(opened).toMatchObject({ approval, drafts });
      expect(again?.approval).toEqual({ ...approval, asks: 2 });
      expect(again?.timeline.map(({ event }) => event)).toEqual([
        'Submitted',
        'Started',
        'Waiting',
      ]);
      expect(await store.get(taskId)).toEqual(again);
    });

    it('are asked only of a running task, in its run', async () => {
      const { store, taskId } = await running(create());

      expect(await store.askApproval(taskId, { ...ask, run: 2 })).toBeUndefined();
      await store.supersede(taskId);
      expect(await store.askApproval(taskId, ask)).toBeUndefined();
      expect(await store.askApproval(taskId, { ...ask, run: 2 })).toBeDefined();
      const queued = queuedTask();
      await store.create(queued);
      expect(await store.askApproval(queued.taskId, ask)).toBeUndefined();
    });

    it('are decided once, however many decide; the time of waiting is added to the deadline once', async () => {
      const { store, taskId, task } = await open(create());
      const decisions: Decision[] = Array.from({ length: 10 }, (_, index) => ({
        ...approve,
        state: index % 2 === 0 ? 'approved' : 'rejected',
        decisionHash: String(index),
        comment: `by ${index}`,
      }));

      const results = await Promise.all(
        decisions.map((decision) => store.decideApproval(taskId, decision)),
      );

      const [winner, ...others] = results.filter((result) => result !== undefined);
      expect(others).toEqual([]);
      expect(await store.get(taskId)).toEqual(winner);
      expect(winner?.deadlineAtInMs).toBe(task.deadlineAtInMs + 1_000);
      expect(winner?.approval?.comment).toBe(`by ${winner?.approval?.decisionHash}`);
      expect(winner?.timeline.filter(({ event }) => event === 'Approved')).toHaveLength(1);
    });

    it('can be approved until they expire, and can expire from then on', async () => {
      const { store, taskId } = await open(create());

      const early = { ...expire, nowInMs: expiresAtInMs - 1 };
      expect(await store.decideApproval(taskId, early)).toBeUndefined();
      const late = { ...approve, nowInMs: expiresAtInMs };
      expect(await store.decideApproval(taskId, late)).toBeUndefined();
      expect((await store.decideApproval(taskId, expire))?.approval?.state).toBe('expired');
    });

    it('are not decided by who saw another one, nor after the end of the task', async () => {
      const { store, taskId } = await open(create());

      const other = { ...approve, askedAtInMs: askedAtInMs - 1 };
      expect(await store.decideApproval(taskId, other)).toBeUndefined();
      expect(await store.decideApproval(taskId, { ...approve, what: 'final' })).toBeUndefined();
      const ending = { status: 'CANCELLED' } as const;
      await store.end(taskId, { run: 1, nowInMs: askedAtInMs, ending, usage: noUsage });
      expect(await store.decideApproval(taskId, approve)).toBeUndefined();
    });

    it('change parameters, providers and budget together with the decision, or nothing at all', async () => {
      const { store, taskId } = await open(create());
      const edits = {
        params: { maxWords: 9 },
        providers: ['runware' as const],
        addedBudgetInMicroUsd: -400,
      };

      const tooMuch = { ...edits, addedBudgetInMicroUsd: -1_001 };
      expect(await store.decideApproval(taskId, { ...approve, edits: tooMuch })).toBeUndefined();
      const decided = await store.decideApproval(taskId, { ...approve, edits });

      expect(decided).toMatchObject({
        params: { maxWords: 9 },
        options: { providers: ['runware'] },
        budget: { limitInMicroUsd: 600, availableInMicroUsd: 600 },
        callsPlanned: 0,
        approval: { hasNewParams: true },
      });
    });

    it('are noted as answered only where nobody has asked again', async () => {
      const { store, taskId } = await open(create());
      await store.decideApproval(taskId, approve);
      await store.askApproval(taskId, ask);

      await store.noteApprovalAnswered(taskId, { asks: 1 });
      expect((await store.get(taskId))?.approval?.isAnswered).toBeUndefined();
      await store.noteApprovalAnswered(taskId, { asks: 2 });
      expect((await store.get(taskId))?.approval?.isAnswered).toBe(true);
      await store.askApproval(taskId, ask);
      expect((await store.get(taskId))?.approval).toMatchObject({ state: 'approved', asks: 3 });
      expect((await store.get(taskId))?.approval?.isAnswered).toBeUndefined();
    });

    it('keep one token for each run and question', async () => {
      const { store, taskId } = await running(create());
      const place = { taskId, run: 1, what: 'plan' } as const;
      const kept = { ...place, createdAtInMs: askedAtInMs };

      expect(await store.getApprovalToken(place)).toBeUndefined();
      await store.putApprovalToken({ ...kept, token: 'first' });
      await store.putApprovalToken({ ...kept, token: 'second' });
      await store.putApprovalToken({ ...kept, run: 2, token: 'other run' });

      expect(await store.getApprovalToken(place)).toBe('second');
      expect(await store.getApprovalToken({ ...place, what: 'final' })).toBeUndefined();
    });

    it.each([
      [true, 'approved'],
      [false, undefined],
    ])('are kept over a resume where they are to be: %s', async (keepsApproval, state) => {
      const { store, taskId } = await open(create());
      await store.decideApproval(taskId, approve);
      const ending = { status: 'CANCELLED' } as const;
      await store.end(taskId, { run: 1, nowInMs: askedAtInMs, ending, usage: noUsage });

      const resumed = await store.resume(taskId, {
        run: 1,
        nowInMs: askedAtInMs,
        deadlineAtInMs: expiresAtInMs,
        addedBudgetInMicroUsd: 0,
        allowances: [],
        keepsApproval,
      });

      expect(resumed?.approval?.state).toBe(state);
      expect(resumed?.drafts).toBeUndefined();
    });
  });
}

async function running(store: TaskStore) {
  const { task } = await store.create(queuedTask({ taskId: ids.taskId() }));
  await store.begin(task.taskId, { run: 1, nowInMs: testTimeInMs });
  return { store, taskId: task.taskId };
}

async function open(store: TaskStore) {
  const { taskId } = await running(store);
  const task = await store.askApproval(taskId, { ...ask, drafts });
  if (task === undefined) throw new Error('Expected an open approval.');
  return { store, taskId, task };
}
