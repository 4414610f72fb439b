import {
  type Callback,
  type CallbackKey,
  callbackBody,
  type DeliveryAnswer,
  outcomeOf,
} from '#shared/domain/callback.ts';
import { problemOf } from '#shared/domain/errors.ts';
import { isoOf } from '#shared/domain/time.ts';
import type { CallbackSecrets } from '#shared/ports/callback-secrets.ts';
import type { CallbackSender } from '#shared/ports/callback-sender.ts';
import type { CallbackStore } from '#shared/ports/callback-store.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { Logger } from '#shared/ports/logger.ts';

export interface DeliveryPorts {
  readonly callbacks: CallbackStore;
  readonly sender: CallbackSender;
  readonly secrets: CallbackSecrets;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly logger: Logger;
}

export interface Deliveries {
  /** Delivers one callback if it is due; the first repetition, which is due after seconds, is waited for. */
  deliver(key: CallbackKey, signal?: AbortSignal): Promise<void>;
  /** Delivers what is due, and begins nothing after `untilInMs`. Returns how many callbacks it has looked at. */
  deliverDue(options: { untilInMs: number; signal?: AbortSignal }): Promise<number>;
}

/** How long a receiver may take; also how long a delivery may be under way before another one is begun. */
const timeoutInMs = 15_000;
const leaseInMs = 30_000;
/** A repetition within this time is waited for. */
const patienceInMs = 10_000;
const atOnce = 20;

export function createDeliveries(ports: DeliveryPorts): Deliveries {
  const deliver = async (key: CallbackKey, signal?: AbortSignal) => {
    for (;;) {
      const nextAttemptAtInMs = await tryOnce(ports, key, signal);
      if (nextAttemptAtInMs === undefined) return;
      const waitInMs = nextAttemptAtInMs - ports.clock.now();
      if (waitInMs > patienceInMs) return;
      await ports.clock.sleep(Math.max(0, waitInMs), signal);
    }
  };
  return {
    deliver,
    async deliverDue({ untilInMs, signal }) {
      const seen = new Set<string>();
      while (ports.clock.now() < untilInMs) {
        const due = await ports.callbacks.listDue({ nowInMs: ports.clock.now(), limit: atOnce });
        // The index is behind the table by moments: what was looked at a moment ago may still stand in it.
        const fresh = due.filter(({ taskId, run }) => !seen.has(`${taskId} ${run}`));
        if (fresh.length === 0) break;
        for (const { taskId, run } of fresh) seen.add(`${taskId} ${run}`);
        await Promise.all(fresh.map((key) => deliver(key, signal)));
      }
      return seen.size;
    },
  };
}

/** One delivery. Returns when the next one is due, if there is to be one. */
async function tryOnce(
  ports: DeliveryPorts,
  key: CallbackKey,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const claim = await ports.callbacks.claim(key, { nowInMs: ports.clock.now(), leaseInMs });
  if (claim === undefined) return undefined;
  const { callback, fence } = claim;
  const answer = await send(ports, callback, signal);
  const { tries, attempts } = callback;
  const facts = { tries, nowInMs: ports.clock.now(), random: ports.random() };
  const outcome = outcomeOf(answer, facts);
  const { status: lastStatus, lastError } = answer;
  const isMine = await ports.callbacks.conclude(key, { fence, outcome, lastStatus, lastError });
  const { state } = outcome;
  ports.logger.info('callback-sent', { ...key, attempts, state, lastStatus, lastError });
  return isMine && outcome.state === 'pending' ? outcome.nextAttemptAtInMs : undefined;
}

/** Whatever keeps a delivery from an answer is a failure of that delivery; only an abort leaves it open, until its lease ends. */
async function send(
  { sender, secrets }: DeliveryPorts,
  callback: Callback,
  signal: AbortSignal | undefined,
): Promise<DeliveryAnswer & { readonly lastError?: string }> {
  try {
    const { url, eventId, tenantId } = callback;
    const secret = await secrets.secretOf(tenantId);
    const body = callbackBody(callback, isoOf(callback.endedAtInMs));
    return await sender.send({ url, eventId, secret, body }, { timeoutInMs, signal });
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    return { lastError: problemOf(error).code };
  }
}
