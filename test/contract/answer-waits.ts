import { describe, expect, it } from '@jest/globals';
import { callIdOf } from '#shared/domain/ids.ts';
import type { AnswerWaits } from '#shared/ports/answer-waits.ts';
import { ids, testTimeInMs } from '../support/tasks.ts';

/** What every store of waits promises. */
export function describeAnswerWaits(name: string, open: () => AnswerWaits): void {
  describe(`AnswerWaits contract: ${name}`, () => {
    const [first, second, third] = [ids.attemptId(), ids.attemptId(), ids.attemptId()];
    const begun = async (waits: AnswerWaits, stage = 'notes') => {
      const taskId = ids.taskId();
      const worker = { taskId, stage, round: 0, worker: 0 };
      const attemptIds = [first, second];
      await waits.begin(worker, { run: 1, attemptIds, nowInMs: testTimeInMs });
      return { worker, call: { taskId, callId: callIdOf('notes', 0, 3) } };
    };

    it('gives the token to whoever takes the last attempt away, and again to whoever repeats that', async () => {
      const waits = open();
      const { worker, call } = await begun(waits);

      expect(await waits.keepToken(worker, 'token')).toEqual({ isOver: false });
      expect(await waits.arrive(call, first)).toEqual([]);
      expect(await waits.arrive(call, first)).toEqual([]);
      expect(await waits.arrive(call, third)).toEqual([]);
      expect(await waits.arrive(call, second)).toEqual(['token']);
      expect(await waits.arrive(call, second)).toEqual(['token']);
    });

    it('tells who brings the token that nothing is left to wait for', async () => {
      const waits = open();
      const { worker, call } = await begun(waits);
      for (const each of [first, second]) expect(await waits.arrive(call, each)).toEqual([]);

      expect(await waits.keepToken(worker, 'token')).toEqual({ isOver: true });
      expect(await waits.keepToken({ ...worker, worker: 1 }, 'token')).toEqual({ isOver: true });
    });

    it('begins anew without the token of before, but not for an older run', async () => {
      const waits = open();
      const { worker, call } = await begun(waits);
      await waits.keepToken(worker, 'old');
      const wait = { attemptIds: [third], nowInMs: testTimeInMs };
      await waits.begin(worker, { ...wait, run: 2 });
      expect(await waits.arrive(call, third)).toEqual([]);
      await waits.begin(worker, { ...wait, attemptIds: [first], run: 1 });

      expect(await waits.keepToken(worker, 'new')).toEqual({ isOver: true });
    });

    it('keeps stages apart whose names begin alike', async () => {
      const waits = open();
      const { worker, call } = await begun(waits, 'notes-0-deep');
      await waits.keepToken(worker, 'token');
      await waits.arrive(call, first);

      expect(await waits.arrive(call, second)).toEqual([]);
    });
  });
}
