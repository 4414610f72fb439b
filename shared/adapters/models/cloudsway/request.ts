import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { ProviderProfile } from '#shared/domain/providers.ts';
import type { ModelQuestion } from '#shared/ports/language-model.ts';
import type { ProviderCredentials } from '#shared/ports/secrets.ts';
import { chatRequestOf } from '../internal/chat/request.ts';

/** The body as the page describes it (specs: Cloudsway). */
export type CloudswayRequest = ChatCompletionCreateParamsStreaming & {
  readonly reasoning_split: boolean;
  readonly mask_sensitive_info: boolean;
};

/** One question. Thinking comes apart from the answer; nothing in the answer is masked unless the task asks for it (providers.md Q41). */
export function chatRequest(question: ModelQuestion, profile: ProviderProfile): CloudswayRequest {
  return {
    ...chatRequestOf(question, profile),
    reasoning_split: true,
    mask_sensitive_info: question.masksSensitiveInfo === true,
  };
}

/** With an endpoint of its own the account is named in the path; without one it is the plain form. */
export function apiUrl(baseUrl: string, { endpointPath }: ProviderCredentials): string {
  const root = `${baseUrl}/v1`;
  return endpointPath === undefined ? root : `${root}/ai/${encodeURIComponent(endpointPath)}`;
}
