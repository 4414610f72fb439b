import type { TaskEvent } from '#shared/domain/task-event.ts';
import type { EventBus } from '#shared/ports/event-bus.ts';
import type { Logger } from '#shared/ports/logger.ts';

export type EventHandler = (event: TaskEvent) => Promise<void>;

/** EventBridge within one process. */
export interface LocalEventBus extends EventBus {
  subscribe(handler: EventHandler): void;
  /** Resolves when every handler has done what it began. */
  settle(): Promise<void>;
}

/** Handlers run after the publisher has gone on, as rules do; what one throws is logged and reaches nobody. */
export function createLocalEventBus({ logger }: { logger: Logger }): LocalEventBus {
  const handlers: EventHandler[] = [];
  const running = new Set<Promise<void>>();

  const handle = async (handler: EventHandler, event: TaskEvent) => {
    try {
      await handler(event);
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error;
      logger.warn('event-handler-failed', { taskId: event.taskId, kind: event.kind, name });
    }
  };
  return {
    subscribe: (handler) => {
      handlers.push(handler);
    },
    async publish(events) {
      for (const event of events) {
        for (const handler of handlers) {
          const work: Promise<void> = handle(handler, event).finally(() => running.delete(work));
          running.add(work);
        }
      }
    },
    async settle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
