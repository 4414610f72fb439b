import * as z from 'zod';
import { Citation } from '#shared/domain/citation.ts';
import { Coverage } from '#shared/domain/coverage.ts';
import { Problem } from '#shared/domain/errors.ts';
import { DocumentId, TaskId } from '#shared/domain/ids.ts';
import { Artifact } from '#shared/domain/task.ts';
import { UsageTotals } from '#shared/domain/usage.ts';

/** Content of a kept plan of child tasks. */
export const ChildSpecs = z.array(
  z.object({
    childId: z.string(),
    workflowId: z.string(),
    inputs: z.array(
      z.union([
        z.object({ documentId: DocumentId }),
        z.object({ childId: z.string(), artifact: z.string() }),
      ]),
    ),
    params: z.record(z.string(), z.unknown()),
    why: z.string(),
  }),
);

/** What became of a child; `NOT_RUN`: it was never started, and `problems` says why. */
export const ChildOutcome = ChildSpecs.element.extend({
  status: z.enum(['SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED', 'NOT_RUN']),
  /** Absent where it was never started. */
  taskId: TaskId.optional(),
  artifacts: z.array(Artifact),
  /** Why it is not whole. */
  problems: z.array(Problem),
  usage: UsageTotals,
  /** Of what it has delivered, in its own numbering of documents: `d1` is its first input. */
  coverage: Coverage.optional(),
  citations: z.array(Citation),
});
export type ChildOutcome = z.infer<typeof ChildOutcome>;

/** Output of a stage of children, in the order of its plan. */
export const ChildrenOutput = z.object({ children: z.array(ChildOutcome) });
export type ChildrenOutput = z.infer<typeof ChildrenOutput>;
