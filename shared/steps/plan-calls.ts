import * as z from 'zod';
import { chunkDocuments } from '#shared/documents/chunk.ts';
import type { Estimate } from '#shared/domain/estimate.ts';
import { TaskId } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { ProviderProfile } from '#shared/domain/providers.ts';
import type { RunningTask } from '#shared/domain/task.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import { maxWorkers } from '#shared/workflows/asl.ts';
import type { ModelStage, StageContext, Workflow } from '#shared/workflows/definition.ts';
import { needsApproval } from './approvals.ts';
import { estimateTask } from './estimate.ts';
import { firstProfile } from './first-profile.ts';
import { putJson, putNewJson, requireJson } from './json-objects.ts';
import { loadPlan, loadRoundOutput, loadStageContext, StagePlan } from './stage-files.ts';
import type { Step } from './step.ts';
import {
  type FindWorkflow,
  requireModelStage,
  requireRunningTask,
  requireWorkflow,
} from './task-state.ts';

const PlanCallsInput = z.object({ taskId: TaskId, stage: z.string() });

/** One worker of a stage: it runs calls until none is left to start. */
export interface WorkerItem {
  readonly taskId: TaskId;
  readonly stage: string;
  readonly round: number;
  readonly worker: number;
  readonly workers: number;
}

export interface PlanCallsOutput {
  readonly round: number;
  readonly workers: readonly WorkerItem[];
  /** A person is to look at the plan before anything of it is asked. */
  readonly needsApproval: boolean;
}

interface PlanCallsPorts {
  readonly tasks: TaskStore;
  readonly objects: ObjectStore;
  readonly clock: Clock;
  readonly findWorkflow: FindWorkflow;
  /** In the order in which they are tried. */
  readonly profiles: readonly ProviderProfile[];
  /** How many calls a worker keeps in flight; a stage has as many workers as it takes. */
  readonly callsPerWorker: number;
}

/**
 * Plans the calls of a stage's next round. The round is found from the checkpoints, not from the state: the machine stays free of
 * counters, and a new execution over the same checkpoints goes on in the round where the former one stopped.
 */
export function createPlanCalls(
  ports: PlanCallsPorts,
): Step<z.infer<typeof PlanCallsInput>, PlanCallsOutput> {
  return {
    input: PlanCallsInput,
    async run({ taskId, stage: stageName }) {
      const task = await requireRunningTask(ports.tasks, taskId);
      const workflow = requireWorkflow(ports.findWorkflow, task);
      const stage = requireModelStage(workflow, stageName);
      const { round, previous, isComplete } = await findRound(ports.objects, taskId, stage);
      if (isComplete) return { round, workers: [], needsApproval: false };

      const known = await loadPlan(ports.objects, { taskId, stage: stageName, round });
      const plan = isOfTheseParams(known, task)
        ? known
        : await makePlan(ports, { task, workflow, stage, round, previous });
      const workers = Math.min(maxWorkers, Math.ceil(plan.calls.length / ports.callsPerWorker));
      return {
        round,
        needsApproval: needsApproval(task, 'plan'),
        workers: Array.from({ length: workers }, (_, worker) => ({
          taskId,
          stage: stageName,
          round,
          worker,
          workers,
        })),
      };
    },
  };
}

/** A plan that was made before a person changed the parameters is none: nothing of it has been asked. */
function isOfTheseParams(
  plan: StagePlan | undefined,
  { approval }: RunningTask,
): plan is StagePlan {
  if (plan === undefined) return false;
  return approval?.hasNewParams !== true || plan.hasNewParams === true;
}

async function findRound(
  objects: ObjectStore,
  taskId: TaskId,
  stage: ModelStage,
): Promise<{ round: number; previous: unknown; isComplete: boolean }> {
  let previous: unknown;
  for (let round = 0; ; round += 1) {
    const done = await loadRoundOutput(objects, { taskId, stage: stage.name, round });
    if (done === undefined) return { round, previous, isComplete: false };
    if (done.isComplete) return { round, previous, isComplete: true };
    previous = done.output;
  }
}

async function makePlan(
  ports: PlanCallsPorts,
  place: {
    task: RunningTask;
    workflow: Workflow;
    stage: ModelStage;
    round: number;
    previous: unknown;
  },
): Promise<StagePlan> {
  const { task, workflow, stage, round, previous } = place;
  const context = await loadStageContext(ports.objects, task, { workflow, stage: stage.name });
  const chunks =
    stage.chunkTokens === undefined
      ? []
      : chunkDocuments(context.documents, { maxTokens: stage.chunkTokens(context.params) });
  const hasNewParams = task.approval?.hasNewParams === true;
  const calls = [...stage.plan({ ...context, round, chunks, previous })];
  const plan: StagePlan = { calls, ...(hasNewParams ? { hasNewParams } : {}) };
  const key = objectKeys.plan(task.taskId, stage.name, round);
  // From the same parameters every execution makes the same plan, so that the one of the former parameters can be written over.
  const isNew = await (hasNewParams ? putJson : putNewJson)(ports.objects, key, plan);
  // Another execution was faster: its plan counts, since calls may have been asked from it.
  if (!isNew) return await requireJson(ports.objects, key, StagePlan);
  await ports.tasks.note(task.taskId, {
    run: task.run,
    stage: stage.name,
    event: `${stage.title}: ${plan.calls.length} calls planned`,
    nowInMs: ports.clock.now(),
    callsPlanned: plan.calls.length,
    ...estimateOf(ports, { task, workflow, context }),
  });
  return plan;
}

/** Told once, when the first stage that asks is planned; a person who then changes the parameters has it told anew. */
function estimateOf(
  { profiles }: PlanCallsPorts,
  { task, workflow, context }: { task: RunningTask; workflow: Workflow; context: StageContext },
): { estimate?: Estimate } {
  const profile = firstProfile(profiles, task);
  const isTold = task.estimate !== undefined && task.approval?.hasNewParams !== true;
  if (profile === undefined || isTold) return {};
  return { estimate: estimateTask(workflow, context, profile) };
}
