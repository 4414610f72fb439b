import type { CallId, TaskId, TenantId } from '#shared/domain/ids.ts';

/** A question by what it says: the sha256 of model family, prompt, messages and schema. Tenants share nothing. */
export interface KnownQuestion {
  readonly tenantId: TenantId;
  readonly digest: string;
}

/** The call whose committed result answers a question. */
export interface AnsweringCall {
  readonly taskId: TaskId;
  readonly callId: CallId;
  readonly fence: number;
}

/**
 * Which call has answered which question, so that an identical one is not paid for twice. It names the call and holds no content; a
 * call that has expired is no answer any more. Errors: `store_unavailable`.
 */
export interface AnswerIndex {
  find(question: KnownQuestion): Promise<AnsweringCall | undefined>;
  /** The newest stays. */
  keep(question: KnownQuestion, call: AnsweringCall, nowInMs: number): Promise<void>;
}
