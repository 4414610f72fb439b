import * as z from 'zod';
import { QuireError } from '#shared/domain/errors.ts';
import { type DocumentId, TaskId } from '#shared/domain/ids.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import type { Step } from './step.ts';
import { requireTask } from './task-state.ts';

const OpenTaskInput = z.object({ taskId: TaskId });

export interface OpenTaskOutput {
  readonly taskId: TaskId;
  /** One item for each document, for the Map that reads them. */
  readonly documents: readonly { readonly taskId: TaskId; readonly documentId: DocumentId }[];
}

/** First step: the task is RUNNING from here on. */
export function createOpenTask(ports: {
  tasks: TaskStore;
  clock: Clock;
}): Step<z.infer<typeof OpenTaskInput>, OpenTaskOutput> {
  return {
    input: OpenTaskInput,
    async run({ taskId }) {
      const { run } = await requireTask(ports.tasks, taskId);
      const task = await ports.tasks.begin(taskId, { run, nowInMs: ports.clock.now() });
      if (task === undefined) {
        throw new QuireError(
          'run_superseded',
          'Expected a task to open; it has ended or another run has it.',
          {
            details: { taskId },
          },
        );
      }
      return {
        taskId,
        documents: task.inputs.map(({ documentId }) => ({ taskId, documentId })),
      };
    },
  };
}
