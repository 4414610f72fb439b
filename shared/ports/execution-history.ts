/** What happened in an execution: one of the events that Step Functions shows in its history, as far as they are told here. */
export interface ExecutionEvent {
  readonly type: string;
  readonly atInMs: number;
  readonly state?: string;
  /** `Task`, `Map`, … */
  readonly stateType?: string;
  /** Which iteration of a Map it belongs to; absent in the machine itself. */
  readonly index?: number;
  /** Of `ExecutionStarted` and `StateExited`: references and counts only, as everything in a state (I9). */
  readonly input?: unknown;
  readonly output?: unknown;
}

/** Keeps what happened in executions, for whoever wants to look. Never fails the work. */
export interface ExecutionHistory {
  add(executionName: string, event: ExecutionEvent): void;
}
