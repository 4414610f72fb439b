import { join } from 'node:path';
import { createLocalEventBus, type LocalEventBus } from '#shared/adapters/local/local-event-bus.ts';
import { readSecretFile } from '#shared/adapters/local/secret-file.ts';
import { createCallbackSender } from '#shared/adapters/system/callback-sender.ts';
import type { Callback, CallbackKey } from '#shared/domain/callback.ts';
import { endStatusOf } from '#shared/domain/task-event.ts';
import type { CallbackSecrets } from '#shared/ports/callback-secrets.ts';
import type { CallbackSender } from '#shared/ports/callback-sender.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { Logger } from '#shared/ports/logger.ts';
import { createAfterTask } from '#shared/steps/tasks/after-task.ts';
import {
  createAnnounceOverdue,
  createPublishEnd,
  type EndSubscriber,
} from '#shared/steps/tasks/announce-end.ts';
import { createCallbackSecrets } from '#shared/steps/tasks/callback-secrets.ts';
import { createDeliveries } from '#shared/steps/tasks/deliver-callbacks.ts';
import { createQueueCallback } from '#shared/steps/tasks/queue-callback.ts';
import { createReplayCallback, type ReplayCallback } from '#shared/steps/tasks/replay-callback.ts';
import { createTell, type Tell } from '#shared/steps/tell.ts';
import type { LocalState } from './local-state.ts';

/** What the world outside hears of the tasks of a local run, by the use cases of the deployment. */
export interface LocalAnnouncements {
  readonly events: LocalEventBus;
  readonly tell: Tell;
  readonly publishEnd: EndSubscriber;
  readonly callbackSender: CallbackSender;
  readonly callbackSecrets: CallbackSecrets;
  readonly replayCallback: ReplayCallback;
  callbackOf(key: CallbackKey): Promise<Callback | undefined>;
  /** Ends what is under way; what is left over is done at the next start. */
  close(): Promise<void>;
}

/** How often somebody looks for what is due. */
const choresIntervalInMs = 5_000;

export function startLocalAnnouncements(options: {
  state: Pick<LocalState, 'tasks' | 'callbacks'>;
  clock: Clock;
  logger: Logger;
  dataDirectory: string;
  allowsLoopback: boolean;
  /** Besides the callback. */
  subscribers: readonly EndSubscriber[];
}): LocalAnnouncements {
  const { clock, logger, allowsLoopback } = options;
  const { tasks, callbacks } = options.state;
  const events = createLocalEventBus({ logger });
  const callbackSender = createCallbackSender({ clock, allowsLoopback });
  const readMaster = () =>
    readSecretFile(join(options.dataDirectory, 'secrets'), 'callback-secret');
  const callbackSecrets = createCallbackSecrets({ readMaster, clock });
  const deliveries = createDeliveries({
    callbacks,
    sender: callbackSender,
    secrets: callbackSecrets,
    clock,
    random: Math.random,
    logger,
  });
  const subscribers = [createQueueCallback({ callbacks, clock }), ...options.subscribers];
  const announcement = { tasks, events, subscribers, clock, logger };
  const closing = new AbortController();
  const { signal } = closing;

  const afterTask = createAfterTask({ ...announcement, deliveries });
  events.subscribe(async ({ kind, taskId }) => {
    if (endStatusOf(kind) !== undefined) await unlessClosing(signal, afterTask(taskId, signal));
  });
  const replayed = new Set<Promise<void>>();
  const deliverSoon = (key: CallbackKey) => {
    const work: Promise<void> = unlessClosing(signal, deliveries.deliver(key, signal))
      .catch(() => logger.warn('callback-not-replayed', { ...key }))
      .finally(() => replayed.delete(work));
    replayed.add(work);
  };
  const announceOverdue = createAnnounceOverdue(announcement);
  const chores = repeat({ clock, logger, signal }, async (isFirst) => {
    // Nobody else announces what an earlier process has left over.
    await announceOverdue(isFirst ? { overdueAfterInMs: 0 } : undefined);
    await deliveries.deliverDue({ untilInMs: Number.POSITIVE_INFINITY, signal });
  });

  return {
    events,
    tell: createTell({ events, clock, logger }),
    publishEnd: createPublishEnd({ events, logger }),
    callbackSender,
    callbackSecrets,
    replayCallback: createReplayCallback({ callbacks, clock, deliverSoon }),
    callbackOf: callbacks.get,
    async close() {
      closing.abort();
      await Promise.all([events.settle(), chores, ...replayed]);
    },
  };
}

async function repeat(
  { clock, logger, signal }: { clock: Clock; logger: Logger; signal: AbortSignal },
  work: (isFirst: boolean) => Promise<void>,
): Promise<void> {
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    try {
      await unlessClosing(signal, work(isFirst));
    } catch (error) {
      logger.warn('chores-failed', { name: error instanceof Error ? error.name : typeof error });
    }
    await clock.sleep(choresIntervalInMs, signal).catch(() => undefined);
  }
}

/** What fails because this process ends is no news. */
async function unlessClosing(signal: AbortSignal, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
