import * as z from 'zod';
import { type CallSpec, parkedAttemptOf } from '#shared/domain/call.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { TaskId } from '#shared/domain/ids.ts';
import type { RunningTask } from '#shared/domain/task.ts';
import type { CallLayerPorts } from './calls/call-layer.ts';
import { type BatchResult, createRunBatch } from './calls/run-batch.ts';
import { loadPlan, loadStageContext } from './stage-files.ts';
import type { Step } from './step.ts';
import {
  type FindWorkflow,
  requireModelStage,
  requireRunningTask,
  requireWorkflow,
} from './task-state.ts';

const RunCallsInput = z.object({
  taskId: TaskId,
  stage: z.string(),
  round: z.int().min(0),
  worker: z.int().min(0),
  workers: z.int().min(1),
});

export interface RunCallsOutput extends z.infer<typeof RunCallsInput> {
  /** Calls that this worker may still start; the machine runs the step again while there are any. */
  readonly remaining: number;
  readonly pauseInSeconds: number;
  /** Those of them that are with a provider, which will announce the answer. */
  readonly parked: number;
  /** How long the machine waits at most for these announcements, where there is nothing else to do; 0 otherwise. */
  readonly waitInSeconds: number;
}

interface RunCallsPorts extends CallLayerPorts {
  readonly findWorkflow: FindWorkflow;
}

/** One worker of a model stage: many calls in flight in one function, each result committed as it comes. */
export function createRunCalls(
  ports: RunCallsPorts,
): Step<z.infer<typeof RunCallsInput>, RunCallsOutput> {
  const runBatch = createRunBatch(ports);
  return {
    input: RunCallsInput,
    async run(input, context) {
      const { taskId, stage: stageName, round } = input;
      const task = await requireRunningTask(ports.tasks, taskId);
      const workflow = requireWorkflow(ports.findWorkflow, task);
      const stage = requireModelStage(workflow, stageName);
      const plan = (await loadPlan(ports.objects, { taskId, stage: stageName, round })) ?? {
        calls: [],
      };

      if (ports.clock.now() >= task.deadlineAtInMs) {
        await failOpenCalls(ports, { task, stage: stageName, round }, plan.calls);
        return { ...input, remaining: 0, pauseInSeconds: 1, parked: 0, waitInSeconds: 0 };
      }
      const stageContext = await loadStageContext(ports.objects, task, {
        workflow,
        stage: stageName,
      });
      const worker = { index: input.worker, count: input.workers };
      const batch = { task, round, specs: plan.calls, stage, stageContext, worker };
      // Nothing is asked after the task's own deadline either, however much time the function has left.
      const latestEndInMs = task.deadlineAtInMs + ports.settings.longestCallInMs;
      const deadlineAtInMs = Math.min(context.deadlineAtInMs, latestEndInMs);
      const result = await runBatch(batch, { ...context, deadlineAtInMs });
      if (result.isStopped) {
        throw new QuireError(
          'run_superseded',
          'Expected the task to go on; it has ended or another run has it.',
          {
            details: { taskId },
          },
        );
      }
      const now = { task, nowInMs: ports.clock.now() };
      return {
        ...input,
        remaining: result.remaining,
        pauseInSeconds: pauseOf(result, now),
        parked: result.awaited?.parked ?? 0,
        waitInSeconds: waitOf(result, now),
      };
    },
  };
}

/** Most rounds of waiting until the deadline: each costs a worker some events of the execution's history. */
const maxRounds = 200;
const longestPauseInSeconds = 3_600;

/** How long the machine waits before this worker comes back: until something can be asked, but not so often that its history fills up. */
function pauseOf(
  { resumeAtInMs }: BatchResult,
  { task, nowInMs }: { task: RunningTask; nowInMs: number },
): number {
  if (resumeAtInMs === undefined || resumeAtInMs <= nowInMs) return 1;
  const leftInMs = task.deadlineAtInMs - nowInMs;
  const pauseInMs = Math.min(Math.max(resumeAtInMs - nowInMs, leftInMs / maxRounds), leftInMs);
  return Math.min(longestPauseInSeconds, Math.max(1, Math.ceil(pauseInMs / 1_000)));
}

/** How long announced answers are waited for: until they are overdue, but not past the deadline by more than it takes to notice. */
function waitOf(
  { awaited }: BatchResult,
  { task, nowInMs }: { task: RunningTask; nowInMs: number },
): number {
  if (awaited === undefined) return 0;
  const leftInMs = Math.min(awaited.untilInMs, task.deadlineAtInMs) - nowInMs;
  return Math.max(1, Math.ceil(leftInMs / 1_000));
}

/** Past the task's deadline no call is asked any more; those that have not ended fail, and the task delivers what it has. */
async function failOpenCalls(
  ports: RunCallsPorts,
  { task, stage, round }: { task: RunningTask; stage: string; round: number },
  specs: readonly CallSpec[],
): Promise<void> {
  const error = {
    code: 'deadline_exceeded' as const,
    message: 'Expected every call to be asked before the deadline of the task; the time was up.',
  };
  const records = await ports.calls.list(task.taskId, stage, round);
  const byId = new Map(records.map((record) => [record.callId, record]));
  for (const { callId } of specs) {
    const call = { taskId: task.taskId, callId };
    const nowInMs = ports.clock.now();
    // No worker holds what is with a provider; its attempt stays open and counts with its whole reservation.
    const attemptId = parkedAttemptOf(byId.get(callId), nowInMs);
    if (attemptId !== undefined) await ports.calls.unpark(call, { attemptId, nowInMs });
    const claim = await ports.calls.claim(call, { run: task.run, nowInMs, leaseInMs: 60_000 });
    if (claim.outcome === 'claimed') await ports.calls.fail(call, { fence: claim.fence, error });
  }
}
