import type { CallId, TaskId } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { Task } from '#shared/domain/task.ts';
import type { CallStore } from '#shared/ports/call-store.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { ModelStage, Workflow } from '#shared/workflows/definition.ts';
import { deliveryStage } from './delivery.ts';
import { putJson } from './json-objects.ts';
import { loadPlan, loadRoundOutput } from './stage-files.ts';

interface ClearPorts {
  readonly calls: CallStore;
  readonly objects: ObjectStore;
}

/** How far the checkpoints that were kept go. */
export interface KeptProgress {
  readonly callsPlanned: number;
  readonly callsEnded: number;
}

interface Round {
  readonly taskId: TaskId;
  readonly stage: string;
  readonly round: number;
}

/**
 * Makes the checkpoints of a task that ended with a hole ready to go on: everything before the first call that has no answer is kept, so that
 * it is never paid again (I7); what was made from the hole is made anew. Clearing twice is harmless.
 */
export async function clearHoles(
  ports: ClearPorts,
  task: Task,
  workflow: Workflow,
): Promise<KeptProgress> {
  let kept: KeptProgress = { callsPlanned: 0, callsEnded: 0 };
  let isBehindHole = false;
  for (const stage of workflow.stages) {
    // Its children are looked at again, and what has become of them is gathered anew.
    if (stage.kind === 'children') {
      await ports.objects.delete(objectKeys.stageOutput(task.taskId, stage.name));
    }
    if (stage.kind !== 'model') continue;
    const found = await clearStage(ports, { task, stage, isBehindHole });
    kept = {
      callsPlanned: kept.callsPlanned + found.callsPlanned,
      callsEnded: kept.callsEnded + found.callsEnded,
    };
    isBehindHole = found.isBehindHole;
  }
  await ports.objects.delete(objectKeys.stageOutput(task.taskId, deliveryStage));
  return kept;
}

async function clearStage(
  ports: ClearPorts,
  place: { task: Task; stage: ModelStage; isBehindHole: boolean },
): Promise<KeptProgress & { readonly isBehindHole: boolean }> {
  const { taskId } = place.task;
  const stage = place.stage.name;
  let { isBehindHole } = place;
  let [callsPlanned, callsEnded, index] = [0, 0, 0];
  for (; ; index += 1) {
    const round = { taskId, stage, round: index };
    const plan = await loadPlan(ports.objects, round);
    if (plan === undefined) break;
    if (isBehindHole) {
      await forget(ports, round, place.task.run - 1);
      continue;
    }
    const committed = await committedCalls(ports, round);
    callsPlanned += plan.calls.length;
    callsEnded += plan.calls.filter(({ callId }) => committed.has(callId)).length;
    const output = await loadRoundOutput(ports.objects, round);
    const isWhole = plan.calls.every(({ callId }) => committed.has(callId));
    if (isWhole && output !== undefined) continue;
    isBehindHole = true;
    await ports.objects.delete(objectKeys.roundOutput(taskId, stage, index));
  }
  isBehindHole ||= await reopenLastRound(ports.objects, place.stage, {
    taskId,
    stage,
    round: index - 1,
  });
  if (isBehindHole) await ports.objects.delete(objectKeys.stageOutput(taskId, stage));
  return { callsPlanned, callsEnded, isBehindHole };
}

/**
 * A stage whose calls were all answered and that misses something all the same is not over: what it has stays, and the new run asks a round
 * more. Says whether it is so.
 */
async function reopenLastRound(
  objects: ObjectStore,
  { leavesHoles }: ModelStage,
  round: Round,
): Promise<boolean> {
  const last = round.round < 0 ? undefined : await loadRoundOutput(objects, round);
  if (last === undefined || leavesHoles?.(last.output) !== true) return false;
  const key = objectKeys.roundOutput(round.taskId, round.stage, round.round);
  await putJson(objects, key, { ...last, isComplete: false });
  return true;
}

/**
 * A round that was planned from a result with a hole: its questions will be others, and every run after the former one may ask them. The plan
 * goes last, since it leads to the rest.
 */
async function forget(
  { calls, objects }: ClearPorts,
  round: Round,
  formerRun: number,
): Promise<void> {
  const { taskId, stage } = round;
  for (const callId of await committedCalls({ calls }, round)) {
    await calls.reopen({ taskId, callId }, { run: formerRun });
  }
  await objects.delete(objectKeys.roundOutput(taskId, stage, round.round));
  await objects.delete(objectKeys.plan(taskId, stage, round.round));
}

async function committedCalls(
  { calls }: Pick<ClearPorts, 'calls'>,
  { taskId, stage, round }: Round,
): Promise<Set<CallId>> {
  const records = await calls.list(taskId, stage, round);
  return new Set(records.filter(({ state }) => state === 'committed').map(({ callId }) => callId));
}
