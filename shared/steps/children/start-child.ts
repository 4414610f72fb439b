import { QuireError } from '#shared/domain/errors.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { ChildTask, EndedTask, RunningTask, Task } from '#shared/domain/task.ts';
import type { ChildSpec, Workflow } from '#shared/workflows/definition.ts';
import { queuedChild, sourcesOf, storeSources } from './child-task.ts';
import type { RunChildrenPorts } from './children-ports.ts';
import type { SettledChild } from './gather-children.ts';

type Started =
  | { readonly parent: RunningTask; readonly kind: 'under-way' }
  | { readonly parent: RunningTask; readonly kind: 'settled'; readonly child: SettledChild };

/**
 * Starts a child: its files are copied, it is noted with its parent, stored, and its execution started, in this order. Whoever ends the
 * parent from the note on finds the child, and a crash at any point leaves what the next look goes on with.
 */
export async function startChild(
  ports: RunChildrenPorts,
  parent: RunningTask,
  { spec, ended, taskId }: { spec: ChildSpec; ended: ReadonlyMap<string, Task>; taskId: TaskId },
): Promise<Started> {
  const workflow = requireChildWorkflow(ports, spec);
  const sources = sourcesOf(parent, { spec, ended });
  const present = sources.filter((source) => source !== undefined);
  if (present.length < sources.length) {
    const message =
      'Expected a file that a task before it was to deliver; it has delivered others.';
    const problem = { code: 'artifact_not_found' as const, message };
    return { parent, kind: 'settled', child: { spec, task: undefined, problem } };
  }
  const inputs = await storeSources(ports.objects, taskId, present);
  const child = queuedChild(ports, parent, { taskId, spec, workflow, inputs });
  const noted = await note(ports, parent, { spec, taskId, event: `Task started: ${spec.childId}` });
  if (!noted.isMine) return { parent: noted.parent, kind: 'under-way' };
  const { task } = await ports.tasks.create(child);
  const { workflowId, run } = task;
  await ports.engine.start({ taskId, workflowId, run });
  ports.logger.info('child-started', { taskId: parent.taskId, childTaskId: taskId, workflowId });
  await ports.tell(task, { kind: 'Accepted' });
  ports.metrics?.count('TasksAccepted', 1, { workflow: workflowId });
  return { parent: noted.parent, kind: 'under-way' };
}

/** Lets a child go on that has ended with a hole, under the budget and the deadline that its parent has now. */
export async function resumeChild(
  ports: RunChildrenPorts,
  parent: RunningTask,
  { spec, task }: { spec: ChildSpec; task: EndedTask },
): Promise<RunningTask> {
  const { taskId, workflowId } = task;
  const resumed = await ports.tasks.resume(taskId, {
    run: task.run,
    nowInMs: ports.clock.now(),
    deadlineAtInMs: parent.deadlineAtInMs,
    addedBudgetInMicroUsd: Math.max(0, parent.budget.limitInMicroUsd - task.budget.limitInMicroUsd),
    allowances: [],
  });
  if (resumed !== undefined) {
    await ports.engine.start({ taskId, workflowId, run: resumed.run });
    ports.logger.info('child-resumed', { taskId: parent.taskId, childTaskId: taskId });
  }
  const event = `Task resumed: ${spec.childId}`;
  return (await note(ports, parent, { spec, taskId, event })).parent;
}

/**
 * Notes a child with its parent, once a run. Where another invocation of the step was faster, the child is its affair. Stops the step where the
 * parent has ended or another run has it.
 */
async function note(
  ports: RunChildrenPorts,
  parent: RunningTask,
  { spec, taskId, event }: { spec: ChildSpec; taskId: TaskId; event: string },
): Promise<{ readonly parent: RunningTask; readonly isMine: boolean }> {
  const { childId, workflowId, why } = spec;
  const { run, children = [] } = parent;
  if (children.some((each) => each.taskId === taskId && each.run === run)) {
    return { parent, isMine: true };
  }
  const child: ChildTask = { childId, taskId, workflowId, why, run, atInMs: ports.clock.now() };
  const change = { run, known: children.length, child, event };
  const noted = await ports.tasks.noteChild(parent.taskId, change);
  if (noted?.status === 'RUNNING') return { parent: noted, isMine: true };
  const stored = await ports.tasks.get(parent.taskId);
  if (stored?.status === 'RUNNING' && stored.run === run) return { parent: stored, isMine: false };
  throw new QuireError(
    'run_superseded',
    'Expected the task to go on; it has ended or another run has it.',
    { details: { taskId: parent.taskId } },
  );
}

function requireChildWorkflow({ findWorkflow }: RunChildrenPorts, spec: ChildSpec): Workflow {
  const workflow = findWorkflow(spec.workflowId);
  if (workflow !== undefined) return workflow;
  throw new QuireError(
    'workflow_not_found',
    'Expected a known workflow in the plan, got another one. See GET /v1/workflows.',
  );
}
