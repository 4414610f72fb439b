import type { TaskId } from '#shared/domain/ids.ts';
import { type AnnouncementPorts, createAfterEnd } from './announce-end.ts';
import type { Deliveries } from './deliver-callbacks.ts';

/** What the event of an end leads to: its subscribers have their turn, and its callback is delivered at once. */
export function createAfterTask(
  ports: Pick<AnnouncementPorts, 'tasks' | 'subscribers' | 'logger'> & {
    readonly deliveries: Pick<Deliveries, 'deliver'>;
  },
): (taskId: TaskId, signal?: AbortSignal) => Promise<void> {
  const afterEnd = createAfterEnd(ports);
  return async (taskId, signal) => {
    const task = await afterEnd(taskId);
    if (task?.options.callbackUrl === undefined) return;
    await ports.deliveries.deliver({ taskId, run: task.run }, signal);
  };
}
