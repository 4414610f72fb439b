import { type ErrorEntry, provider } from './error-entry.ts';

/** The part of the error table that tells how calls of the model fail. */
export const modelErrors = {
  model_rate_limited: provider(
    'retry-here',
    'The provider asks to slow down',
    'The call is tried again when the provider allows; raise the account limit if it happens often.',
  ),
  model_unavailable: provider(
    'retry-here',
    'The provider did not serve the call',
    'The call is tried again; if it persists, see the status page of the provider.',
  ),
  model_timeout: provider(
    'retry-here',
    'The provider did not answer in time',
    'The call is tried again; a smaller chunk shortens it.',
  ),
  model_protocol_error: provider(
    'retry-here',
    'The provider answered in a form that cannot be read',
    'The call is tried again; if it persists, check the base URL.',
  ),
  model_untrusted: provider(
    'fail-over',
    'The provider has no certificate that is trusted',
    'Check the base URL, the clock and the root certificates of the machine.',
  ),
  model_auth_failed: provider(
    'fail-over',
    'The provider refuses the key',
    'Store a valid key; `quire doctor` checks it.',
  ),
  model_quota_exhausted: provider(
    'fail-over',
    'The account at the provider has no credit',
    'Add credit at the provider, or name another provider.',
  ),
  model_bad_request: provider(
    'stop',
    'The provider refuses the request',
    'This is a fault of ours or an unsupported setting; the details name the status.',
  ),
  model_context_exceeded: provider(
    'fail-over',
    'The question is longer than the model can read',
    'Use a smaller chunk size.',
  ),
  model_refused: provider(
    'stop',
    'The model refuses to answer',
    'The provider filtered the content; the unit is marked as failed, the rest goes on.',
  ),
  answer_truncated: provider(
    'retry-here',
    'The answer was cut off',
    'It is asked again with more room; a cut answer is never used.',
  ),
  answer_empty: provider(
    'retry-here',
    'The model thought but did not answer',
    'It is asked again with more room.',
  ),
  answer_invalid: provider(
    'retry-here',
    'The answer does not have the asked form',
    'It is asked again with the list of faults, twice at most.',
  ),
} as const satisfies Record<string, ErrorEntry>;
