import * as z from 'zod';
import { QuireError } from '#shared/domain/errors.ts';
import { type DocumentId, TaskId } from '#shared/domain/ids.ts';
import type { CallStore } from '#shared/ports/call-store.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import { clearHoles } from './clear-holes.ts';
import type { Step } from './step.ts';
import { type FindWorkflow, requireTask, requireWorkflow } from './task-state.ts';

const OpenTaskInput = z.object({ taskId: TaskId });

export interface OpenTaskOutput {
  readonly taskId: TaskId;
  /** One item for each document, for the Map that reads them. */
  readonly documents: readonly { readonly taskId: TaskId; readonly documentId: DocumentId }[];
}

/** First step: the task is RUNNING from here on. Of a task that is resumed, the checkpoints are made ready before. */
export function createOpenTask(ports: {
  tasks: TaskStore;
  calls: CallStore;
  objects: ObjectStore;
  clock: Clock;
  findWorkflow: FindWorkflow;
}): Step<z.infer<typeof OpenTaskInput>, OpenTaskOutput> {
  return {
    input: OpenTaskInput,
    async run({ taskId }) {
      const queued = await requireTask(ports.tasks, taskId);
      const { run } = queued;
      const isResumed = queued.status === 'QUEUED' && run > 1;
      const progress = isResumed
        ? await clearHoles(ports, queued, requireWorkflow(ports.findWorkflow, queued))
        : undefined;
      const task = await ports.tasks.begin(taskId, {
        run,
        nowInMs: ports.clock.now(),
        ...(progress === undefined ? {} : { progress }),
      });
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
