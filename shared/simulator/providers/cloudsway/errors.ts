import type { Failure } from '../../core/failures.ts';
import type { Profile } from '../../core/question.ts';
import type { FailureReply } from '../../core/wire-form.ts';

/** The page of error codes names statuses and, for some, words in the text; the body is nowhere shown. */
export function cloudswayFailure(failure: Failure, profile: Profile): FailureReply {
  const message = messageOf(failure);
  const { status } = failure;
  if (profile === 'observed') return { status, body: { code: status, msg: message } };
  return { status, body: { error: { message, type: 'one_api_error', code: String(status) } } };
}

function messageOf({ kind, message }: Failure): string {
  if (kind === 'unavailable') return `NO_BALANCER_ERROR: ${message}`;
  if (kind === 'sensitive') return 'The response was filtered';
  return message;
}
