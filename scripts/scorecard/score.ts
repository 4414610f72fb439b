import type { Coverage } from '#shared/domain/coverage.ts';
import type { TaskStatus } from '#shared/domain/task.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';

/** How much of what was planted came back, and how much of what came back was planted. */
export interface Accuracy {
  readonly recall: number;
  readonly precision: number;
}

/** What another system has published for the same kind of case (source in docs/scorecard.md). */
export interface Anchor {
  readonly system: string;
  readonly recall?: number;
  readonly costUsd?: number;
  readonly seconds?: number;
}

/** How one run of a workflow did on documents of which the truth is known. */
export interface Score {
  readonly workflow: string;
  /** For example `1,200 rows`. */
  readonly name: string;
  readonly status: TaskStatus;
  readonly accuracy: Accuracy;
  /** Citations shipped, and how many of them stand in the document by a search that knows nothing of our readers. */
  readonly citations: { readonly shipped: number; readonly found: number };
  readonly coverage: Coverage['totals'] | undefined;
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly seconds: number;
  readonly anchor?: Anchor;
  /** Under a lying model: answers with the fault, and how many of those were repaired or named. */
  readonly faults?: {
    readonly fault: FaultName;
    readonly planted: number;
    readonly caught: number;
  };
  /** What must hold for this case and does not, in sentences; none for a pass. */
  readonly failures: readonly string[];
}

/** A workflow's part of the scorecard. */
export type Scorer = () => Promise<readonly Score[]>;
