/** What may be spent in a month, by everybody or with one key. */
export interface Allowance {
  /** Names whose it is and which month: `all 2026-11`, `key default 2026-11`. */
  readonly id: string;
  readonly limitInMicroUsd: number;
}

/**
 * Money of a deployment, above the budgets of its tasks: a task's whole budget is taken when it is accepted and what it has not used is given
 * back when it ends, so that no month spends more than its limit, whatever runs at once. A crash in between leaves money taken, never the
 * other way round. Errors: `store_unavailable`.
 */
export interface Allowances {
  /** `false` where less than the amount is left. */
  take(allowance: Allowance, amountInMicroUsd: number): Promise<boolean>;
  giveBack(id: string, amountInMicroUsd: number): Promise<void>;
  /** What is taken: spent by ended tasks, or set aside for running ones. */
  taken(id: string): Promise<number>;
}
