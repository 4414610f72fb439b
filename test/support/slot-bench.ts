import { randomUUID } from 'node:crypto';
import { createDynamoConcurrencySlots } from '#shared/adapters/aws/dynamo/concurrency-slots.ts';
import { ensureTable } from '#shared/adapters/aws/dynamo/ensure-table.ts';
import type { DynamoOptions } from '#shared/adapters/aws/dynamo/table.ts';
import type { ConcurrencySlots, Slot } from '#shared/ports/slots.ts';
import { createManualClock } from './manual-clock.ts';
import { watchDynamo } from './observed-dynamo.ts';
import { testTimeInMs } from './tasks.ts';

/** A call of a test: it waits for a slot, runs while it has one, and is over when it has left. */
export interface SlotCall {
  state: 'waiting' | 'running' | 'sent away' | 'over';
  /** What waiting ended with, where it was an error. */
  error?: unknown;
  leave(): Promise<void>;
}

export interface SlotHolder {
  readonly slots: ConcurrencySlots;
  start(options?: { waitInMs?: number; signal?: AbortSignal }): SlotCall;
  /** The process is gone, with all its calls. */
  kill(): void;
}

export interface SlotBench {
  readonly nowInMs: () => number;
  /** Requests to the table so far. */
  readonly requests: readonly string[];
  /** Most calls that were in flight at once, over all holders. */
  readonly mostInFlight: () => number;
  readonly inFlight: () => number;
  holder(name: string): SlotHolder;
  settle(): Promise<void>;
  /** Lets time pass second by second, everybody doing what there is to do. */
  pass(durationInMs: number): Promise<void>;
}

/** Workers of one account over a table of their own, with a clock that goes when it is told to. */
export async function openSlotBench(table: DynamoOptions, maxInFlight: number): Promise<SlotBench> {
  const tableName = `slots-${randomUUID()}`;
  await ensureTable({ client: table.client, tableName });
  const watch = watchDynamo(table.client);
  const clock = createManualClock(testTimeInMs);
  const limits = { requestsPerMinute: undefined, tokensPerMinute: undefined, maxInFlight };
  let inFlight = 0;
  let mostInFlight = 0;
  const enter = (by: number) => {
    inFlight += by;
    mostInFlight = Math.max(mostInFlight, inFlight);
  };
  return {
    nowInMs: clock.now,
    requests: watch.requests,
    mostInFlight: () => mostInFlight,
    inFlight: () => inFlight,
    settle: watch.settle,
    holder(name) {
      const { client, cut } = watch.worker();
      const slots = createDynamoConcurrencySlots({ client, tableName, clock, holder: name });
      const calls = new Set<SlotCall>();
      return {
        slots,
        start({ waitInMs = 3_600_000, signal = new AbortController().signal } = {}) {
          let slot: Slot | undefined;
          const call: SlotCall = {
            state: 'waiting',
            async leave() {
              if (call.state !== 'running') return;
              call.state = 'over';
              enter(-1);
              await slot?.leave();
            },
          };
          calls.add(call);
          const request = { limits, untilInMs: clock.now() + waitInMs, signal };
          slots.acquire('runware', request).then(
            (got) => {
              slot = got;
              if (call.state === 'over') return;
              call.state = got === undefined ? 'sent away' : 'running';
              if (got !== undefined) enter(1);
            },
            (error: unknown) => {
              call.state = 'over';
              call.error = error;
            },
          );
          return call;
        },
        kill() {
          cut();
          for (const call of calls) {
            if (call.state === 'running') enter(-1);
            call.state = 'over';
          }
        },
      };
    },
    async pass(durationInMs) {
      for (let left = durationInMs; left > 0; left -= 1_000) {
        clock.advance(Math.min(left, 1_000));
        await watch.settle();
      }
    },
  };
}
