import { QuireError } from '#shared/domain/errors.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { RunningTask, Task } from '#shared/domain/task.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import type { ModelStage, Stage, Workflow } from '#shared/workflows/definition.ts';

/** Finds a workflow by id; the catalog in production, a small one in tests. */
export type FindWorkflow = (id: string) => Workflow | undefined;

/** The task, if it exists. */
export async function requireTask(tasks: TaskStore, taskId: TaskId): Promise<Task> {
  const task = await tasks.get(taskId);
  if (task !== undefined) return task;
  throw new QuireError('task_not_found', `Expected a stored task, found none with id ${taskId}.`, {
    details: { taskId },
  });
}

/** The task, if it is running: a step of a task that has ended must stop at once. */
export async function requireRunningTask(tasks: TaskStore, taskId: TaskId): Promise<RunningTask> {
  const task = await requireTask(tasks, taskId);
  if (task.status === 'RUNNING') return task;
  throw new QuireError(
    task.status === 'CANCELLED' ? 'task_cancelled' : 'run_superseded',
    `Expected the task to be RUNNING, it is ${task.status}; the step stops.`,
    { details: { taskId, status: task.status } },
  );
}

/** The workflow of a task. */
export function requireWorkflow(findWorkflow: FindWorkflow, task: Task): Workflow {
  const workflow = findWorkflow(task.workflowId);
  if (workflow !== undefined) return workflow;
  throw new QuireError(
    'workflow_not_found',
    `Expected a known workflow, got “${task.workflowId}”.`,
    {
      details: { taskId: task.taskId, workflowId: task.workflowId },
    },
  );
}

/** A stage of a workflow by its name. */
export function requireStage(workflow: Workflow, name: string): Stage {
  const stage = workflow.stages.find((each) => each.name === name);
  if (stage !== undefined) return stage;
  throw new QuireError('internal_error', `Expected a stage of ${workflow.id}, got “${name}”.`);
}

/** A model stage of a workflow by its name. */
export function requireModelStage(workflow: Workflow, name: string): ModelStage {
  const stage = requireStage(workflow, name);
  if (stage.kind === 'model') return stage;
  throw new QuireError(
    'internal_error',
    `Expected a model stage of ${workflow.id}, got “${name}”.`,
  );
}
