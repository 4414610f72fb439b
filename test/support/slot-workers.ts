import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import type { SlotBench, SlotCall, SlotHolder } from './slot-bench.ts';

const workerCount = 3;
const worker = fc.integer({ min: 0, max: workerCount - 1 });

/** What may happen to the workers of an account; several things happen while requests are under way. */
export const slotEvent = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('start' as const), worker }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('leave' as const), worker }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('abort' as const), worker }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('kill' as const), worker }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('slow down' as const), worker }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('settle' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('turns' as const),
      count: fc.integer({ min: 1, max: 30 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      seconds: fc.integer({ min: 1, max: 25 }),
    }),
  },
);
type SlotEvent = typeof slotEvent extends fc.Arbitrary<infer Event> ? Event : never;

export interface SlotWorkers {
  happen(event: SlotEvent): Promise<void>;
  /** Lets every call that still waits have its turn; returns those that get none. */
  finish(): Promise<readonly SlotCall[]>;
  /** Calls that have left and were not let go. */
  stuck(): number;
}

interface Worker {
  readonly holder: SlotHolder;
  readonly calls: Waiting[];
  readonly leaving: Set<SlotCall>;
}

interface Waiting {
  readonly call: SlotCall;
  readonly abort: AbortController;
}

/** Workers that come, go and die. One that was killed comes back under another name. */
export function createSlotWorkers(bench: SlotBench, maxInFlight: number): SlotWorkers {
  const limits = { requestsPerMinute: undefined, tokensPerMinute: undefined, maxInFlight };
  let names = 0;
  const open = (): Worker => {
    names += 1;
    return { holder: bench.holder(`worker ${names}`), calls: [], leaving: new Set() };
  };
  const workers = Array.from({ length: workerCount }, open);
  const workerOf = (index: number) => workers[index] ?? open();
  const leave = ({ leaving }: Worker, call: SlotCall) => {
    leaving.add(call);
    call.leave().then(
      () => leaving.delete(call),
      () => undefined,
    );
  };
  const find = (index: number, state: SlotCall['state']) =>
    workerOf(index).calls.find(({ call }) => call.state === state);

  return {
    stuck: () => workers.reduce((sum, { leaving }) => sum + leaving.size, 0),
    async happen(event) {
      switch (event.kind) {
        case 'start': {
          const abort = new AbortController();
          const { holder, calls } = workerOf(event.worker);
          calls.push({ call: holder.start({ signal: abort.signal }), abort });
          return;
        }
        case 'leave': {
          const running = find(event.worker, 'running');
          if (running !== undefined) leave(workerOf(event.worker), running.call);
          return;
        }
        case 'abort':
          return find(event.worker, 'waiting')?.abort.abort(new Error('The worker stops.'));
        case 'kill':
          workerOf(event.worker).holder.kill();
          workers[event.worker] = open();
          return;
        case 'slow down':
          workerOf(event.worker)
            .holder.slots.slowDown('runware', limits)
            .catch(() => undefined);
          return;
        case 'settle':
          return await bench.settle();
        case 'turns':
          for (let turn = 0; turn < event.count; turn += 1) await setImmediate();
          return;
        case 'pass':
          return await bench.pass(event.seconds * 1_000);
      }
    },
    async finish() {
      await bench.settle();
      const calls = () =>
        workers.flatMap((each) => each.calls.map(({ call }) => ({ worker: each, call })));
      // Leases of the dead end, and every look lets some in.
      for (let round = 0; round < calls().length + 4; round += 1) {
        for (const each of calls()) {
          if (each.call.state === 'running') leave(each.worker, each.call);
        }
        await bench.pass(round === 0 ? 61_000 : 1_000);
      }
      return calls().flatMap(({ call }) => (call.state === 'waiting' ? [call] : []));
    },
  };
}
