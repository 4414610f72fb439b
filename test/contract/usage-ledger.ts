import { describe, expect, it } from '@jest/globals';
import type { UsageLedger } from '#shared/ports/call-store.ts';
import { endedAttempt, ids, startedAttempt } from '../support/tasks.ts';

/** What every usage ledger promises. `create` gives a ledger that may hold rows of other tests. */
export function describeUsageLedger(name: string, create: () => UsageLedger): void {
  describe(`UsageLedger contract: ${name}`, () => {
    it('shows an attempt from before it leaves (I5)', async () => {
      const ledger = create();
      const attempt = startedAttempt(ids.taskId());

      await ledger.start(attempt);

      expect(await ledger.list(attempt.taskId)).toEqual([attempt]);
    });

    it('completes the row of an attempt and keeps the first completion', async () => {
      const ledger = create();
      const attempt = startedAttempt(ids.taskId());
      const ended = endedAttempt(attempt, 40);
      await ledger.start(attempt);

      await ledger.end(ended);
      await ledger.end(endedAttempt(attempt, 90));
      await ledger.start(attempt);

      expect(await ledger.list(attempt.taskId)).toEqual([ended]);
    });

    it('keeps an attempt whose start was lost', async () => {
      const ledger = create();
      const ended = endedAttempt(startedAttempt(ids.taskId()), 40);

      await ledger.end(ended);

      expect(await ledger.list(ended.taskId)).toEqual([ended]);
    });

    it('leaves unknown tokens unknown', async () => {
      const ledger = create();
      const ended = { ...endedAttempt(startedAttempt(ids.taskId()), 40), usage: {} };

      await ledger.end(ended);

      expect(await ledger.list(ended.taskId)).toEqual([ended]);
    });

    it('lists every attempt of a task and of no other', async () => {
      const ledger = create();
      const taskId = ids.taskId();
      const attempts = Array.from({ length: 120 }, () => startedAttempt(taskId));
      await Promise.all(attempts.map((attempt) => ledger.start(attempt)));
      await ledger.start(startedAttempt(ids.taskId()));

      const listed = await ledger.list(taskId);

      const byId = (each: { attemptId: string }) => each.attemptId;
      expect(listed.map(byId).sort()).toEqual(attempts.map(byId).sort());
    });
  });
}
