import * as z from 'zod';
import { ErrorCodeSchema, Problem } from './errors.ts';
import { AttemptId, CallId, TaskId, TenantId, UnitId } from './ids.ts';
import { ProviderName } from './providers.ts';
import { TokenUsage } from './usage.ts';

/** One message of a question. Document text stands in user messages only. */
export const Message = z.object({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.string().min(1),
});
export type Message = z.infer<typeof Message>;

/** One question to the model, as a stage plans it. Plain data: it is stored, and a restart asks the very same question. */
export const CallSpec = z.object({
  callId: CallId,
  /** Name and version of the prompt, for example `summarize.notes@1`; part of the cache key. */
  prompt: z.string(),
  messages: z.array(Message).min(1),
  /** Room for the answer, thinking included. */
  maxOutputTokens: z.int().min(1),
  temperature: z.number(),
  /** Units whose text is in the question: they are `used` when the call commits and `failed` when it fails. */
  unitIds: z.array(UnitId),
  /** What the stage wants to find again when it checks and assembles the answer. */
  context: z.record(z.string(), z.unknown()),
});
export type CallSpec = z.infer<typeof CallSpec>;

/** The accepted answer of a call. */
export const CallResult = z.object({
  callId: CallId,
  attemptId: AttemptId,
  provider: ProviderName,
  /** Parsed and valid by the stage's schema. */
  answer: z.unknown(),
  /** The answer was not JSON by the letter and was repaired in its syntax. */
  isRepaired: z.boolean(),
  /** The answer came from the cache and cost nothing. */
  isCached: z.boolean(),
  /** Faults that remained after the last re-ask and that the stage can live with. */
  faults: z.array(z.string()),
});
export type CallResult = z.infer<typeof CallResult>;

/** Where a call stands. A committed call never changes again (I3); a failed one stays failed within its run, and a newer run may claim it. */
export const CallRecord = z.discriminatedUnion('state', [
  z.object({
    callId: CallId,
    state: z.literal('claimed'),
    run: z.int().min(1),
    fence: z.int().min(1),
    leaseExpiresAtInMs: z.int(),
    /** The attempt whose answer its provider was to deliver, and the claim that left it there. */
    parkedAttemptId: AttemptId.optional(),
    parkedFence: z.int().min(1).optional(),
  }),
  z.object({
    callId: CallId,
    state: z.literal('committed'),
    fence: z.int().min(1),
    attemptId: AttemptId,
    /** The {@link CallResult} as JSON where it is small; a larger one is an object. */
    resultJson: z.string().optional(),
  }),
  z.object({
    callId: CallId,
    state: z.literal('failed'),
    run: z.int().min(1),
    fence: z.int().min(1),
    error: Problem,
  }),
]);
export type CallRecord = z.infer<typeof CallRecord>;

/** The attempt that a call waits for at its provider, with no worker at it; `undefined` for any other call. */
export function parkedAttemptOf(
  record: CallRecord | undefined,
  nowInMs: number,
): AttemptId | undefined {
  if (record?.state !== 'claimed' || record.parkedFence !== record.fence) return undefined;
  return record.leaseExpiresAtInMs > nowInMs ? record.parkedAttemptId : undefined;
}

const attemptBase = {
  attemptId: AttemptId,
  taskId: TaskId,
  tenantId: TenantId,
  workflowId: z.string(),
  callId: CallId,
  run: z.int().min(1),
  provider: ProviderName,
  modelAsked: z.string(),
  /** UUID under which the provider knows the attempt; the same one is sent again when a worker takes it over. */
  requestId: z.string().optional(),
  /** Date of the price that its cost is computed by. */
  priceAsOf: z.iso.date().optional(),
  /** The question was sent to a web search too. */
  isWebSearch: z.boolean().optional(),
  startedAtInMs: z.int(),
  reservedInMicroUsd: z.int().min(0),
  /** What another worker has to know to go on with the call when it takes the attempt over. */
  before: z
    .object({
      /** Answers to the call that were not accepted, and tries at this provider that failed, before this attempt. */
      rejections: z.int().min(0),
      tries: z.int().min(0),
      maxOutputTokens: z.int().min(1),
    })
    .optional(),
  /** When the provider last said that the answer is there. A hint: the answer itself is always fetched. */
  deliveredAtInMs: z.int().optional(),
};

/**
 * One row of the usage ledger (I5). It is written before the request leaves and completed afterwards; a row that stays `started`
 * belongs to a worker that died, may have been billed, and counts with its whole reservation.
 */
export const Attempt = z.discriminatedUnion('state', [
  z.object({ ...attemptBase, state: z.literal('started') }),
  z.object({
    ...attemptBase,
    state: z.literal('ended'),
    endedAtInMs: z.int(),
    /** `accepted`, or the code of what was wrong. */
    outcome: z.union([z.literal('accepted'), ErrorCodeSchema]),
    modelAnswered: z.string().optional(),
    /** The provider named a model of another family than the one asked for. */
    isOtherModel: z.boolean().optional(),
    usage: TokenUsage,
    costInMicroUsd: z.int().min(0),
    /** The provider reported no usable tokens, and the cost is computed from our own count. */
    isEstimated: z.boolean(),
    /** Whether the provider may charge for it. */
    isPossiblyBilled: z.boolean(),
  }),
]);
export type Attempt = z.infer<typeof Attempt>;
export type StartedAttempt = Extract<Attempt, { state: 'started' }>;
export type EndedAttempt = Extract<Attempt, { state: 'ended' }>;
