import * as z from 'zod';
import { errorOf, type Problem, QuireError } from '#shared/domain/errors.ts';
import { TaskId } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import { isEnded, type RunningTask, type Task } from '#shared/domain/task.ts';
import { type ChildOutcome, type ChildrenOutput, ChildSpecs } from '#shared/workflows/children.ts';
import type { ChildrenStage, ChildSpec, Workflow } from '#shared/workflows/definition.ts';
import { needsApproval } from './approvals.ts';
import { childTaskIdOf } from './children/child-task.ts';
import type { RunChildrenPorts } from './children/children-ports.ts';
import { gatherChild, type SettledChild } from './children/gather-children.ts';
import { resumeChild, startChild } from './children/start-child.ts';
import { getJson, putJson } from './json-objects.ts';
import { loadStageContext } from './stage-files.ts';
import type { Step } from './step.ts';
import { requireRunningTask, requireStage, requireWorkflow } from './task-state.ts';

const RunChildrenInput = z.object({ taskId: TaskId, stage: z.string() });

export interface RunChildrenOutput {
  /** Children that have not ended; the machine looks again while there are any. */
  readonly remaining: number;
  readonly pauseInSeconds: number;
  /** A person is to look at the plan before the first child starts. */
  readonly needsApproval: boolean;
}

/**
 * Looks after the children of a plan: starts each whose inputs are there, lets those go on that an earlier run of the parent has left with a
 * hole, and gathers what they have found when none is under way. It holds nothing: each time it finds out from the stores how things stand,
 * so that it may be run again at any point, after a crash too.
 */
export function createRunChildren(
  ports: RunChildrenPorts,
): Step<z.infer<typeof RunChildrenInput>, RunChildrenOutput> {
  return {
    input: RunChildrenInput,
    async run({ taskId, stage: stageName }) {
      const task = await requireRunningTask(ports.tasks, taskId);
      const workflow = requireWorkflow(ports.findWorkflow, task);
      const stage = requireStage(workflow, stageName);
      if (stage.kind !== 'children') throw otherStage(workflow, stageName);
      const key = objectKeys.stageOutput(taskId, stageName);
      if ((await ports.objects.head(key)) !== undefined) return nothingLeft;

      const plan = await findPlan(ports, { task, workflow, stage });
      if (plan.isToBeApproved) return { ...nothingLeft, needsApproval: true };
      const { settled, changedAtInMs } = await lookAfter(ports, task, plan.specs);
      const remaining = plan.specs.length - settled.length;
      if (remaining > 0) {
        const pauseInSeconds = pauseAfter(ports.clock.now() - changedAtInMs);
        return { remaining, pauseInSeconds, needsApproval: false };
      }
      await gather(ports, { task, stage, settled });
      return nothingLeft;
    },
  };
}

const nothingLeft: RunChildrenOutput = { remaining: 0, pauseInSeconds: 1, needsApproval: false };

/** The plan is made once and kept: what was approved is what runs, and a resumed task goes on with it. */
async function findPlan(
  { objects }: Pick<RunChildrenPorts, 'objects'>,
  { task, workflow, stage }: { task: RunningTask; workflow: Workflow; stage: ChildrenStage },
): Promise<{ specs: readonly ChildSpec[]; isToBeApproved: boolean }> {
  const key = objectKeys.plan(task.taskId, stage.name, 0);
  const kept = await getJson(objects, key, ChildSpecs);
  if (kept !== undefined) return { specs: kept, isToBeApproved: false };
  const context = await loadStageContext(objects, task, { workflow, stage: stage.name });
  // Before anybody is asked: what cannot be run needs no approval.
  const specs = stage.plan(context);
  if (needsApproval(task, 'plan')) return { specs, isToBeApproved: true };
  await putJson(objects, key, specs);
  return { specs, isToBeApproved: false };
}

interface Standing {
  readonly settled: readonly SettledChild[];
  /** When a child was started or ended last. */
  readonly changedAtInMs: number;
}

