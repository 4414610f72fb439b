import type { Coverage } from '#shared/domain/coverage.ts';
import type { TaskStatus } from '#shared/domain/task.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';

/** How much of what was planted came back, and how much of what came back was planted. */
export interface Accuracy {
  readonly recall: number;
  readonly precision: number;
}

/** What another system has published for the same kind of case (source in the table's notes). */
export interface Anchor {
  readonly system: string;
  readonly recall: number;
  readonly costUsd: number;
  readonly seconds: number;
}

/** What became of the lies that the simulator says it has told: each is counted where it did harm, and once. */
export interface FaultCount {
  readonly fault: FaultName;
  /** What one of them is: a row that was left out, a value that was changed. */
  readonly of: string;
  readonly planted: number;
  /** What is delivered there is as if the lie had not been told. */
  readonly repaired: number;
  /** It could not be repaired, and the files say so at this very place. */
  readonly named: number;
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
  readonly anchors?: readonly Anchor[];
  /** Under a lying model. */
  readonly faults?: FaultCount;
  /** What must hold for this case and does not, in sentences; none for a pass. */
  readonly failures: readonly string[];
}

/** A run that has not been done yet. */
export interface ScoreCase {
  readonly workflow: string;
  readonly name: string;
  /** Over in about a second: for `--quick` and the tests. */
  readonly isQuick: boolean;
  run(): Promise<readonly Score[]>;
}

/** Lies that were delivered and named nowhere. */
export function uncaught({ planted, repaired, named }: FaultCount): number {
  return planted - repaired - named;
}

/** The aims that every case under a lying model has: it has lied, and nothing of it was delivered in silence. */
export function faultFailures(faults: FaultCount): string[] {
  const delivered = uncaught(faults);
  return [
    ...(faults.planted > 0 ? [] : [`The model was to lie (${faults.fault}) and has not.`]),
    ...(delivered === 0
      ? []
      : [`${delivered} of ${faults.planted} ${faults.of} (${faults.fault}) were delivered.`]),
  ];
}
