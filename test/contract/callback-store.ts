import { describe, expect, it } from '@jest/globals';
import type { Callback } from '#shared/domain/callback.ts';
import type { CallbackStore } from '#shared/ports/callback-store.ts';
import { pendingCallback } from '../support/callbacks.ts';
import { testTimeInMs } from '../support/tasks.ts';

const leaseInMs = 30_000;
const now = { nowInMs: testTimeInMs, leaseInMs };

/** What every callback store promises. `create` gives a store that may hold callbacks of other tests. */
export function describeCallbackStore(name: string, create: () => CallbackStore): void {
  describe(`CallbackStore contract: ${name}`, () => {
    it('keeps one callback for each end of a task, the first one', async () => {
      const store = create();
      const callback = pendingCallback();

      const created = await Promise.all(
        [0, 1, 2].map((index) => store.create({ ...callback, url: `https://a.test/${index}` })),
      );

      expect(created.filter(Boolean)).toHaveLength(1);
      expect(await store.create({ ...callback, run: 2 })).toBe(true);
      const stored = await store.get(callback);
      expect(stored).toEqual({ ...callback, url: stored?.url });
      expect(await store.get(pendingCallback())).toBeUndefined();
    });

    it('lets one of many deliver, and counts that delivery', async () => {
      const { store, callback } = await stored(create());

      const claims = await Promise.all(
        Array.from({ length: 10 }, () => store.claim(callback, now)),
      );

      const [claim, ...others] = claims.filter((each) => each !== undefined);
      expect(others).toEqual([]);
      expect(claim?.callback).toEqual({ ...callback, attempts: 1, tries: 1 });
    });

    it('lets nobody deliver before the time', async () => {
      const { store, callback } = await stored(create());

      expect(await store.claim(callback, { nowInMs: testTimeInMs - 1, leaseInMs })).toBeUndefined();
      expect(await store.claim(pendingCallback(), now)).toBeUndefined();
    });

    it('lets somebody else deliver when the lease of the first has ended, who then changes nothing', async () => {
      const { store, callback } = await stored(create());
      const first = await store.claim(callback, now);

      const early = { nowInMs: testTimeInMs + leaseInMs - 1, leaseInMs };
      expect(await store.claim(callback, early)).toBeUndefined();
      const second = await store.claim(callback, { nowInMs: testTimeInMs + leaseInMs, leaseInMs });

      expect(second?.callback.attempts).toBe(2);
      const delivered = { state: 'delivered' } as const;
      expect(await store.conclude(callback, { fence: first?.fence ?? 0, outcome: delivered })).toBe(
        false,
      );
      expect(
        await store.conclude(callback, { fence: second?.fence ?? 0, outcome: delivered }),
      ).toBe(true);
    });

    it.each(['delivered', 'failed', 'disabled'] as const)(
      'is over when it is %s',
      async (state) => {
        const { store, callback } = await stored(create());
        const { fence = 0 } = (await store.claim(callback, now)) ?? {};

        await store.conclude(callback, { fence, outcome: { state }, lastStatus: 418 });

        const { nextAttemptAtInMs: _, ...rest } = callback;
        expect(await store.get(callback)).toEqual({
          ...rest,
          state,
          attempts: 1,
          tries: 1,
          lastStatus: 418,
        });
        expect(await isDue(store, callback, testTimeInMs + 1e9)).toBe(false);
        expect(
          await store.claim(callback, { nowInMs: testTimeInMs + 1e9, leaseInMs }),
        ).toBeUndefined();
      },
    );

    it('is due at the time of the next delivery, or when the lease of one has ended', async () => {
      const { store, callback } = await stored(create());
      expect(await isDue(store, callback, testTimeInMs - 1)).toBe(false);
      expect(await isDue(store, callback, testTimeInMs)).toBe(true);

      const { fence = 0 } = (await store.claim(callback, now)) ?? {};
      expect(await isDue(store, callback, testTimeInMs + leaseInMs - 1)).toBe(false);
      expect(await isDue(store, callback, testTimeInMs + leaseInMs)).toBe(true);

      const nextAttemptAtInMs = testTimeInMs + 300_000;
      await store.conclude(callback, {
        fence,
        outcome: { state: 'pending', nextAttemptAtInMs },
        lastError: 'url_unreachable',
      });
      expect(await isDue(store, callback, nextAttemptAtInMs - 1)).toBe(false);
      expect(await isDue(store, callback, nextAttemptAtInMs)).toBe(true);
      expect(await store.get(callback)).toMatchObject({
        nextAttemptAtInMs,
        lastError: 'url_unreachable',
      });
    });

    it('shows the last answer only', async () => {
      const { store, callback } = await stored(create());
      const first = await store.claim(callback, now);
      await store.conclude(callback, {
        fence: first?.fence ?? 0,
        outcome: { state: 'pending', nextAttemptAtInMs: testTimeInMs },
        lastStatus: 500,
      });
      const second = await store.claim(callback, now);
      await store.conclude(callback, {
        fence: second?.fence ?? 0,
        outcome: { state: 'failed' },
        lastError: 'url_unreachable',
      });

      const shown = await store.get(callback);
      expect(shown).toMatchObject({ attempts: 2, tries: 2, lastError: 'url_unreachable' });
      expect(shown).not.toHaveProperty('lastStatus');
    });

    it('lists what has waited longest first', async () => {
      const store = create();
      const long = testTimeInMs - 864_000_000;
      const callbacks = [2, 0, 1].map((index) =>
        pendingCallback({ nextAttemptAtInMs: long + index }),
      );
      for (const callback of callbacks) await store.create(callback);

      const due = await store.listDue({ nowInMs: long + 2, limit: 3 });

      expect(due).toEqual(
        [callbacks[1], callbacks[2], callbacks[0]].map((each) => ({
          taskId: each?.taskId,
          run: each?.run,
        })),
      );
      expect(await store.listDue({ nowInMs: long + 2, limit: 2 })).toHaveLength(2);
    });

    it.each(['delivered', 'failed', 'disabled'] as const)(
      'can be replayed when it is %s, with a whole schedule before it',
      async (state) => {
        const { store, callback } = await stored(create());
        const { fence = 0 } = (await store.claim(callback, now)) ?? {};
        await store.conclude(callback, { fence, outcome: { state }, lastStatus: 200 });

        const nowInMs = testTimeInMs + 60_000;
        const replayed = await store.replay(callback, { nowInMs });

        expect(replayed).toMatchObject({ state: 'pending', attempts: 1, tries: 0 });
        expect(await isDue(store, callback, nowInMs)).toBe(true);
        const claim = await store.claim(callback, { nowInMs, leaseInMs });
        expect(claim?.callback).toMatchObject({ attempts: 2, tries: 1, eventId: callback.eventId });
      },
    );

    it('is replayed after the delivery under way, whose outcome is then of no interest', async () => {
      const { store, callback } = await stored(create());
      const { fence = 0 } = (await store.claim(callback, now)) ?? {};

      await store.replay(callback, { nowInMs: testTimeInMs + 1 });

      expect(await store.claim(callback, { nowInMs: testTimeInMs + 2, leaseInMs })).toBeUndefined();
      expect(await store.conclude(callback, { fence, outcome: { state: 'delivered' } })).toBe(
        false,
      );
      const later = { nowInMs: testTimeInMs + leaseInMs, leaseInMs };
      expect(await store.claim(callback, later)).toBeDefined();
    });

    it('cannot be replayed where there is none', async () => {
      expect(await create().replay(pendingCallback(), { nowInMs: testTimeInMs })).toBeUndefined();
    });
  });
}

async function stored(store: CallbackStore) {
  const callback = pendingCallback();
  await store.create(callback);
  return { store, callback };
}

async function isDue(store: CallbackStore, callback: Callback, nowInMs: number): Promise<boolean> {
  const due = await store.listDue({ nowInMs, limit: 1_000 });
  return due.some(({ taskId, run }) => taskId === callback.taskId && run === callback.run);
}
