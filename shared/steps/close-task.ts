import * as z from 'zod';
import type { Problem } from '#shared/domain/errors.ts';
import { TaskId } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { TaskEnding, TaskStatus } from '#shared/domain/task.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import { Delivery, deliveryStage } from './delivery.ts';
import { type EndTaskPorts, endTask } from './end-task.ts';
import { requireJson } from './json-objects.ts';
import type { Step } from './step.ts';
import { requireRunningTask } from './task-state.ts';

const CloseTaskInput = z.object({ taskId: TaskId });

/** Last step: SUCCEEDED where nothing was lost, PARTIAL where there is a hole (I6). */
export function createCloseTask(
  ports: EndTaskPorts & { readonly objects: ObjectStore },
): Step<z.infer<typeof CloseTaskInput>, { readonly status: TaskStatus }> {
  return {
    input: CloseTaskInput,
    async run({ taskId }) {
      const task = await requireRunningTask(ports.tasks, taskId);
      const key = objectKeys.stageOutput(taskId, deliveryStage);
      const delivery = await requireJson(ports.objects, key, Delivery);
      const ending = endingOf(delivery);
      const ended = await endTask(ports, task, { run: task.run, ending });
      return { status: ended?.status ?? ending.status };
    },
  };
}

function endingOf(delivery: Delivery): TaskEnding {
  const { artifacts, coverage, isComplete } = delivery;
  if (isComplete) return { status: 'SUCCEEDED', artifacts, coverage };
  const [first = unexplained, ...others] = delivery.reasons;
  return { status: 'PARTIAL', artifacts, coverage, reasons: [first, ...others] };
}

const unexplained: Problem = {
  code: 'internal_error',
  message: 'Expected a reason for every unit that was not used, found none.',
};
