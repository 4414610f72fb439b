import type { Approval, ApprovalDecision, ApprovalKind } from '#shared/domain/approval.ts';
import type { Estimate } from '#shared/domain/estimate.ts';
import type { TaskId, TenantId, UploadId } from '#shared/domain/ids.ts';
import type {
  Artifact,
  ChildTask,
  EndedTask,
  QueuedTask,
  Task,
  TaskEnding,
  TaskOptions,
  TaskStatus,
} from '#shared/domain/task.ts';
import type { UsageTotals } from '#shared/domain/usage.ts';

export interface TaskQuery {
  readonly tenantId: TenantId;
  readonly status?: TaskStatus;
  readonly limit: number;
  /** From the page before. */
  readonly cursor?: string;
}

export interface TaskPage {
  /** Newest first. */
  readonly tasks: readonly Task[];
  readonly cursor: string | undefined;
}

/** An announced upload. */
export interface Upload {
  readonly uploadId: UploadId;
  readonly tenantId: TenantId;
  readonly name: string;
  readonly expiresAtInMs: number;
}

/** Decision on an open approval, with what it changes of the task. */
export interface Decision {
  readonly state: ApprovalDecision;
  readonly what: ApprovalKind;
  /** Names the approval that was decided: another one that is open meanwhile stays open. */
  readonly askedAtInMs: number;
  readonly nowInMs: number;
  /** For the timeline. */
  readonly event: string;
  readonly comment?: string;
  readonly decisionHash?: string;
  readonly decisionId?: string;
  readonly edits?: {
    readonly params?: Readonly<Record<string, unknown>>;
    readonly providers?: NonNullable<TaskOptions['providers']>;
    /** Negative where the budget becomes smaller; never below what is spent and reserved. */
    readonly addedBudgetInMicroUsd?: number;
  };
}

/** Lets the holder answer for an execution that waits: never shown, never logged. */
export interface ApprovalToken {
  readonly taskId: TaskId;
  readonly run: number;
  readonly what: ApprovalKind;
  readonly token: string;
  readonly createdAtInMs: number;
}

/** Spending of one task on one UTC day at one provider. */
export interface UsageRow {
  readonly day: string;
  readonly tenantId: TenantId;
  readonly taskId: TaskId;
  readonly workflowId: string;
  readonly provider: string;
  readonly totals: UsageTotals;
}

/** Answer to a reservation. `stopped`: the task is no longer RUNNING in this run, so no call may start (I10). */
export type Reservation = 'reserved' | 'budget_exceeded' | 'stopped';

/**
 * Tasks, their money and their standing. Every write is one conditional write of one item; a write whose condition fails changes
 * nothing and says so in its result. Errors: `store_unavailable`.
 */
export interface TaskStore {
  /** Stores a new task, or returns the one that has the id already (the caller compares `requestHash`, I2). */
  create(task: QueuedTask): Promise<{ readonly task: Task; readonly isNew: boolean }>;
  get(taskId: TaskId): Promise<Task | undefined>;
  list(query: TaskQuery): Promise<TaskPage>;
  /** Tasks of every tenant that have not ended, for recovery. */
  listUnended(): Promise<readonly Task[]>;

