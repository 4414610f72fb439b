import * as z from 'zod';
import { createCallbackSender } from '#shared/adapters/system/callback-sender.ts';
import { TaskId } from '#shared/domain/ids.ts';
import { createAfterTask } from '#shared/steps/tasks/after-task.ts';
import { createAnnounceOverdue } from '#shared/steps/tasks/announce-end.ts';
import { createDeliveries } from '#shared/steps/tasks/deliver-callbacks.ts';
import { createFillOutbox } from '#shared/steps/tasks/fill-outbox.ts';
import { createQueueCallback } from '#shared/steps/tasks/queue-callback.ts';
import { allowsLoopbackUrls } from '../url-settings.ts';
import { callbackSecrets, callbacks } from './callbacks.ts';
import { events } from './events.ts';
import { objects } from './objects.ts';
import { clock, logger } from './platform.ts';
import { tasks } from './state.ts';

/** The last delivery begins this long before the function is stopped: it takes 15 s, and again as long after a pause of 5 s. */
const marginInMs = 40_000;

const deliveries = createDeliveries({
  callbacks,
  sender: createCallbackSender({ clock, allowsLoopback: allowsLoopbackUrls(process.env) }),
  secrets: callbackSecrets,
  clock,
  random: Math.random,
  logger,
});
const subscribers = [createQueueCallback({ callbacks, clock }), createFillOutbox({ objects })];
const announcement = { tasks, events, subscribers, clock, logger };
const runAfterTask = createAfterTask({ ...announcement, deliveries });
const announceOverdueEnds = createAnnounceOverdue(announcement);

const EndDetail = z.object({ taskId: TaskId });

/** For the event of an end. */
export async function afterTask(detail: unknown): Promise<void> {
  await runAfterTask(EndDetail.parse(detail).taskId);
}

/** Announces the ends that were forgotten. */
export async function announceOverdue(): Promise<number> {
  return await announceOverdueEnds();
}

/** What is done every minute: callbacks whose time has come, and ends that were forgotten. */
export async function doChores(remainingTimeInMs: number): Promise<void> {
  const untilInMs = clock.now() + remainingTimeInMs - marginInMs;
  // Whatever becomes of the announcements: callbacks that are due have nothing to do with them.
  try {
    await announceOverdue();
  } finally {
    await deliveries.deliverDue({ untilInMs });
  }
}
