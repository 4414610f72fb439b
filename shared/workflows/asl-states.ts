import { type ApprovalKind, maxApprovalTimeoutInMinutes } from '#shared/domain/approval.ts';
import { infrastructureErrors, stepRetry } from '#shared/domain/errors.ts';
import { stepTimeoutInSeconds } from './step-limits.ts';
import type { StepName } from './step-names.ts';

/** A state of the Amazon States Language, as far as our machines use it (JSONPath query language). */
export type State = Readonly<Record<string, unknown>> & {
  readonly Type: 'Task' | 'Map' | 'Choice' | 'Wait' | 'Succeed' | 'Fail';
};

/** Name of the placeholder that stands for a step's function, for example `RunCallsArn`. */
export function placeholderOf(step: StepName): string {
  return `${pascalCase(step)}Arn`;
}

/**
 * Seconds until the machine itself gives up waiting for a person. The task's own time-out, which is never longer, is kept by the sweeper:
 * not every engine takes the time-out of a task that waits from its state.
 */
const approvalTimeoutInSeconds = (maxApprovalTimeoutInMinutes + 60) * 60;

/** A waiting point: nothing runs and nothing is billed until the token comes back. */
export function approvalStates(
  what: ApprovalKind,
  way: { needsApproval: string; whenApproved: string; afterwards: string },
): Record<string, State> {
  return {
    [`Is${pascalCase(what)}Approved`]: {
      Type: 'Choice',
      Choices: [asksFor(what, way.needsApproval)],
      Default: way.whenApproved,
    },
    ...askingState(what, way.afterwards),
  };
}

/** The choice that leads to {@link askingState}. */
export function asksFor(what: ApprovalKind, needsApproval: string) {
  return { Variable: needsApproval, BooleanEquals: true, Next: `Ask${pascalCase(what)}Approval` };
}

/** Asks a person and waits for the answer. */
export function askingState(what: ApprovalKind, afterwards: string): Record<string, State> {
  return {
    [`Ask${pascalCase(what)}Approval`]: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: {
        FunctionName: `\${${placeholderOf('ask-approval')}}`,
        Payload: { 'taskId.$': '$.taskId', what, 'taskToken.$': '$$.Task.Token' },
      },
      TimeoutSeconds: approvalTimeoutInSeconds,
      // A person who has not answered is not asked again.
      Retry: retryOf(infrastructureErrors.filter((name) => name !== 'States.Timeout')),
      ResultPath: null,
      Catch: catchAll,
      Next: afterwards,
    },
  };
}

/** Tries a state again after these errors. */
export const retryOf = (errors: readonly string[]) => [
  {
    ErrorEquals: [...errors],
    IntervalSeconds: stepRetry.intervalInSeconds,
    BackoffRate: stepRetry.backoffRate,
    MaxAttempts: stepRetry.maxAttempts,
    MaxDelaySeconds: stepRetry.maxDelayInSeconds,
  },
];
const retry = retryOf(infrastructureErrors);
/** Every failure ends the task. */
const catchAll = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'FailTask' }];

/** A state that runs a step. */
export function taskBase(step: StepName): State {
  return {
    Type: 'Task',
    Resource: `\${${placeholderOf(step)}}`,
    TimeoutSeconds: stepTimeoutInSeconds[step],
    Retry: retry,
  };
}

/** A step with its parameters, guarded by {@link catchAll}. */
export function task(
  step: StepName,
  options: { parameters: Record<string, unknown>; resultPath?: string | null; next?: string },
): State {
  return {
    ...taskBase(step),
    Parameters: options.parameters,
    ...(options.resultPath === undefined ? {} : { ResultPath: options.resultPath }),
    Catch: catchAll,
    ...(options.next === undefined ? { End: true } : { Next: options.next }),
  };
}

/** Runs states for each item of a list. */
export function map(options: {
  itemsPath: string;
  maxConcurrency: number;
  startAt: string;
  states: Record<string, State>;
  next: string;
}): State {
  return {
    Type: 'Map',
    ItemsPath: options.itemsPath,
    MaxConcurrency: options.maxConcurrency,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'INLINE' },
      StartAt: options.startAt,
      States: options.states,
    },
    ResultPath: null,
    Catch: catchAll,
    Next: options.next,
  };
}

/** `read-document` becomes `ReadDocument`. */
export function pascalCase(name: string): string {
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
