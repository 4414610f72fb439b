import type { QuireError } from '#shared/domain/errors.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { ExecutionHistory } from '#shared/ports/execution-history.ts';
import type { StepName } from '#shared/workflows/step-names.ts';
import { type AwsLimits, createHistoryCounter } from './aws-limits.ts';
import { type Machine, payloadOf } from './machine.ts';
import { recordEvents } from './record-events.ts';
import type { ExecutionScope, StepInvoker } from './step-invoker.ts';
import type { TaskTokens } from './task-tokens.ts';

/** One run of a machine in this process. */
export interface Execution {
  abort(reason: QuireError): void;
  /** Ends as the machine ends; rejects where it fails. `null` where it was aborted. */
  readonly result: Promise<unknown>;
  /** Resolves when no step of it is running any more. */
  settle(): Promise<void>;
  /** The limit that ended it, if one did. */
  readonly broken: QuireError | undefined;
  isAborted(): boolean;
  /** Events that Step Functions would have in its history by now. */
  events(): number;
  /** States entered by now: what Step Functions bills. */
  transitions(): number;
}

export function startExecution(
  machine: Machine,
  execution: { taskId: TaskId; name: string },
  tools: {
    invoker: StepInvoker;
    tokens: TaskTokens;
    limits: AwsLimits;
    history: ExecutionHistory | undefined;
  },
): Execution {
  const controller = new AbortController();
  const history = createHistoryCounter(tools.limits);
  const steps = new Set<Promise<unknown>>();
  /** Ends the waits for tokens that the machine has stopped waiting for, after a time-out of the state. */
  const over = new AbortController();
  const scope: ExecutionScope = { signal: controller.signal, history, fail: breakOff };
  let broken: QuireError | undefined;
  const running = machine.machine.run(
    { taskId: execution.taskId },
    {
      noThrowOnAbort: true,
      context: { Execution: { Name: execution.name }, Task: tokenContext(tools.tokens) },
      overrides: { taskResourceLocalHandlers: handlersOf(machine, track) },
    },
  );
  let transitions = 0;
  const recorded = recordEvents(running.eventLogs, (event) => {
    if (event.type === 'StateEntered' || event.type === 'StateRetried') transitions += 1;
    tools.history?.add(execution.name, event);
  });
  return {
    abort,
    result: running.result,
    get broken() {
      return broken;
    },
    isAborted: () => controller.signal.aborted,
    events: history.count,
    transitions: () => transitions,
    async settle() {
      over.abort(new Error('The execution is over.'));
      await Promise.allSettled(steps);
      await recorded;
    },
  };

  function abort(reason: QuireError): void {
    controller.abort(reason);
    running.abort();
  }

  function breakOff(reason: QuireError): void {
    broken = reason;
    abort(reason);
  }

  function track(task: Machine['tasks'][number], input: unknown): Promise<never> {
    const work = runTask(task, input);
    steps.add(work);
    work.finally(() => steps.delete(work)).catch(() => undefined);
    return work as Promise<never>;
  }

  async function runTask(
    task: { step: StepName; waitsForToken: boolean },
    input: unknown,
  ): Promise<unknown> {
    // A state entered while the execution is being stopped runs no code: a stopped task must not be marked as failed.
    controller.signal.throwIfAborted();
    const token = task.waitsForToken ? tools.tokens.findIn(input) : undefined;
    const output = await tools.invoker.invoke(task.step, payloadOf(input), scope);
    if (token === undefined) return output;
    const signal = AbortSignal.any([controller.signal, over.signal]);
    return await tools.tokens.wait(token, signal);
  }
}

/** Each read of `$$.Task.Token` by a state's parameters is a new token. */
function tokenContext(tokens: TaskTokens): { readonly Token: string } {
  return {
    get Token() {
      return tokens.mint();
    },
  };
}

function handlersOf(
  machine: Machine,
  run: (task: Machine['tasks'][number], input: unknown) => Promise<never>,
): Record<string, (input: unknown) => Promise<never>> {
  return Object.fromEntries(machine.tasks.map((task) => [task.state, (input) => run(task, input)]));
}
