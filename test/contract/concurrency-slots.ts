import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import type { SlotBench, SlotCall, SlotHolder } from '../support/slot-bench.ts';
import { createSlotWorkers, slotEvent } from '../support/slot-workers.ts';

/** What all concurrency slots promise. `create` gives an account of its own, with room for as many calls as named. */
export function describeConcurrencySlots(
  name: string,
  create: (maxInFlight: number) => Promise<SlotBench>,
): void {
  const limitsOf = (maxInFlight: number) => ({ ...providerProfiles.runware.limits, maxInFlight });

  describe(`ConcurrencySlots contract: ${name}`, () => {
    it('lets as many calls in as the account allows, and the next one when one leaves', async () => {
      const bench = await create(4);
      const holder = bench.holder('one');

      const calls = startMany(holder, 6);
      await bench.settle();
      expect(statesOf(calls)).toEqual([...repeat('running', 4), ...repeat('waiting', 2)]);
      await calls[0]?.leave();
      await bench.settle();

      expect(statesOf(calls)).toEqual(['over', ...repeat('running', 4), 'waiting']);
    });

    it('lets a waiting call of another worker in when one has left', async () => {
      const bench = await create(1);
      const first = bench.holder('one').start();
      await bench.settle();
      const second = bench.holder('two').start();
      await bench.pass(10_000);
      expect(second.state).toBe('waiting');

      await first.leave();
      await bench.pass(1_000);

      expect(second.state).toBe('running');
    });

    it('needs one write for 25 calls that start at once, and one when the last has left', async () => {
      const bench = await create(32);

      const calls = startMany(bench.holder('one'), 25);
      await bench.settle();
      expect(statesOf(calls)).toEqual(repeat('running', 25));
      expect(bench.requests).toEqual(['GetItemCommand', 'UpdateItemCommand']);
      await Promise.all(calls.map((call) => call.leave()));

      expect(bench.requests).toEqual(['GetItemCommand', ...repeat('UpdateItemCommand', 2)]);
    });

    it('writes once in 20 s while calls run, however many come and go', async () => {
      const bench = await create(8);
      const holder = bench.holder('one');
      startMany(holder, 7);
      await bench.settle();
      const before = bench.requests.length;

      for (let second = 0; second < 60; second += 1) {
        const call = holder.start();
        await bench.pass(1_000);
        await call.leave();
      }

      expect(bench.requests.slice(before)).toEqual(repeat('UpdateItemCommand', 3));
    });

    it('gives the slots of a worker that was killed to others when its lease ends, and not before', async () => {
      const bench = await create(2);
      const dying = bench.holder('one');
      startMany(dying, 2);
      await bench.settle();
      dying.kill();
      const call = bench.holder('two').start();

      await bench.pass(59_000);
      expect(call.state).toBe('waiting');
      await bench.pass(2_000);

      expect(call.state).toBe('running');
    });

    it('gives what a worker held to the one that comes back under its name, at once', async () => {
      const bench = await create(2);
      const dying = bench.holder('one');
      startMany(dying, 2);
      await bench.settle();
      dying.kill();

      const calls = startMany(bench.holder('one'), 3);
      await bench.settle();

      expect(statesOf(calls)).toEqual(['running', 'running', 'waiting']);
    });

    it('keeps the slots of a long call, however long it takes', async () => {
      const bench = await create(1);
      bench.holder('one').start();
      await bench.settle();
      const other = bench.holder('two').start();

      await bench.pass(150_000);

      expect(other.state).toBe('waiting');
    });

    it('halves the limit when told to slow down, once in 5 s, and lets it grow by one in 5 s', async () => {
      const bench = await create(8);
      const [busy, other] = [bench.holder('one'), bench.holder('two')];
      for (let refusals = 0; refusals < 8; refusals += 1) {
        await other.slots.slowDown('runware', limitsOf(8));
      }
      const calls = startMany(busy, 12);

      await bench.settle();
      expect(runningOf(calls)).toBe(4);
      await bench.pass(5_000);
      expect(runningOf(calls)).toBe(5);
      await bench.pass(10_000);
      expect(runningOf(calls)).toBe(7);
      await other.slots.slowDown('runware', limitsOf(8));
      await bench.pass(1_000);
      await Promise.all(calls.slice(0, 7).map((call) => call.leave()));
      await bench.pass(1_000);
      expect(runningOf(calls)).toBe(3);
      await bench.pass(60_000);
      expect(bench.mostInFlight()).toBeLessThanOrEqual(8);
    });

    it('keeps one slot, however often it is told to slow down', async () => {
      const bench = await create(4);
      const holder = bench.holder('one');
      for (let refusals = 0; refusals < 5; refusals += 1) {
        await holder.slots.slowDown('runware', limitsOf(4));
        await bench.pass(5_000);
      }
      await holder.slots.slowDown('runware', limitsOf(4));

      const calls = startMany(holder, 2);
      await bench.settle();

      expect(statesOf(calls)).toEqual(['running', 'waiting']);
    });

    it('counts calls that are in flight against a limit that has grown back from a halving', async () => {
      const bench = await create(4);
      const busy = bench.holder('one');
      const calls = startMany(busy, 4);
      await bench.settle();
      await busy.slots.slowDown('runware', limitsOf(4));
      startMany(bench.holder('two'), 4);

      await bench.pass(30_000);
      expect(bench.inFlight()).toBe(4);
      await calls[0]?.leave();
      await bench.pass(30_000);

      expect(bench.mostInFlight()).toBe(4);
    });

    it('gives undefined to a call whose time is up', async () => {
      const bench = await create(1);
      const holder = bench.holder('one');
      holder.start();
      const late = holder.start({ waitInMs: 5_000 });

      await bench.pass(5_000);
      expect(late.state).toBe('waiting');
      await bench.pass(1_000);

      expect(late.state).toBe('sent away');
    });

    it('rejects an aborted wait with the reason of the signal, and leaks nothing', async () => {
      const bench = await create(1);
      const holder = bench.holder('one');
      const first = holder.start();
      await bench.settle();
      const abort = new AbortController();
      const waiting = holder.start({ signal: abort.signal });
      await bench.settle();
      const reason = new Error('The worker stops.');

      abort.abort(reason);
      await bench.settle();
      expect(waiting).toMatchObject({ state: 'over', error: reason });
      expect(holder.start({ signal: abort.signal })).toBeDefined();
      await first.leave();
      await bench.pass(1_000);

      const next = bench.holder('two').start();
      await bench.settle();
      expect(next.state).toBe('running');
    });

    it('gives back what was leased for a call that is aborted before its turn', async () => {
      const bench = await create(1);
      const abort = new AbortController();
      const call = bench.holder('one').start({ signal: abort.signal });
      abort.abort(new Error('The worker stops.'));
      await bench.pass(1_000);

      const next = bench.holder('two').start();
      await bench.settle();

      expect([call.state, next.state]).toEqual(['over', 'running']);
    });

    it('never has more in flight than the account allows, and keeps nobody waiting, however workers come, go and die', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(slotEvent, { minLength: 5, maxLength: 40 }), async (events) => {
          const bench = await create(3);
          const workers = createSlotWorkers(bench, 3);

          for (const event of events) await workers.happen(event);
          const waiting = await workers.finish();

          expect(bench.mostInFlight()).toBeLessThanOrEqual(3);
          expect({ waiting: waiting.length, stuck: workers.stuck() }).toEqual({
            waiting: 0,
            stuck: 0,
          });
        }),
        { numRuns: 25 },
      );
    });
  });
}

function startMany(holder: SlotHolder, count: number): SlotCall[] {
  return Array.from({ length: count }, () => holder.start());
}

function statesOf(calls: readonly SlotCall[]): string[] {
  return calls.map(({ state }) => state);
}

function runningOf(calls: readonly SlotCall[]): number {
  return calls.filter(({ state }) => state === 'running').length;
}

function repeat<Value>(value: Value, count: number): Value[] {
  return Array.from({ length: count }, () => value);
}
