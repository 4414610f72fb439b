import type { TaskId } from '#shared/domain/ids.ts';
import { type EndedTask, isEnded } from '#shared/domain/task.ts';
import { endEventOf } from '#shared/domain/task-event.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { EventBus } from '#shared/ports/event-bus.ts';
import type { Logger } from '#shared/ports/logger.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';

/** Does something about the end of a task. It may be called again for the same end, and then changes nothing. */
export type EndSubscriber = (task: EndedTask) => Promise<void>;

export interface AnnouncementPorts {
  readonly tasks: Pick<
    TaskStore,
    'get' | 'listUnannounced' | 'postponeAnnouncement' | 'markAnnounced'
  >;
  readonly events: EventBus;
  readonly subscribers: readonly EndSubscriber[];
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
}

/**
 * Puts the end of a task on the bus, right after it was stored, and no more: who ends tasks has no right to what subscribers need. It never
 * throws: the task stays unannounced until {@link createAfterEnd} has been through, and {@link createAnnounceOverdue} looks for such.
 */
export function createPublishEnd(
  ports: Pick<AnnouncementPorts, 'events' | 'logger'>,
): EndSubscriber {
  return async (task) => {
    try {
      await ports.events.publish([endEventOf(task)]);
    } catch (error) {
      ports.logger.warn('end-not-published', { taskId: task.taskId, name: nameOf(error) });
    }
  };
}

/** What the event of an end leads to: subscribers have their turn, then the end counts as announced. Returns the task, if it has ended. */
export function createAfterEnd(
  ports: Pick<AnnouncementPorts, 'tasks' | 'subscribers' | 'logger'>,
): (taskId: TaskId) => Promise<EndedTask | undefined> {
  return async (taskId) => {
    const task = await ports.tasks.get(taskId);
    // Resumed since, or not ours: another end will come, or none.
    if (task === undefined || !isEnded(task)) return undefined;
    await tellSubscribers(ports, task);
    return task;
  };
}

/** The whole announcement of an end: event, subscribers, mark. Where one fails, the task stays unannounced. */
export function createAnnounceEnd(
  ports: Pick<AnnouncementPorts, 'tasks' | 'events' | 'subscribers' | 'logger'>,
): EndSubscriber {
  return async (task) => {
    await ports.events.publish([endEventOf(task)]);
    await tellSubscribers(ports, task);
  };
}

/** How long the usual way (event, rule, function) may take before an end counts as forgotten. */
const overdueAfterInMs = 120_000;
const atOnce = 100;

/**
 * Announces the ends that have waited for more than two minutes: their event was lost, or a subscriber failed. One that fails again waits
 * for as long as it has waited so far. Returns how many are announced now.
 */
export function createAnnounceOverdue(
  ports: AnnouncementPorts,
): (options?: { overdueAfterInMs: number }) => Promise<number> {
  const announceEnd = createAnnounceEnd(ports);
  return async (options = { overdueAfterInMs }) => {
    const endedBeforeInMs = ports.clock.now() - options.overdueAfterInMs;
    const tasks = await ports.tasks.listUnannounced({ endedBeforeInMs, limit: atOnce });
    let announced = 0;
    for (const task of tasks) {
      try {
        await announceEnd(task);
        announced += 1;
      } catch (error) {
        ports.logger.warn('end-not-announced', { taskId: task.taskId, name: nameOf(error) });
        await postpone(ports, task);
      }
    }
    return announced;
  };
}

/** Twice as long each time: what cannot be announced must not fill the bus with its event, nor stand in front of the others. */
async function postpone({ tasks, clock }: AnnouncementPorts, task: EndedTask): Promise<void> {
  const nowInMs = clock.now();
  const toInMs = nowInMs + (nowInMs - task.endedAtInMs);
  await tasks.postponeAnnouncement(task.taskId, { run: task.run, toInMs });
}

/** One subscriber that fails keeps none of the others from its turn. */
async function tellSubscribers(
  { tasks, subscribers, logger }: Pick<AnnouncementPorts, 'tasks' | 'subscribers' | 'logger'>,
  task: EndedTask,
): Promise<void> {
  const results = await Promise.allSettled(subscribers.map((subscriber) => subscriber(task)));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  await tasks.markAnnounced(task.taskId, task.run);
  logger.info('end-announced', { taskId: task.taskId, run: task.run, status: task.status });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
