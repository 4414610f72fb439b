import type { ChildOutcome } from '../children.ts';
import type { PlanAnswer } from './plan.ts';

/** A file of a child with the name that it has in the result of the parent. */
interface DeliveredFile {
  readonly name: string;
  readonly sizeInBytes: number;
}

/** Content of `result.json`. */
export interface AutoResult {
  readonly instruction: string;
  readonly tasks: readonly {
    readonly id: string;
    readonly workflow: string;
    readonly inputs: readonly string[];
    readonly params: Readonly<Record<string, unknown>>;
    readonly why: string;
    readonly status: ChildOutcome['status'];
    readonly taskId?: string;
    readonly reasons: ChildOutcome['problems'];
    readonly files: readonly DeliveredFile[];
    readonly usage: ChildOutcome['usage'];
    readonly coverage?: NonNullable<ChildOutcome['coverage']>['totals'];
  }[];
  readonly unused: readonly { readonly document: string; readonly why: string }[];
  readonly notServed: PlanAnswer['notServed'];
  /** Of all tasks of the plan together; the planning itself is in the usage of the task. */
  readonly usage: ChildOutcome['usage'];
}