/** One look at every child, in the order of the plan, in which none waits for a later one. */
async function lookAfter(
  ports: RunChildrenPorts,
  parent: RunningTask,
  specs: readonly ChildSpec[],
): Promise<Standing> {
  const settled = new Map<string, SettledChild>();
  const ended = new Map<string, Task>();
  let task = parent;
  for (const spec of specs) {
    const before = spec.inputs.flatMap((input) => ('childId' in input ? [input.childId] : []));
    const blocked = before.map((id) => settled.get(id)).find((each) => each && !hasDelivered(each));
    if (blocked !== undefined) {
      settled.set(spec.childId, { spec, task: undefined, problem: blockedBy(blocked) });
      continue;
    }
    if (before.some((id) => !settled.has(id))) continue;
    const found = await lookAt(ports, task, { spec, ended });
    task = found.parent;
    if (found.kind === 'under-way') continue;
    settled.set(spec.childId, found.child);
    if (found.child.task !== undefined) ended.set(spec.childId, found.child.task);
  }
  const times = [...ended.values()].map((each) => (isEnded(each) ? each.endedAtInMs : 0));
  const started = (task.children ?? []).map(({ atInMs }) => atInMs);
  const changedAtInMs = Math.max(task.createdAtInMs, ...times, ...started);
  return { settled: [...settled.values()], changedAtInMs };
}

type Look = { readonly parent: RunningTask } & (
  | { readonly kind: 'under-way' }
  | { readonly kind: 'settled'; readonly child: SettledChild }
);

/** Starts a child, lets it go on, or tells how it has ended. */
async function lookAt(
  ports: RunChildrenPorts,
  parent: RunningTask,
  { spec, ended }: { spec: ChildSpec; ended: ReadonlyMap<string, Task> },
): Promise<Look> {
  const taskId = childTaskIdOf(ports.ids, parent, { spec, ended });
  const task = await ports.tasks.get(taskId);
  const isLate = ports.clock.now() >= parent.deadlineAtInMs;
  if (task === undefined) {
    if (isLate) {
      return { parent, kind: 'settled', child: { spec, task: undefined, problem: tooLate } };
    }
    return await startChild(ports, parent, { spec, ended, taskId });
  }
  if (!isEnded(task)) {
    // Stored and not started yet, perhaps because the process died in between; starting twice is harmless.
    if (task.status === 'QUEUED') await ports.engine.start(task);
    return { parent, kind: 'under-way' };
  }
  const chance = (parent.children ?? []).findLast((each) => each.taskId === taskId)?.run ?? 0;
  // A new run is a new chance, for a child as for a call.
  if (task.status !== 'SUCCEEDED' && chance < parent.run && !isLate) {
    return { parent: await resumeChild(ports, parent, { spec, task }), kind: 'under-way' };
  }
  return { parent, kind: 'settled', child: { spec, task } };
}

/** Puts what the children have found together, for the stages behind. */
async function gather(
  ports: RunChildrenPorts,
  {
    task,
    stage,
    settled,
  }: { task: RunningTask; stage: ChildrenStage; settled: readonly SettledChild[] },
): Promise<void> {
  requireDelivery(settled);
  const children: ChildOutcome[] = [];
  // One after the other: what a child has found may be large.
  for (const child of settled) children.push(await gatherChild(ports.objects, child));
  const output: ChildrenOutput = { children };
  await putJson(ports.objects, objectKeys.stageOutput(task.taskId, stage.name), { output });
  await ports.tasks.note(task.taskId, {
    run: task.run,
    stage: stage.name,
    event: stage.title,
    nowInMs: ports.clock.now(),
  });
  await ports.tell(task, { kind: 'Stage Completed', stage: stage.name });
}

function hasDelivered({ task }: SettledChild): boolean {
  return task !== undefined && 'artifacts' in task;
}

/** Nothing delivered by any child: the task fails with what has stopped the first one. */
function requireDelivery(settled: readonly SettledChild[]): void {
  if (settled.some(hasDelivered)) return;
  const [first] = settled.flatMap((child) =>
    child.task === undefined ? [child.problem] : reasonOf(child.task),
  );
  throw errorOf(first ?? tooLate);
}

function reasonOf(task: Task): Problem[] {
  return task.status === 'FAILED' ? [task.error] : [];
}

function blockedBy(child: SettledChild): Problem {
  const reason = child.task === undefined ? [child.problem] : reasonOf(child.task);
  return {
    code: reason[0]?.code ?? 'task_cancelled',
    message:
      'Expected the file that a task before it was to deliver; that task has delivered none.',
  };
}

const tooLate: Problem = {
  code: 'deadline_exceeded',
  message: 'Expected the task to be started before the deadline; the time was up before its turn.',
};

const longestPauseInSeconds = 300;

/**
 * Longer, the longer nothing has changed: a task of minutes is noticed a few seconds late, and one of hours costs some dozens of
 * transitions of the machine.
 */
function pauseAfter(sinceInMs: number): number {
  return Math.min(longestPauseInSeconds, Math.max(1, Math.ceil(sinceInMs / 4_000)));
}

function otherStage({ id }: Workflow, stage: string): QuireError {
  return new QuireError('internal_error', `Expected a stage of children of ${id}, got “${stage}”.`);
}
