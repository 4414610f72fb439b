import { infrastructureErrors } from '#shared/domain/errors.ts';
import { approvedStageOf } from './approved-stage.ts';
import {
  approvalStates,
  askingState,
  asksFor,
  map,
  pascalCase,
  placeholderOf,
  retryOf,
  type State,
  task,
  taskBase,
} from './asl-states.ts';
import type { ChildrenStage, ModelStage, Workflow } from './definition.ts';
import { type StepName, stepNames } from './step-names.ts';

export { placeholderOf, type State } from './asl-states.ts';

/** A definition as Step Functions takes it, with `${…Arn}` placeholders where the functions' ARNs go. */
export interface StateMachineDefinition {
  readonly Comment: string;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** Most workers of one model stage at once; an inline Map runs 40 at most (AWS, Map state). */
export const maxWorkers = 8;
const maxReaders = 4;

/**
 * Builds the state machine of a workflow from its stages: Open → Read (Map) → for each model stage Plan → Run (Map over workers, looping
 * while calls remain, and waiting without a function while all of them are with a provider) → Assemble (looping while it asks for another
 * round) → … → Render → Close; a stage of children loops over one step and a Wait; everything that fails goes to Fail. After the first Plan and after Render it waits for a person, where the
 * task says so.
 * CDK deploys this definition and the local runner executes it (I12). State carries ids and counts only.
 */
export function buildStateMachine(workflow: Workflow): StateMachineDefinition {
  const entries = [...workflow.stages.map((stage) => entryState(stage)), 'Render'];
  const approvedStage = approvedStageOf(workflow);
  const stages = workflow.stages.map((stage, index) => {
    const next = entries[index + 1] ?? 'Render';
    if (stage.kind === 'code') return codeStageStates(stage.name, next);
    if (stage.kind === 'children') return childrenStageStates(stage, next);
    return modelStageStates(stage, { next, waitsForApproval: stage === approvedStage });
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
 * Starts children and looks after them, again and again with a growing pause, until none is left. A person who is to approve their plan is
 * asked before the first one starts.
 */
function childrenStageStates({ name }: ChildrenStage, next: string): Record<string, State> {
  const work = `Run${pascalCase(name)}`;
  const pause = `${pascalCase(name)}Pause`;
  return {
    [work]: task('run-children', {
      parameters: { 'taskId.$': '$.taskId', stage: name },
      resultPath: '$.children',
      next: `${pascalCase(name)}Remain`,
    }),
    // One choice for both questions: each state entered is billed.
    [`${pascalCase(name)}Remain`]: {
      Type: 'Choice',
      Choices: [
        asksFor('plan', '$.children.needsApproval'),
        { Variable: '$.children.remaining', NumericGreaterThan: 0, Next: pause },
      ],
      Default: next,
    },
    // It then starts the children of the plan as it was approved.
    ...askingState('plan', work),
    [pause]: { Type: 'Wait', SecondsPath: '$.children.pauseInSeconds', Next: work },
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
