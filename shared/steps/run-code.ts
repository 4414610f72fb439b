import * as z from 'zod';
import { QuireError } from '#shared/domain/errors.ts';
import { TaskId } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import { putJson } from './json-objects.ts';
import { loadStageContext } from './stage-files.ts';
import type { Step } from './step.ts';
import {
  type FindWorkflow,
  requireRunningTask,
  requireStage,
  requireWorkflow,
} from './task-state.ts';
import type { Tell } from './tell.ts';

const RunCodeInput = z.object({ taskId: TaskId, stage: z.string() });

/** Runs a stage of plain code, for example the verification of quotes. */
export function createRunCode(ports: {
  tasks: TaskStore;
  objects: ObjectStore;
  clock: Clock;
  tell: Tell;
  findWorkflow: FindWorkflow;
}): Step<z.infer<typeof RunCodeInput>, { readonly stage: string }> {
  return {
    input: RunCodeInput,
    async run({ taskId, stage: stageName }) {
      const task = await requireRunningTask(ports.tasks, taskId);
      const workflow = requireWorkflow(ports.findWorkflow, task);
      const stage = requireStage(workflow, stageName);
      if (stage.kind !== 'code') {
        throw new QuireError(
          'internal_error',
          `Expected a code stage of ${workflow.id}, got “${stageName}”.`,
        );
      }
      const context = await loadStageContext(ports.objects, task, { workflow, stage: stageName });
      const output = stage.run(context) ?? null;
      await putJson(ports.objects, objectKeys.stageOutput(taskId, stageName), { output });
      await ports.tasks.note(taskId, {
        run: task.run,
        stage: stageName,
        event: stage.title,
        nowInMs: ports.clock.now(),
      });
      await ports.tell(task, { kind: 'Stage Completed', stage: stageName });
      return { stage: stageName };
    },
  };
}
