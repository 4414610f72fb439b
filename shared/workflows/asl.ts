import { type ApprovalKind, maxApprovalTimeoutInMinutes } from '#shared/domain/approval.ts';
import { infrastructureErrors, stepRetry } from '#shared/domain/errors.ts';
import { approvedStageOf } from './approved-stage.ts';
import type { ModelStage, Workflow } from './definition.ts';
import { stepTimeoutInSeconds } from './step-limits.ts';
import { type StepName, stepNames } from './step-names.ts';

/** A state of the Amazon States Language, as far as our machines use it (JSONPath query language). */
export type State = Readonly<Record<string, unknown>> & {
  readonly Type: 'Task' | 'Map' | 'Choice' | 'Wait' | 'Succeed' | 'Fail';
};

/** A definition as Step Functions takes it, with `${…Arn}` placeholders where the functions' ARNs go. */
export interface StateMachineDefinition {
  readonly Comment: string;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** Most workers of one model stage at once; an inline Map runs 40 at most (AWS, Map state). */
export const maxWorkers = 8;
const maxReaders = 4;

/** Name of the placeholder that stands for a step's function, for example `RunCallsArn`. */
export function placeholderOf(step: StepName): string {
  return `${pascalCase(step)}Arn`;
}

/**
 * Builds the state machine of a workflow from its stages: Open → Read (Map) → for each model stage Plan → Run (Map over workers, looping
 * while calls remain, and waiting without a function while all of them are with a provider) → Assemble (looping while it asks for another
 * round) → … → Render → Close; everything that fails goes to Fail. After the first Plan and after Render it waits for a person, where the
 * task says so.
 * CDK deploys this definition and the local runner executes it (I12). State carries ids and counts only.
 */
export function buildStateMachine(workflow: Workflow): StateMachineDefinition {
  const entries = [...workflow.stages.map((stage) => entryState(stage)), 'Render'];
  const approvedStage = approvedStageOf(workflow);
  const stages = workflow.stages.map((stage, index) => {
    const next = entries[index + 1] ?? 'Render';
    return stage.kind === 'model'
      ? modelStageStates(stage, { next, waitsForApproval: stage === approvedStage })
      : codeStageStates(stage.name, next);
  });
  return {
    Comment: `Quire ${workflow.id}, version ${workflow.version}`,
    StartAt: 'OpenTask',
    States: {
      OpenTask: task('open-task', {
        parameters: { 'taskId.$': '$.taskId' },
        next: 'ReadDocuments',
      }),
      ReadDocuments: map({
        itemsPath: '$.documents',
        maxConcurrency: maxReaders,
        startAt: 'ReadDocument',
        states: { ReadDocument: { ...taskBase('read-document'), End: true } },
        next: entries[0] ?? 'Render',
      }),
      ...Object.assign({}, ...stages),
      Render: task('render', {
        parameters: { 'taskId.$': '$.taskId' },
        resultPath: '$.rendered',
        next: 'IsFinalApproved',
      }),
      ...approvalStates('final', {
        needsApproval: '$.rendered.needsApproval',
        whenApproved: 'CloseTask',
        afterwards: 'CloseTask',
      }),
      CloseTask: task('close-task', {
        parameters: { 'taskId.$': '$.taskId' },
        resultPath: null,
      }),
      FailTask: {
        ...taskBase('fail-task'),
        Parameters: { 'taskId.$': '$.taskId', 'error.$': '$.error' },
        ResultPath: null,
        Next: 'Failed',
      },
      Failed: { Type: 'Fail', Error: 'TaskFailed', Cause: 'The reason stands in the task.' },
    },
  };
}

/** The definition as text, each placeholder replaced by the value given for its step. */
export function renderStateMachine(
  definition: StateMachineDefinition,
  arnOf: (step: StepName) => string,
): string {
  return stepNames.reduce(
    (text, step) => text.replaceAll(`\${${placeholderOf(step)}}`, arnOf(step)),
    JSON.stringify(definition),
  );
}

function entryState(stage: Workflow['stages'][number]): string {
  return stage.kind === 'model' ? `Plan${pascalCase(stage.name)}` : `Run${pascalCase(stage.name)}`;
}

function modelStageStates(
  stage: ModelStage,
  { next, waitsForApproval }: { next: string; waitsForApproval: boolean },
): Record<string, State> {
  const name = pascalCase(stage.name);
  const work = `Run${name}Workers`;
  // Each state entered is billed: a stage of one round is not asked whether it wants another.
  const isRepeated = stage.maxRounds > 1;
  return {
    [`Plan${name}`]: task('plan-calls', {
      parameters: { 'taskId.$': '$.taskId', stage: stage.name },
      resultPath: '$.plan',
      next: waitsForApproval ? 'IsPlanApproved' : work,
    }),
    ...(waitsForApproval
      ? approvalStates('plan', {
          needsApproval: '$.plan.needsApproval',
          whenApproved: work,
          // The plan is made anew where the parameters were changed, and otherwise found.
          afterwards: `Plan${name}`,
        })
      : {}),
    [`Run${name}Workers`]: map({
      itemsPath: '$.plan.workers',
      maxConcurrency: maxWorkers,
      startAt: `Run${name}Calls`,
      states: {
        [`Run${name}Calls`]: { ...taskBase('run-calls'), Next: `${name}CallsRemain` },
        [`${name}CallsRemain`]: {
          Type: 'Choice',
          Choices: [
            {
              Variable: '$.waitInSeconds',
              NumericGreaterThan: 0,
              Next: `WaitFor${name}Answers`,
            },
            { Variable: '$.remaining', NumericGreaterThan: 0, Next: `${name}Pause` },
          ],
          Default: `${name}WorkerDone`,
        },
        [`${name}Pause`]: {
          Type: 'Wait',
          SecondsPath: '$.pauseInSeconds',
          Next: `Run${name}Calls`,
        },
        [`WaitFor${name}Answers`]: waitForAnswers(`Run${name}Calls`),
        [`${name}WorkerDone`]: { Type: 'Succeed' },
      },
      next: `Assemble${name}`,
    }),
    [`Assemble${name}`]: task('assemble-answers', {
      parameters: { 'taskId.$': '$.taskId', stage: stage.name, 'round.$': '$.plan.round' },
      resultPath: '$.assembled',
      next: isRepeated ? `${name}Complete` : next,
    }),
    ...(isRepeated
      ? {
          [`${name}Complete`]: {
            Type: 'Choice',
            Choices: [{ Variable: '$.assembled.isComplete', BooleanEquals: true, Next: next }],
            Default: `Plan${name}`,
          },
        }
      : {}),
  };
}

function codeStageStates(stage: string, next: string): Record<string, State> {
  return {
    [`Run${pascalCase(stage)}`]: task('run-code', {
      parameters: { 'taskId.$': '$.taskId', stage },
      resultPath: null,
      next,
    }),
  };
}

/**
 * Seconds until the machine itself gives up waiting for a person. The task's own time-out, which is never longer, is kept by the sweeper:
 * not every engine takes the time-out of a task that waits from its state.
 */
const approvalTimeoutInSeconds = (maxApprovalTimeoutInMinutes + 60) * 60;

/** A waiting point: nothing runs and nothing is billed until the token comes back. */
function approvalStates(
  what: ApprovalKind,
  way: { needsApproval: string; whenApproved: string; afterwards: string },
): Record<string, State> {
  const name = pascalCase(what);
  const ask = `Ask${name}Approval`;
  return {
    [`Is${name}Approved`]: {
      Type: 'Choice',
      Choices: [{ Variable: way.needsApproval, BooleanEquals: true, Next: ask }],
      Default: way.whenApproved,
    },
    [ask]: {
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
      Next: way.afterwards,
    },
  };
}

/**
 * Waits without a function until every answer that a worker waits for has been announced. An announcement that was lost is waited for
 * until the time-out; either way the worker then fetches what there is, so nothing depends on what was announced.
 */
function waitForAnswers(next: string): State {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Parameters: {
      FunctionName: `\${${placeholderOf('await-answers')}}`,
      Payload: {
        'taskId.$': '$.taskId',
        'stage.$': '$.stage',
        'round.$': '$.round',
        'worker.$': '$.worker',
        'token.$': '$$.Task.Token',
      },
    },
    TimeoutSecondsPath: '$.waitInSeconds',
    ResultPath: null,
    Retry: retryOf(infrastructureErrors.filter((name) => name !== 'States.Timeout')),
    Catch: [{ ErrorEquals: ['States.Timeout'], ResultPath: null, Next: next }],
    Next: next,
  };
}

const retryOf = (errors: readonly string[]) => [
  {
    ErrorEquals: [...errors],
    IntervalSeconds: stepRetry.intervalInSeconds,
    BackoffRate: stepRetry.backoffRate,
    MaxAttempts: stepRetry.maxAttempts,
    MaxDelaySeconds: stepRetry.maxDelayInSeconds,
  },
];
const retry = retryOf(infrastructureErrors);
const catchAll = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'FailTask' }];

function taskBase(step: StepName): State {
  return {
    Type: 'Task',
    Resource: `\${${placeholderOf(step)}}`,
    TimeoutSeconds: stepTimeoutInSeconds[step],
    Retry: retry,
  };
}

function task(
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

function map(options: {
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

function pascalCase(name: string): string {
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
