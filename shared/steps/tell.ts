import type { Task } from '#shared/domain/task.ts';
import { type TaskEvent, taskEventOf } from '#shared/domain/task-event.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { EventBus } from '#shared/ports/event-bus.ts';
import type { Logger } from '#shared/ports/logger.ts';

/** Tells the world outside what a task has come to on its way, best effort: the work goes on whether it hears or not. */
export type Tell = (task: Task, told: Pick<TaskEvent, 'kind' | 'stage' | 'code'>) => Promise<void>;

export interface TellPorts {
  readonly events: EventBus;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
}

export function createTell({ events, clock, logger }: TellPorts): Tell {
  return async (task, told) => {
    try {
      await events.publish([taskEventOf({ ...task, atInMs: clock.now() }, told)]);
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error;
      logger.warn('event-not-published', { taskId: task.taskId, kind: told.kind, name });
    }
  };
}
