import * as z from 'zod';
import { TaskId } from '#shared/domain/ids.ts';
import type { AnswerWaits } from '#shared/ports/answer-waits.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import type { WorkflowEngine } from '#shared/ports/workflow-engine.ts';
import type { Step } from './step.ts';
import { requireRunningTask } from './task-state.ts';

const AwaitAnswersInput = z.object({
  taskId: TaskId,
  stage: z.string(),
  round: z.int().min(0),
  worker: z.int().min(0),
  /** Of the state that waits. */
  token: z.string().min(1),
});

/**
 * Leaves the token of a waiting state where the delivery of the last answer finds it. Where all answers have been announced since the
 * worker ended, nobody else will come: the token is answered here.
 */
export function createAwaitAnswers(ports: {
  readonly tasks: TaskStore;
  readonly waits: AnswerWaits;
  readonly engine: Pick<WorkflowEngine, 'answer'>;
}): Step<z.infer<typeof AwaitAnswersInput>, Record<string, never>> {
  return {
    input: AwaitAnswersInput,
    async run({ token, ...worker }) {
      await requireRunningTask(ports.tasks, worker.taskId);
      const { isOver } = await ports.waits.keepToken(worker, token);
      if (isOver) await ports.engine.answer(token, { isSuccess: true, output: {} });
      return {};
    },
  };
}
