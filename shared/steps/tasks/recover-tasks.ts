import type { Logger } from '#shared/ports/logger.ts';
import type { Metrics } from '#shared/ports/metrics.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import type { WorkflowEngine } from '#shared/ports/workflow-engine.ts';

/**
 * Starts every task that has not ended again, over its checkpoints: those that were accepted and never started, and those whose
 * process died. Each gets a new run, so that claims of the dead process hold nobody up and nothing that it left behind can write.
 */
export function createRecoverTasks(ports: {
  tasks: TaskStore;
  engine: WorkflowEngine;
  logger: Logger;
  metrics?: Metrics;
}): () => Promise<number> {
  return async () => {
    const tasks = await ports.tasks.listUnended();
    for (const task of tasks) {
      const run = task.status === 'QUEUED' ? task.run : await ports.tasks.supersede(task.taskId);
      if (run === undefined) continue;
      await ports.engine.start({ taskId: task.taskId, workflowId: task.workflowId, run });
      ports.logger.info('task-recovered', { taskId: task.taskId, run });
      ports.metrics?.count('TasksReconciled', 1, {});
    }
    return tasks.length;
  };
}
