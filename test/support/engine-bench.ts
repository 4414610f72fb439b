import { TaskId } from '#shared/domain/ids.ts';
import type { Clock } from '#shared/ports/clock.ts';
import { type AwsLimits, awsLimits } from '#shared/runner/aws-limits.ts';
import { createLocalEngine } from '#shared/runner/local-engine.ts';
import type { StepHandler } from '#shared/steps/step.ts';
import type { StateMachineDefinition } from '#shared/workflows/asl.ts';
import type { StepName } from '#shared/workflows/step-names.ts';
import { createRecordingLogger } from './silent-logger.ts';
import { stepHandlers } from './step-handlers.ts';

export const taskId = TaskId.parse(`tsk_${'a'.repeat(26)}`);
export const task = { taskId, workflowId: 'small', run: 1 };

/** Two steps and the way of all failures. */
export const twoSteps: StateMachineDefinition = {
  Comment: 'two steps',
  StartAt: 'First',
  States: {
    First: {
      Type: 'Task',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the definition
      Resource: '${OpenTaskArn}',
      Retry: [{ ErrorEquals: ['Lambda.ServiceException'], IntervalSeconds: 1, MaxAttempts: 2 }],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Fail' }],
      Next: 'Second',
    },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the definition
    Second: { Type: 'Task', Resource: '${CloseTaskArn}', End: true },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the definition
    Fail: { Type: 'Task', Resource: '${FailTaskArn}', End: true },
  },
};

export const waiting: StateMachineDefinition = {
  Comment: 'one step that waits for an answer',
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the definition
        FunctionName: '${OpenTaskArn}',
        Payload: { 'taskId.$': '$.taskId', 'token.$': '$$.Task.Token' },
      },
      ResultPath: '$.answer',
      Next: 'Second',
    },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the definition
    Second: { Type: 'Task', Resource: '${CloseTaskArn}', End: true },
  },
};

/** A clock on which nothing ever times out. */
export const patientClock: Clock = {
  now: () => 0,
  sleep: (_, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    }),
};

/** A step that notes that it ran, by a word or by its input. */
export function record(list: unknown[], word?: string, output: unknown = {}): StepHandler {
  return async (input) => {
    list.push(word ?? input);
    return output;
  };
}

export function engineOf(
  handlers: Partial<Record<StepName, StepHandler>>,
  options: { definition?: StateMachineDefinition; limits?: AwsLimits; clock?: Clock } = {},
) {
  const logger = createRecordingLogger();
  const broken: string[] = [];
  const ended: { transitions: number; events: number }[] = [];
  const engine = createLocalEngine({
    definitionOf: () => options.definition ?? twoSteps,
    handlers: stepHandlers(handlers),
    clock: options.clock ?? patientClock,
    logger,
    newToken: () => `token-${Math.random()}`,
    limits: options.limits ?? awsLimits,
    onEnded: (_, counts) => ended.push(counts),
    onBroken: async (_, problem) => {
      broken.push(problem.code);
    },
  });
  return { engine, logger, broken, ended };
}
