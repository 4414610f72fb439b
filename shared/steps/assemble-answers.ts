import * as z from 'zod';
import { errorOf } from '#shared/domain/errors.ts';
import { TaskId } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { CallStore } from '#shared/ports/call-store.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import type { CallOutcome, ModelStage, StageContext } from '#shared/workflows/definition.ts';
import { putJson } from './json-objects.ts';
import {
  loadOutcomes,
  loadPlan,
  loadRoundOutput,
  loadStageContext,
  type RoundOutput,
} from './stage-files.ts';
import type { Step } from './step.ts';
import {
  type FindWorkflow,
  requireModelStage,
  requireRunningTask,
  requireWorkflow,
} from './task-state.ts';
import type { Tell } from './tell.ts';

const AssembleAnswersInput = z.object({ taskId: TaskId, stage: z.string(), round: z.int().min(0) });

export interface AssembleAnswersOutput {
  readonly isComplete: boolean;
}

/** Makes the output of a round from the results of its calls. A stage none of whose calls was answered fails the task, unless it is advisory. */
export function createAssembleAnswers(ports: {
  tasks: TaskStore;
  calls: CallStore;
  objects: ObjectStore;
  tell: Tell;
  findWorkflow: FindWorkflow;
}): Step<z.infer<typeof AssembleAnswersInput>, AssembleAnswersOutput> {
  return {
    input: AssembleAnswersInput,
    async run({ taskId, stage: stageName, round }) {
      const place = { taskId, stage: stageName, round };
      const done = await loadRoundOutput(ports.objects, place);
      if (done !== undefined) return { isComplete: done.isComplete };

      const task = await requireRunningTask(ports.tasks, taskId);
      const workflow = requireWorkflow(ports.findWorkflow, task);
      const stage = requireModelStage(workflow, stageName);
      const plan = (await loadPlan(ports.objects, place)) ?? { calls: [] };
      const outcomes = await loadOutcomes(ports, place, plan);
      const before =
        round === 0
          ? undefined
          : await loadRoundOutput(ports.objects, { ...place, round: round - 1 });
      const context = await loadStageContext(ports.objects, task, { workflow, stage: stageName });
      const assembled = assemble(stage, context, { round, outcomes, previous: before?.output });

      if (assembled.isComplete) {
        const key = objectKeys.stageOutput(taskId, stageName);
        await putJson(ports.objects, key, { output: assembled.output ?? null });
      }
      // Last, so that a round counts as assembled only when its output is there.
      const key = objectKeys.roundOutput(taskId, stageName, round);
      await putJson(ports.objects, key, { ...assembled, output: assembled.output ?? null });
      if (assembled.isComplete) {
        await ports.tell(task, { kind: 'Stage Completed', stage: stageName });
      }
      return { isComplete: assembled.isComplete };
    },
  };
}

function assemble(
  stage: ModelStage,
  context: StageContext,
  place: { round: number; outcomes: readonly CallOutcome[]; previous: unknown },
): RoundOutput {
  const firstFailure = place.outcomes.find((outcome) => !outcome.isAnswered);
  const isAnyAnswered = place.outcomes.some((outcome) => outcome.isAnswered);
  if (firstFailure !== undefined && !isAnyAnswered && place.round === 0) {
    if (stage.isAdvisory) return { output: undefined, isComplete: true };
    if (stage.asksAgainInSmallerCalls !== true) throw errorOf(firstFailure.error);
  }
  const { output, isComplete } = stage.assemble({ ...context, ...place });
  return { output, isComplete: isComplete || place.round + 1 >= stage.maxRounds };
}
