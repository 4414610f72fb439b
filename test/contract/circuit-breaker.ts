import { describe, expect, it } from '@jest/globals';
import type { CircuitBreaker, CircuitKey, HealthReport } from '#shared/ports/circuit.ts';
import { testTimeInMs } from '../support/tasks.ts';

export interface CircuitBench {
  readonly workers: readonly [CircuitBreaker, CircuitBreaker, ...CircuitBreaker[]];
  /** Requests to the table so far, by name. */
  readonly requests: readonly string[];
}

const key: CircuitKey = { provider: 'runware', keyId: 'key-1' };
const failed: HealthReport = { health: 'failed', reason: 'model_unavailable' };
const served: HealthReport = { health: 'served' };
const refused: HealthReport = { health: 'refused-key', reason: 'model_auth_failed' };
const undecided: HealthReport = { health: 'undecided' };

const allowed = { isAllowed: true, isProbe: false };
const probe = { isAllowed: true, isProbe: true };
const second = (seconds: number) => testTimeInMs + seconds * 1_000;
const closedFor = (seconds: number, reason = 'model_unavailable') => ({
  isAllowed: false,
  retryAtInMs: second(seconds),
  reason,
});

/** What all circuit breakers promise. `create` gives workers over circuits of their own. */
export function describeCircuitBreaker(
  name: string,
  create: (workers: number) => Promise<CircuitBench>,
): void {
  describe(`CircuitBreaker contract: ${name}`, () => {
    describe('a closed circuit', () => {
      it('opens for 5 s when half of five calls of a minute have failed', async () => {
        const { workers } = await create(2);
        const [worker] = workers;

        await reportAll(worker, [served, served, failed, failed], 0);
        expect(await worker.permit(key, second(4))).toEqual(allowed);
        await report(worker, failed, 4);

        expect(await worker.permit(key, second(4))).toEqual(closedFor(9));
        expect(await worker.permit(key, second(8))).toEqual(closedFor(9));
      });

      it.each([
        ['four calls that failed', [failed, failed, failed, failed]],
        ['fewer than half of the calls', [served, served, served, served, failed, failed, failed]],
      ])('stays closed after %s', async (_, reports) => {
        const { workers } = await create(2);
        const [worker] = workers;

        await reportAll(worker, reports, 0);

        expect(await worker.permit(key, second(8))).toEqual(allowed);
      });

      it('forgets what is a minute old', async () => {
        const { workers } = await create(2);
        const [worker] = workers;
        await reportAll(worker, [failed, failed, failed, failed], 0);

        await report(worker, failed, 61);
        expect(await worker.permit(key, second(61))).toEqual(allowed);
        await reportAll(worker, [failed, failed, failed, failed], 62);

        expect(await worker.permit(key, second(66))).toMatchObject({ isAllowed: false });
      });

      it('opens at once for a minute when the key is refused, and names the reason', async () => {
        const { workers } = await create(2);
        const [worker] = workers;

        await report(worker, refused, 0);

        expect(await worker.permit(key, second(1))).toEqual(closedFor(60, 'model_auth_failed'));
      });

      it('tells whose report has opened it, once for each opening', async () => {
        const { workers } = await create(2);
        const [worker] = workers;
        const tell = (health: HealthReport, seconds: number) =>
          worker.report(key, {
            ...health,
            isProbe: [8, 31].includes(seconds),
            nowInMs: second(seconds),
          });

        await reportAll(worker, [served, failed, failed, failed], 0);
        expect(await tell(failed, 1)).toEqual({ hasOpened: true });
        expect(await tell(failed, 2)).toEqual({ hasOpened: false });
        expect(await worker.permit(key, second(7))).toEqual(probe);
        expect(await tell(failed, 8)).toEqual({ hasOpened: true });
        expect(await worker.permit(key, second(30))).toEqual(probe);
        expect(await tell(served, 31)).toEqual({ hasOpened: false });
        expect(await tell(served, 32)).toEqual({ hasOpened: false });
      });

      it('is seen by other workers within 5 s', async () => {
        const { workers } = await create(2);
        const [worker, other] = workers;
        expect(await other.permit(key, second(0))).toEqual(allowed);

        await report(worker, refused, 1);

        expect(await other.permit(key, second(4))).toEqual(allowed);
        expect(await other.permit(key, second(5))).toEqual(closedFor(61, 'model_auth_failed'));
      });

      it('costs no write as long as its provider is well, and one read in 5 s', async () => {
        const { workers, requests } = await create(2);
        const [worker] = workers;

        for (let each = 0; each < 20; each += 1) {
          await Promise.all(Array.from({ length: 10 }, () => worker.permit(key, second(each))));
          await reportAll(worker, [served, failed, served, undecided], each);
        }

        expect(requests).toEqual(Array.from({ length: 4 }, () => 'GetItemCommand'));
      });

      it('is one for each key of a provider', async () => {
        const { workers } = await create(2);
        const [worker, other] = workers;
        await open(worker, 0);

        for (const each of [worker, other]) {
          expect(await each.permit({ ...key, keyId: 'key-2' }, second(1))).toEqual(allowed);
          expect(await each.permit({ ...key, provider: 'cloudsway' }, second(1))).toEqual(allowed);
          expect(await each.permit(key, second(1))).toMatchObject({ isAllowed: false });
        }
      });

      it('holds nothing against a worker that others have seen in the time it was open', async () => {
        const { workers } = await create(2);
        const [worker, other] = workers;
        await reportAll(other, [failed, failed, failed, failed], 0);
        await open(worker, 0);
        expect(await other.permit(key, second(1))).toMatchObject({ isAllowed: false });
        // Questions that were under way.
        await reportAll(other, [failed, failed, failed, failed, failed], 2);
        await worker.permit(key, second(5));
        await endProbe(worker, served, 6);

        expect(await other.permit(key, second(11))).toEqual(allowed);
        await report(other, failed, 11);

        expect(await other.permit(key, second(12))).toEqual(allowed);
      });
    });

    describe('an open circuit', () => {
      it('lets exactly one of many workers ask when its time is up', async () => {
        const { workers } = await create(6);
        await open(workers[0], 0);
        await Promise.all(workers.map((worker) => worker.permit(key, second(1))));

        const permissions = await Promise.all(
          workers.flatMap((worker) => [1, 2, 3].map(() => worker.permit(key, second(5)))),
        );

        expect(permissions.filter(({ isAllowed }) => isAllowed)).toEqual([probe]);
        for (const worker of workers) {
          expect(await worker.permit(key, second(9))).toMatchObject({ isAllowed: false });
        }
      });

      it('closes when its probe was served', async () => {
        const { workers } = await create(2);
        const [worker, other] = workers;
        await open(worker, 0);
        expect(await other.permit(key, second(5))).toEqual(probe);

        await endProbe(other, served, 6);

        expect(await other.permit(key, second(6))).toEqual(allowed);
        expect(await worker.permit(key, second(6))).toEqual(allowed);
      });

      it('waits twice as long after each probe that fails, five minutes at most', async () => {
        const { workers } = await create(2);
        const [worker] = workers;
        await open(worker, 0);
        const cooldowns: number[] = [];
        let now = 5;

        for (let probes = 0; probes < 8; probes += 1) {
          expect(await worker.permit(key, second(now))).toEqual(probe);
          await endProbe(worker, failed, now);
          const until = await retryAt(worker, now);
          cooldowns.push(until - now);
          expect(await worker.permit(key, second(until - 1))).toMatchObject({ isAllowed: false });
          now = until;
        }

        expect(cooldowns).toEqual([10, 20, 40, 80, 160, 300, 300, 300]);
      });

      it('takes up where it was when its provider fails again soon after it was served', async () => {
        const { workers } = await create(2);
        const [worker] = workers;
        await open(worker, 0);
        const cooldowns: number[] = [];
        let now = 5;

        for (let probes = 0; probes < 3; probes += 1) {
          await worker.permit(key, second(now));
          await endProbe(worker, served, now);
          await open(worker, now + 1);
          const until = await retryAt(worker, now + 1);
          cooldowns.push(until - now - 1);
          now = until;
        }

        expect(cooldowns).toEqual([10, 20, 40]);
      });

      it('begins anew when its provider was well for ten times as long as it was open', async () => {
        const { workers } = await create(2);
        const [worker] = workers;
        await open(worker, 0);
        await worker.permit(key, second(5));
        await endProbe(worker, served, 5);

        await open(worker, 5 + 50);

        expect(await retryAt(worker, 55)).toBe(60);
      });

      it('lets the next one ask at once when a probe never came to its question', async () => {
        const { workers } = await create(2);
        const [worker, other] = workers;
        await open(worker, 0);
        expect(await worker.permit(key, second(5))).toEqual(probe);

        await endProbe(worker, undecided, 6);

        expect(await other.permit(key, second(6))).toEqual(probe);
        expect(await worker.permit(key, second(12))).toMatchObject({ isAllowed: false });
      });

      it('is blocked by a dead prober no longer than for its lease', async () => {
        const { workers } = await create(2);
        const [worker, other] = workers;
        await open(worker, 0);
        expect(await worker.permit(key, second(5))).toEqual(probe);

        expect(await other.permit(key, second(5 + 659))).toMatchObject({ isAllowed: false });
        expect(await other.permit(key, second(5 + 660))).toEqual(probe);
      });

      it('keeps the outcome of a probe while its worker goes on asking', async () => {
        const { workers } = await create(2);
        const [worker, other] = workers;
        await open(worker, 0);

        // Reads and writes of one worker are under way side by side.
        const permissions = await Promise.all(
          Array.from({ length: 20 }, () => worker.permit(key, second(5))),
        );
        expect(permissions.filter(({ isAllowed }) => isAllowed)).toEqual([probe]);
        await Promise.all([
          worker.permit(key, second(10)),
          endProbe(worker, served, 10),
          worker.permit(key, second(15)),
        ]);

        expect(await other.permit(key, second(16))).toEqual(allowed);
      });
    });
  });
}

async function report(
  worker: CircuitBreaker,
  health: HealthReport,
  seconds: number,
): Promise<void> {
  await worker.report(key, { ...health, isProbe: false, nowInMs: second(seconds) });
}

async function endProbe(
  worker: CircuitBreaker,
  health: HealthReport,
  seconds: number,
): Promise<void> {
  await worker.report(key, { ...health, isProbe: true, nowInMs: second(seconds) });
}

async function reportAll(
  worker: CircuitBreaker,
  reports: readonly HealthReport[],
  seconds: number,
): Promise<void> {
  for (const each of reports) await report(worker, each, seconds);
}

/** Five calls that fail open it. */
async function open(worker: CircuitBreaker, seconds: number): Promise<void> {
  await reportAll(worker, [failed, failed, failed, failed, failed], seconds);
}

/** When it is worth to ask again, in seconds. */
async function retryAt(worker: CircuitBreaker, seconds: number): Promise<number> {
  const permission = await worker.permit(key, second(seconds));
  if (permission.isAllowed) throw new Error('Expected an open circuit.');
  return (permission.retryAtInMs - testTimeInMs) / 1_000;
}
