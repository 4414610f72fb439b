import { createDynamoAllowances } from '#shared/adapters/aws/dynamo/allowances.ts';
import { createDynamoTaskStore } from '#shared/adapters/aws/dynamo/task-store.ts';
import { createDynamoUsageLedger } from '#shared/adapters/aws/dynamo/usage-ledger.ts';
import { startLocalDynamo } from '#shared/adapters/local/local-dynamo.ts';
import { openBudget } from '#shared/domain/budget.ts';
import type { QueuedTask, Task } from '#shared/domain/task.ts';
import type { ExecutionState, WorkflowEngine } from '#shared/ports/workflow-engine.ts';
import { findWorkflow } from '#shared/workflows/catalog.ts';
import { startTable } from './dynamo-servers.ts';
import { createManualClock } from './manual-clock.ts';
import { createRecordingLogger } from './silent-logger.ts';
import { ids, queuedTask, testTimeInMs } from './tasks.ts';

export const hourInMs = 3_600_000;

/** An engine that does what the test says, and notes what it was told. */
export interface ScriptedEngine extends WorkflowEngine {
  state: ExecutionState;
  /** The token under which an execution waits; an answer ends the waiting. */
  waitingUnder: string | undefined;
  readonly started: string[];
  readonly answers: { token: string; isSuccess: boolean; code: string | undefined }[];
}

export function scriptedEngine(state: ExecutionState = 'running'): ScriptedEngine {
  const engine: ScriptedEngine = {
    state,
    waitingUnder: undefined,
    started: [],
    answers: [],
    async start({ taskId, run }) {
      engine.started.push(`${taskId} ${run}`);
    },
    stop: async () => undefined,
    describe: async () => engine.state,
    async answer(token, answer) {
      if (token !== engine.waitingUnder) return false;
      engine.waitingUnder = undefined;
      const code = answer.isSuccess ? undefined : answer.code;
      engine.answers.push({ token, isSuccess: answer.isSuccess, code });
      return true;
    },
  };
  return engine;
}

/** Stores over a server of their own, a clock that stands and an engine that obeys. */
export async function openApprovalBench() {
  const table = await startTable({
    name: 'dynalite',
    skipped: undefined,
    start: () => startLocalDynamo(),
  });
  const clock = createManualClock(testTimeInMs);
  const allowances = createDynamoAllowances(table);
  const ports = {
    tasks: createDynamoTaskStore(table),
    ledger: createDynamoUsageLedger(table),
    clock,
    ids,
    logger: createRecordingLogger(),
    findWorkflow,
    publishEnd: async () => undefined,
    spending: { allowances, limits: { monthInMicroUsd: 10_000_000 } },
  };
  return {
    ports,
    allowances,
    /** A task in the middle of its work. */
    async running(overrides: Partial<QueuedTask> = {}): Promise<Task> {
      const { task } = await ports.tasks.create(
        queuedTask({ budget: openBudget(2_000_000), createdAtInMs: clock.now(), ...overrides }),
      );
      const begun = await ports.tasks.begin(task.taskId, { run: 1, nowInMs: clock.now() });
      if (begun === undefined) throw new Error('Expected a running task.');
      return begun;
    },
    /** What the step does that asks, under the given token. */
    async ask({ taskId, run }: Task, token: string): Promise<Task> {
      const askedAtInMs = clock.now();
      const place = { taskId, run, what: 'plan' } as const;
      await ports.tasks.putApprovalToken({ ...place, token, createdAtInMs: askedAtInMs });
      const expiresAtInMs = askedAtInMs + hourInMs;
      const approval = {
        what: 'plan',
        state: 'open',
        askedAtInMs,
        expiresAtInMs,
        asks: 1,
      } as const;
      const asked = await ports.tasks.askApproval(taskId, { run, approval, event: 'Waiting' });
      if (asked === undefined) throw new Error('Expected a task that waits.');
      return asked;
    },
    close: () => table.close(),
  };
}
export type ApprovalBench = Awaited<ReturnType<typeof openApprovalBench>>;
