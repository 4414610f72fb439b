/** What a piece of work asked of the platform; AWS bills each of them by the operation. */
export interface OperationCounts {
  /** Read and write request units of DynamoDB, of its indexes too. */
  readonly readUnits: number;
  readonly writeUnits: number;
  /** GET-class and PUT-class requests of the object store; deletes are free. */
  readonly objectReads: number;
  readonly objectWrites: number;
}

export type OperationName = keyof OperationCounts;

/** Counts operations by the piece of work that they belong to, however many run at once. It never fails the work. */
export interface Meter {
  /** Adds to the work that is going on; outside of any it is lost. */
  add(name: OperationName, amount: number): void;
  /** Does the work and tells what it asked for, also where it fails. */
  measure<Result>(
    work: () => Promise<Result>,
    tell: (counts: OperationCounts) => void,
  ): Promise<Result>;
}
