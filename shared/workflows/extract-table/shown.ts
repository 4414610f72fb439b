import type {
  Issue,
  MergedCell,
  MergedRow,
  ReconcileOutput,
  TypedColumn,
  TypedValue,
} from './schemas.ts';

/** A cell of the result with its citation, if it has a value. */
export interface ShownCell {
  readonly cell: MergedCell;
  readonly value: TypedValue;
  readonly citation?: string;
}

export interface ShownRow {
  readonly row: MergedRow;
  readonly cells: readonly ShownCell[];
}

/** What the files show, ready to be laid out. */
export interface Shown {
  readonly columns: readonly TypedColumn[];
  readonly rows: readonly ShownRow[];
  /** The worst first. */
  readonly issues: readonly Issue[];
  readonly reconciliation: ReconcileOutput;
  readonly language: string;
}
