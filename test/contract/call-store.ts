import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { callIdOf } from '#shared/domain/ids.ts';
import type { CallStore } from '#shared/ports/call-store.ts';
import { ids, testTimeInMs } from '../support/tasks.ts';

const leaseInMs = 60_000;
const claimAt = (offsetInMs: number, run = 1) => ({
  run,
  nowInMs: testTimeInMs + offsetInMs,
  leaseInMs,
});
const error = { code: 'answer_invalid' as const, message: 'The answer had no list.' };

/** What every call store promises. `create` gives a store that may hold calls of other tests. */
export function describeCallStore(name: string, create: () => CallStore): void {
  describe(`CallStore contract: ${name}`, () => {
    it('lets one of many parallel claims win', async () => {
      const store = create();
      const call = newCall();

      const claims = await Promise.all(
        Array.from({ length: 20 }, () => store.claim(call, claimAt(0))),
      );

      expect(claims.filter((claim) => claim.outcome === 'claimed')).toEqual([
        { outcome: 'claimed', fence: 1 },
      ]);
      expect(claims.filter((claim) => claim.outcome === 'busy')).toHaveLength(19);
    });

    it('tells until when a claim holds, and lets it be taken over from then on', async () => {
      const store = create();
      const call = newCall();
      await store.claim(call, claimAt(0));

      expect(await store.claim(call, claimAt(leaseInMs - 1))).toEqual({
        outcome: 'busy',
        leaseExpiresAtInMs: testTimeInMs + leaseInMs,
      });
      expect(await store.claim(call, claimAt(leaseInMs))).toEqual({ outcome: 'claimed', fence: 2 });
    });

    it('lets a newer run take over at once, and an older one not at all', async () => {
      const store = create();
      const call = newCall();
      await store.claim(call, claimAt(0));

      expect(await store.claim(call, claimAt(1, 2))).toEqual({ outcome: 'claimed', fence: 2 });
      expect(await store.claim(call, claimAt(10 * leaseInMs, 1))).toMatchObject({
        outcome: 'busy',
      });
    });

    it('keeps a small result with the record until the call is reopened', async () => {
      const store = create();
      const call = newCall();
      await store.claim(call, claimAt(0));
      const attemptId = ids.attemptId();
      await store.commit(call, { fence: 1, attemptId, resultJson: '{"answer":1}' });

      expect(await store.get(call)).toMatchObject({
        state: 'committed',
        attemptId,
        resultJson: '{"answer":1}',
      });
      await store.reopen(call, { run: 1 });
      expect(await store.get(call)).not.toHaveProperty('resultJson');
    });

    it('gives a released claim to the next worker', async () => {
      const store = create();
      const call = newCall();
      await store.claim(call, claimAt(0));

      await store.release(call, { fence: 1, nowInMs: testTimeInMs + 5 });

      expect(await store.claim(call, claimAt(5))).toEqual({ outcome: 'claimed', fence: 2 });
      await store.release(call, { fence: 1, nowInMs: testTimeInMs + 6 });
      expect(await store.claim(call, claimAt(7))).toMatchObject({ outcome: 'busy' });
    });

    it('commits for the newest fence only (I3)', async () => {
      const store = create();
      const call = newCall();
      const [late, right] = [ids.attemptId(), ids.attemptId()];
      await store.claim(call, claimAt(0));
      await store.claim(call, claimAt(leaseInMs));

      expect(await store.commit(call, { fence: 1, attemptId: late })).toBe(false);
      expect(await store.commit(call, { fence: 2, attemptId: right })).toBe(true);
      expect(await store.commit(call, { fence: 1, attemptId: late })).toBe(false);
      expect(await store.list(call.taskId, 'notes', 0)).toEqual([
        { callId: call.callId, state: 'committed', fence: 2, attemptId: right },
      ]);
    });

    it('says yes again to the very commit that was made, whose answer may have been lost', async () => {
      const store = create();
      const call = newCall();
      const attemptId = ids.attemptId();
      await store.claim(call, claimAt(0));

      expect(await store.commit(call, { fence: 1, attemptId })).toBe(true);
      expect(await store.commit(call, { fence: 1, attemptId })).toBe(true);
      expect(await store.commit(call, { fence: 1, attemptId: ids.attemptId() })).toBe(false);
    });

    it('never changes what has ended in its run', async () => {
      const store = create();
      const [committed, failed] = [newCall(), newCall()];
      for (const call of [committed, failed]) await store.claim(call, claimAt(0));
      await store.commit(committed, { fence: 1, attemptId: ids.attemptId() });
      await store.fail(failed, { fence: 1, error });
      const before = await records(store, [committed, failed]);

      expect(await store.claim(committed, claimAt(10 * leaseInMs, 9))).toEqual({
        outcome: 'ended',
      });
      expect(await store.claim(failed, claimAt(10 * leaseInMs))).toEqual({ outcome: 'ended' });
      expect(await store.fail(committed, { fence: 1, error })).toBe(false);
      const attemptId = ids.attemptId();
      expect(await store.commit(failed, { fence: 1, attemptId })).toBe(false);
      await store.release(committed, { fence: 1, nowInMs: testTimeInMs });

      expect(await records(store, [committed, failed])).toEqual(before);
      expect(before).toMatchObject([{ state: 'committed' }, { state: 'failed', fence: 1, error }]);
    });

    it('lets a newer run claim a failed call, under a fence that nobody has had (I3)', async () => {
      const store = create();
      const call = newCall();
      await store.claim(call, claimAt(0, 2));
      await store.fail(call, { fence: 1, error });
      expect(await store.claim(call, claimAt(leaseInMs, 1))).toEqual({ outcome: 'ended' });
      expect(await store.claim(call, claimAt(leaseInMs, 2))).toEqual({ outcome: 'ended' });

      const claims = await Promise.all([1, 2, 3].map(() => store.claim(call, claimAt(5, 3))));

      expect(claims.filter(({ outcome }) => outcome === 'claimed')).toEqual([
        { outcome: 'claimed', fence: 2 },
      ]);
      const attemptId = ids.attemptId();
      expect(await store.commit(call, { fence: 1, attemptId })).toBe(false);
      expect(await store.fail(call, { fence: 1, error })).toBe(false);
      expect(await store.commit(call, { fence: 2, attemptId })).toBe(true);
      expect(await records(store, [call])).toEqual([
        { callId: call.callId, state: 'committed', fence: 2, attemptId },
      ]);
    });

    it('reopens a committed call for newer runs, under a fence that nobody has had (I3)', async () => {
      const store = create();
      const call = newCall();
      const [former, later] = [ids.attemptId(), ids.attemptId()];
      await store.claim(call, claimAt(0));
      await store.commit(call, { fence: 1, attemptId: former });

      await store.reopen(call, { run: 1 });
      await store.reopen(call, { run: 1 });

      expect(await store.claim(call, claimAt(leaseInMs, 1))).toEqual({ outcome: 'ended' });
      expect(await store.commit(call, { fence: 1, attemptId: former })).toBe(false);
      expect(await store.claim(call, claimAt(1, 2))).toEqual({ outcome: 'claimed', fence: 2 });
      expect(await store.commit(call, { fence: 1, attemptId: former })).toBe(false);
      expect(await store.commit(call, { fence: 2, attemptId: later })).toBe(true);
    });

    it('does not reopen what is open, what a newer run has committed, and what nobody has claimed', async () => {
      const store = create();
      const [open, committed, unclaimed] = [newCall(), newCall(), newCall()];
      await store.claim(open, claimAt(0, 2));
      await store.claim(committed, claimAt(0, 2));
      await store.commit(committed, { fence: 1, attemptId: ids.attemptId() });
      const before = await records(store, [open, committed, unclaimed]);

      await store.reopen(open, { run: 2 });
      for (const call of [committed, unclaimed]) await store.reopen(call, { run: 1 });

      expect(await records(store, [open, committed, unclaimed])).toEqual(before);
    });

    it('refuses to commit or fail what nobody has claimed', async () => {
      const store = create();
      const call = newCall();

      expect(await store.commit(call, { fence: 1, attemptId: ids.attemptId() })).toBe(false);
      expect(await store.fail(call, { fence: 1, error })).toBe(false);
      expect(await store.list(call.taskId, 'notes', 0)).toEqual([]);
    });

    it('commits at most one result, however workers interleave (I3)', async () => {
      const worker = fc.record({
        atInMs: fc.integer({ min: 0, max: 4 * leaseInMs }),
        run: fc.integer({ min: 1, max: 2 }),
        fate: fc.constantFrom<Fate>('commits', 'commits', 'fails', 'dies', 'releases'),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(worker, { minLength: 2, maxLength: 8 }), async (workers) => {
          const store = create();
          const call = newCall();
          const ends = await Promise.all(workers.map((each) => work(store, call, each)));

          const won = ends.filter((end) => end !== undefined);
          const [record] = await store.list(call.taskId, 'notes', 0);
          // A failed call may have been claimed by the newer run; a committed one is never touched again.
          const committed = won.filter(({ state }) => state === 'committed');
          expect(committed.length).toBeLessThanOrEqual(1);
          expect(new Set(won.map(({ fence }) => fence)).size).toBe(won.length);
          if (committed[0] !== undefined) expect(record).toMatchObject(committed[0]);
          else expect(record?.state).toMatch(/claimed|failed/);
        }),
        { numRuns: 25 },
      );
    });

    it('lists a round in order of call id, and nothing of other rounds and stages', async () => {
      const store = create();
      const taskId = ids.taskId();
      const mine = [11, 2, 100].map((index) => callIdOf('notes', 1, index));
      const others = [
        callIdOf('notes', 0, 1),
        callIdOf('notes', 11, 1),
        callIdOf('notes-1', 0, 1),
        callIdOf('reduce', 1, 1),
      ];
      for (const callId of [...mine, ...others]) await store.claim({ taskId, callId }, claimAt(0));
      await store.claim({ ...newCall(), callId: callIdOf('notes', 1, 5) }, claimAt(0));

      const listed = await store.list(taskId, 'notes', 1);

      expect(listed.map((record) => record.callId)).toEqual([...mine].sort());
    });
  });
}

type Fate = 'commits' | 'fails' | 'dies' | 'releases';

/** One worker's turn at a call; the record as it should be then, if this worker has ended the call. */
async function work(
  store: CallStore,
  call: ReturnType<typeof newCall>,
  { atInMs, run, fate }: { atInMs: number; run: number; fate: Fate },
) {
  const claim = await store.claim(call, claimAt(atInMs, run));
  if (claim.outcome !== 'claimed') return undefined;
  const { fence } = claim;
  const attemptId = ids.attemptId();
  if (fate === 'releases') await store.release(call, { fence, nowInMs: testTimeInMs + atInMs });
  if (fate === 'commits' && (await store.commit(call, { fence, attemptId }))) {
    return { state: 'committed', fence, attemptId };
  }
  if (fate === 'fails' && (await store.fail(call, { fence, error }))) {
    return { state: 'failed', fence };
  }
  return undefined;
}

function newCall() {
  return { taskId: ids.taskId(), callId: callIdOf('notes', 0, 1) };
}

async function records(store: CallStore, calls: readonly ReturnType<typeof newCall>[]) {
  const lists = await Promise.all(calls.map((call) => store.list(call.taskId, 'notes', 0)));
  return lists.flat();
}
