import * as z from 'zod';
import { TaskId, TenantId } from './ids.ts';

/** `disabled`: the receiver answered 410, which asks to be left alone. `failed`: the schedule is used up. */
export const callbackStates = ['pending', 'delivered', 'failed', 'disabled'] as const;

/** The notice that a task has ended, on its way to the URL that the submitter named. One for each run that ended. */
export const Callback = z.object({
  taskId: TaskId,
  /** The execution whose end it tells. */
  run: z.int().min(1),
  tenantId: TenantId,
  workflowId: z.string(),
  status: z.enum(['SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED']),
  endedAtInMs: z.int(),
  /** `webhook-id`: the same at every delivery, replays included. */
  eventId: z.string(),
  url: z.string(),
  state: z.enum(callbackStates),
  /** Deliveries that were begun, over all replays. */
  attempts: z.int().min(0),
  /** Deliveries of the schedule in force; a replay begins it anew. */
  tries: z.int().min(0),
  /** Only while it is pending. */
  nextAttemptAtInMs: z.int().optional(),
  /** What the receiver answered last. */
  lastStatus: z.int().optional(),
  /** Why there was no answer the last time, as a code. */
  lastError: z.string().optional(),
});
export type Callback = z.infer<typeof Callback>;

/** Names a callback. */
export type CallbackKey = Pick<Callback, 'taskId' | 'run'>;

/**
 * Waits before the deliveries after the first, as Standard Webhooks proposes them: ten tries within 76 hours. What a receiver cannot
 * take in that time is replayed by hand.
 */
const waitsInMs = [
  5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 50_400_000, 72_000_000, 86_400_000,
] as const;

/** Tries of one schedule. */
export const callbackTries = waitsInMs.length + 1;

/** Waits are up to this much longer, by chance, so that receivers that were down together are not called together. */
const jitter = 0.1;

/** The longest `Retry-After` that is honoured. */
const longestRetryAfterInMs = 86_400_000;

/** What a delivery came to. `status` is absent where there was no answer. */
export interface DeliveryAnswer {
  readonly status?: number | undefined;
  readonly retryAfterInMs?: number | undefined;
}

/** What follows from a delivery: an end, or a next one. */
export type DeliveryOutcome =
  | { readonly state: 'delivered' | 'failed' | 'disabled' }
  | { readonly state: 'pending'; readonly nextAttemptAtInMs: number };

/** Only 2xx is a success. A redirect is none: who moves names the new URL with the next task. */
export function outcomeOf(
  answer: DeliveryAnswer,
  facts: { tries: number; nowInMs: number; random: number },
): DeliveryOutcome {
  const { status, retryAfterInMs = 0 } = answer;
  if (status !== undefined && status >= 200 && status < 300) return { state: 'delivered' };
  if (status === 410) return { state: 'disabled' };
  const waitInMs = waitsInMs[facts.tries - 1];
  if (waitInMs === undefined) return { state: 'failed' };
  const isThrottled = status !== undefined && throttlingStatuses.includes(status);
  const askedInMs = isThrottled ? Math.min(retryAfterInMs, longestRetryAfterInMs) : 0;
  const laterInMs = Math.max(askedInMs, Math.round(waitInMs * (1 + jitter * facts.random)));
  return { state: 'pending', nextAttemptAtInMs: facts.nowInMs + laterInMs };
}

/** Answers whose `Retry-After` counts. */
const throttlingStatuses: readonly number[] = [429, 502, 503, 504];

/** What is sent: thin, so that nothing of a document leaves (I9); who wants more asks the API. */
export function callbackBody(callback: Callback, endedAt: string): string {
  const { taskId, status, workflowId } = callback;
  return JSON.stringify({
    type: `task.${status.toLowerCase()}`,
    timestamp: endedAt,
    data: { taskId, status, workflow: workflowId, links: { self: `/v1/tasks/${taskId}` } },
  });
}
