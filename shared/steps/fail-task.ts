import * as z from 'zod';
import { ErrorCodeSchema, type Problem } from '#shared/domain/errors.ts';
import { TaskId } from '#shared/domain/ids.ts';
import type { TaskStatus } from '#shared/domain/task.ts';
import { endingByApproval } from './approvals.ts';
import { type EndTaskPorts, endTask } from './end-task.ts';
import type { Step } from './step.ts';
import { requireTask } from './task-state.ts';

const FailTaskInput = z.object({
  taskId: TaskId,
  /** As a Catch gives it: the name of the error, and its cause as JSON text where a function has thrown it. */
  error: z.object({ Error: z.string().optional(), Cause: z.unknown() }),
});

const FunctionError = z.object({
  errorType: z.string().optional(),
  errorMessage: z.string().optional(),
});

/** Where every failure of the machine leads: the task is FAILED with the code that was thrown, or CANCELLED where a person has rejected it. */
export function createFailTask(
  ports: EndTaskPorts,
): Step<z.infer<typeof FailTaskInput>, { readonly status: TaskStatus }> {
  return {
    input: FailTaskInput,
    async run({ taskId, error }) {
      const task = await requireTask(ports.tasks, taskId);
      const failed = { status: 'FAILED' as const, error: problemOfCatch(error) };
      const ending = endingByApproval(task) ?? failed;
      const ended = await endTask(ports, task, { run: task.run, ending });
      return { status: ended?.status ?? task.status };
    },
  };
}

/** The problem that a caught error stands for: by its name, or by the type in its cause where an engine hides the name. */
export function problemOfCatch(error: { Error?: string | undefined; Cause?: unknown }): Problem {
  const cause = FunctionError.safeParse(parsed(error.Cause)).data ?? {};
  const code = [error.Error, cause.errorType]
    .map((name) => ErrorCodeSchema.safeParse(name).data)
    .find((each) => each !== undefined);
  if (code !== undefined) {
    const text = cause.errorMessage ?? (typeof error.Cause === 'string' ? error.Cause : undefined);
    return { code, message: text ?? 'The step gave no further reason.' };
  }
  if (error.Error === 'States.Timeout') {
    return { code: 'step_timeout', message: 'Expected the step to end in time; it was stopped.' };
  }
  const name = cause.errorType ?? error.Error ?? 'error';
  return { code: 'internal_error', message: `An unexpected ${name} stopped the work.` };
}

function parsed(cause: unknown): unknown {
  if (typeof cause !== 'string') return cause;
  try {
    return JSON.parse(cause);
  } catch {
    return undefined;
  }
}
