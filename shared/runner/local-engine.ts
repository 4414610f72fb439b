import { type Problem, problemOf, QuireError } from '#shared/domain/errors.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { ExecutionHistory } from '#shared/ports/execution-history.ts';
import type { Logger } from '#shared/ports/logger.ts';
import type { ExecutionState, WorkflowEngine } from '#shared/ports/workflow-engine.ts';
import type { StepHandler } from '#shared/steps/step.ts';
import type { StateMachineDefinition } from '#shared/workflows/asl.ts';
import { stepTimeoutInSeconds } from '#shared/workflows/step-limits.ts';
import type { StepName } from '#shared/workflows/step-names.ts';
import { type AwsLimits, awsLimits } from './aws-limits.ts';
import { type Execution, startExecution } from './execution.ts';
import { type Machine, machineOf } from './machine.ts';
import { createStepInvoker } from './step-invoker.ts';
import { createTaskTokens } from './task-tokens.ts';

export interface LocalEngine extends WorkflowEngine {
  /** Resolves when the task's execution is over, at once where none runs. */
  whenOver(taskId: TaskId): Promise<void>;
  /** Aborts every execution and waits until their steps have stopped. Tasks stay as they are and go on at the next start. */
  close(): Promise<void>;
}

export interface LocalEngineOptions {
  /** Definition of a workflow's machine, with placeholders, as CDK deploys it. */
  readonly definitionOf: (workflowId: string) => StateMachineDefinition;
  readonly handlers: Readonly<Record<StepName, StepHandler>>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newToken: () => string;
  readonly limits?: AwsLimits;
  /** Gets what Step Functions would bill and count of an execution that is over. */
  readonly onEnded?: (taskId: TaskId, counts: { transitions: number; events: number }) => void;
  readonly history?: ExecutionHistory;
  /** An execution ended in a way that no Catch sees, such as a hard limit: the task must not stay RUNNING (I1). */
  readonly onBroken: (taskId: TaskId, problem: Problem) => Promise<void>;
}

/**
 * Executes the deployed state machines in this process: `aws-local-stepfunctions` interprets the definition, the steps are the code of
 * the Lambda functions, and the limits of AWS are enforced around them (I12). Executions live in memory; what they have done lives in
 * the stores, so a process that comes back starts unfinished tasks again and goes on where it was.
 */
export function createLocalEngine(options: LocalEngineOptions): LocalEngine {
  const limits = options.limits ?? awsLimits;
  const tools = {
    limits,
    history: options.history,
    invoker: createStepInvoker({ ...options, limits, timeoutInSeconds: stepTimeoutInSeconds }),
    tokens: createTaskTokens(options.newToken),
  };
  const open = new Map<TaskId, OpenExecution>();
  const ended = createEndedExecutions();
  const machines = new Map<string, Machine>();
  let isClosed = false;

  return {
    async start({ taskId, workflowId, run }) {
      const before = open.get(taskId);
      if (before !== undefined && before.run >= run) return;
      // A run that was stopped may still be ending when the next one is asked for.
      await before?.over;
      if (isClosed || open.has(taskId)) return;
      const machine = machines.get(workflowId) ?? machineOf(options.definitionOf(workflowId));
      machines.set(workflowId, machine);
      const name = executionName(taskId, run);
      const execution = startExecution(machine, { taskId, name }, tools);
      open.set(taskId, { run, execution, name, over: watch(taskId, { execution, name }) });
    },
    async describe({ taskId, run }) {
      const name = executionName(taskId, run);
      return open.get(taskId)?.name === name ? 'running' : ended.stateOf(name);
    },
    async stop({ taskId }) {
      const reason = new QuireError('task_cancelled', 'The execution was stopped.', {
        details: { taskId },
      });
      open.get(taskId)?.execution.abort(reason);
    },
    async answer(token, answer) {
      return tools.tokens.answer(token, answer);
    },
    async whenOver(taskId) {
      await open.get(taskId)?.over;
    },
    async close() {
      isClosed = true;
      const reason = new QuireError('run_superseded', 'The local engine is closing.');
      for (const { execution } of open.values()) execution.abort(reason);
      await Promise.all([...open.values()].map(({ over }) => over));
    },
  };

  async function watch(
    taskId: TaskId,
    { execution, name }: Pick<OpenExecution, 'execution' | 'name'>,
  ): Promise<void> {
    try {
      await execution.result;
      ended.note(name, execution.isAborted() ? 'stopped' : 'succeeded');
      options.logger.info('execution-ended', { taskId, events: execution.events() });
    } catch (error) {
      ended.note(name, 'failed');
      const reason = error instanceof Error ? error.name : typeof error;
      options.logger.warn('execution-failed', { taskId, reason, events: execution.events() });
      await options.onBroken(taskId, problemOf(error)).catch(() => undefined);
    }
    await execution.settle();
    options.onEnded?.(taskId, {
      transitions: execution.transitions(),
      events: execution.events(),
    });
    if (execution.broken !== undefined) {
      await options.onBroken(taskId, problemOf(execution.broken)).catch(() => undefined);
    }
    open.delete(taskId);
  }
}

interface OpenExecution {
  readonly run: number;
  readonly execution: Execution;
  readonly name: string;
  readonly over: Promise<void>;
}

function executionName(taskId: TaskId, run: number): string {
  return run === 1 ? taskId : `${taskId}-r${run}`;
}

/** As many as a day's work: Step Functions too forgets executions in the end. */
const maxEndedExecutions = 10_000;

/** How the executions of this process ended, the newest ones. */
function createEndedExecutions() {
  const states = new Map<string, ExecutionState>();
  return {
    stateOf: (name: string): ExecutionState => states.get(name) ?? 'missing',
    note(name: string, state: ExecutionState): void {
      states.set(name, state);
      const [oldest] = states.keys();
      if (states.size > maxEndedExecutions && oldest !== undefined) states.delete(oldest);
    },
  };
}
