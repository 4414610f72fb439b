import type { Rewriting } from './render.ts';

export type Decision = 'accept' | 'reject';

/** How a decision about all tracked changes of a part is carried out. */
export interface Resolver extends Rewriting {
  readonly decision: Decision;
  /** Elements whose content goes, and those whose content stays while they go. */
  readonly dropped: readonly string[];
  readonly kept: readonly string[];
}