  /** QUEUED or RUNNING in this run → RUNNING. `undefined` where the task has ended or another run has taken over. */
  begin(
    taskId: TaskId,
    change: {
      run: number;
      nowInMs: number;
      /** What a resumed task has kept; from nothing if absent. */
      progress?: { callsPlanned: number; callsEnded: number };
    },
  ): Promise<Task | undefined>;
  /** Ended in this run → QUEUED in the next one, with more budget. `undefined` where it has not ended or is of another run. */
  resume(
    taskId: TaskId,
    change: {
      run: number;
      nowInMs: number;
      deadlineAtInMs: number;
      addedBudgetInMicroUsd: number;
      /** In place of those that the task had. */
      allowances: readonly string[];
      /** What a person has decided still holds; if absent, the next run asks again. */
      keepsApproval?: boolean;
    },
  ): Promise<Task | undefined>;
  /** Starts a new run of a task that has not ended: older runs can no longer reserve, claim or end it. Returns the new run. */
  supersede(taskId: TaskId): Promise<number | undefined>;
  /** Notes the stage, adds to the planned calls and to the timeline. `false` where the run is no longer the task's. */
  note(
    taskId: TaskId,
    change: {
      run: number;
      stage: string;
      event: string;
      nowInMs: number;
      callsPlanned?: number;
      /** What the task will take, told once from its parsed documents. */
      estimate?: Estimate;
    },
  ): Promise<boolean>;
  /**
   * Notes a child before it is started, so that whoever ends the task finds it. `known`: how many entries the caller has read; where another
   * has noted one since, nothing changes. `undefined` then, and where the task is not RUNNING in this run.
   */
  noteChild(
    taskId: TaskId,
    change: { run: number; known: number; child: ChildTask; event: string },
  ): Promise<Task | undefined>;
  /**
   * Takes a worst-case amount from what is available, if the task is RUNNING in this run and the budget covers it (I4, I10). `run: 'any'` is
   * for a child, which its parent's next run takes over as it is.
   */
  reserve(
    taskId: TaskId,
    change: { run: number | 'any'; amountInMicroUsd: number },
  ): Promise<Reservation>;
  /** Gives a reservation back and books the cost; also after the task has ended, since money may still be spent then. */
  settle(
    taskId: TaskId,
    change: { reservedInMicroUsd: number; costInMicroUsd: number },
  ): Promise<void>;
  /** Counts a call as ended, for progress. */
  countEndedCall(taskId: TaskId): Promise<void>;
  /** Ends the task. `run: 'any'` is for a cancel. `undefined` where it has ended already or the run is no longer the task's (I1). */
  end(
    taskId: TaskId,
    change: { run: number | 'any'; nowInMs: number; ending: TaskEnding; usage: UsageTotals },
  ): Promise<Task | undefined>;
  /** Replaces the usage shown with an ended task by the sum of its ledger, when attempts ended late. */
  correctUsage(taskId: TaskId, usage: UsageTotals): Promise<void>;

  /**
   * Opens an approval, or notes that the one which is there, open or decided, has been asked again under another token.
   * `undefined` where the task is not RUNNING in this run.
   */
  askApproval(
    taskId: TaskId,
    change: { run: number; approval: Approval; drafts?: readonly Artifact[]; event: string },
  ): Promise<Task | undefined>;
  /**
   * Decides an open approval of a running task, once: the first decision stays. The time that it was open is added to the deadline.
   * Before it expires it can be approved or rejected, after that it can only expire. `undefined` where it cannot be decided so.
   */
  decideApproval(taskId: TaskId, decision: Decision): Promise<Task | undefined>;
  /** Notes that the execution has been told of the decision, unless it has been asked again since. */
  noteApprovalAnswered(taskId: TaskId, change: { asks: number }): Promise<void>;
  /** Keeps a token in place of the former one of the same run. */
  putApprovalToken(token: ApprovalToken): Promise<void>;
  getApprovalToken(
    approval: Pick<ApprovalToken, 'taskId' | 'run' | 'what'>,
  ): Promise<string | undefined>;
  /** Ended tasks of every tenant whose end has not been announced, those that have waited longest first. */
  listUnannounced(query: { endedBeforeInMs: number; limit: number }): Promise<readonly EndedTask[]>;
  /** Lists the end of the run as if it had been at that time, so that one that cannot be announced is not tried over and over. */
  postponeAnnouncement(taskId: TaskId, change: { run: number; toInMs: number }): Promise<void>;
  /** Notes that the end of the run has been announced. Nothing happens where the task has gone on since. */
  markAnnounced(taskId: TaskId, run: number): Promise<void>;

  createUpload(upload: Upload): Promise<void>;
  getUpload(uploadId: UploadId): Promise<Upload | undefined>;

  /** Writes the rows of a task, over those written before: the same ledger gives the same rows. */
  putUsage(rows: readonly UsageRow[]): Promise<void>;
  /** Rows of a tenant, days inclusive (`YYYY-MM-DD`). */
  listUsage(query: {
    tenantId: TenantId;
    fromDay: string;
    toDay: string;
  }): Promise<readonly UsageRow[]>;
}
