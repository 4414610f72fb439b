import * as z from 'zod';
import { Range } from './estimate.ts';
import { DocumentId } from './ids.ts';
import { ProviderName } from './providers.ts';

/** What a person is asked to look at: the plan before anything is asked of the model, or the draft before it is delivered. */
export const ApprovalKind = z.enum(['plan', 'final']);
export type ApprovalKind = z.infer<typeof ApprovalKind>;

/** How long an approval waits where the task does not say: a day. */
export const defaultApprovalTimeoutInMinutes = 24 * 60;
/** The longest that it may wait: a week. */
export const maxApprovalTimeoutInMinutes = 7 * 24 * 60;

/** A task of a plan of tasks, with what it will take where that can be told. */
export const PlannedChild = z.object({
  childId: z.string(),
  workflowId: z.string(),
  /** Documents of the task, and files of other children as `<child>/<file>`. */
  inputs: z.array(z.string()),
  why: z.string(),
  calls: Range.optional(),
  costInMicroUsd: Range.optional(),
});
export type PlannedChild = z.infer<typeof PlannedChild>;

/** What the first model stage will ask. Later stages are planned from its answers, so that nobody knows their calls yet. */
export const PlanSummary = z.object({
  documents: z.array(z.object({ documentId: DocumentId, units: z.int().min(0) })),
  stage: z.string(),
  /** Stages in words, in their order. */
  stages: z.array(z.string()),
  calls: z.int().min(0),
  /** What was found out before the plan could be made, for example the columns that are proposed for a table. */
  proposals: z.array(z.string()).optional(),
  /** Tasks that it would start; `calls` and the tokens are then 0, and the most that it can cost is what the budget has left. */
  children: z.array(PlannedChild).optional(),
  /** The most that the planned calls can take, at the provider that is tried first. */
  maxInputTokens: z.int().min(0),
  maxOutputTokens: z.int().min(0),
  maxCostInMicroUsd: z.int().min(0),
  provider: ProviderName.optional(),
});
export type PlanSummary = z.infer<typeof PlanSummary>;

/** An approval of a task, from the question to the decision. The token of the execution that waits is kept elsewhere. */
export const Approval = z.object({
  what: ApprovalKind,
  state: z.enum(['open', 'approved', 'rejected', 'expired']),
  askedAtInMs: z.int(),
  expiresAtInMs: z.int(),
  /** How often the machine has asked: a step that is run again waits with another token. */
  asks: z.int().min(1),
  decidedAtInMs: z.int().optional(),
  /** In the words of who decided. */
  comment: z.string().optional(),
  /** sha256 of the decision as it came, to tell a repetition from another decision. */
  decisionHash: z.string().optional(),
  /** Names the one request that was carried out: its repetitions have changed nothing. */
  decisionId: z.string().optional(),
  /** The parameters were changed with the decision: the plan is to be made anew. */
  hasNewParams: z.boolean().optional(),
  /** The execution that waits has been told. */
  isAnswered: z.boolean().optional(),
  plan: PlanSummary.optional(),
});
export type Approval = z.infer<typeof Approval>;
export type ApprovalDecision = Exclude<Approval['state'], 'open'>;
