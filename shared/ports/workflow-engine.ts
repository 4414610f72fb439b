import type { TaskId } from '#shared/domain/ids.ts';

/** Where an execution stands. `stopped` and `failed` tell nothing of the task: an execution may be ended from outside. */
export type ExecutionState = 'running' | 'succeeded' | 'failed' | 'stopped' | 'missing';

/** Starts and stops executions. An execution is named by its task (and run), its input is `{"taskId": …}` and nothing else. */
export interface WorkflowEngine {
  /** Starts the task's machine. Starting what runs or has run is harmless. */
  start(execution: { taskId: TaskId; workflowId: string; run: number }): Promise<void>;
  /** Stops the execution; its steps are aborted. Stopping what does not run is harmless. */
  stop(execution: { taskId: TaskId; workflowId: string; run: number }): Promise<void>;
  /** `missing` where none was ever started, or it is so long ago that it is forgotten. */
  describe(execution: { taskId: TaskId; workflowId: string; run: number }): Promise<ExecutionState>;
  /** Answers a step that waits for a task token. A late, repeated or unknown answer changes nothing and returns `false` (I11). */
  answer(
    token: string,
    answer: { isSuccess: true; output: unknown } | { isSuccess: false; code: string },
  ): Promise<boolean>;
}
