import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { ProviderProfile } from '#shared/domain/providers.ts';
import type { ModelQuestion } from '#shared/ports/language-model.ts';
import type { ProviderCredentials } from '#shared/ports/secrets.ts';
import { chatRequestOf } from '../internal/chat/request.ts';

/** The chat branch of the model's schema, which takes no other field (specs: Cloudflare; providers.md § 1.2). */
export type CloudflareRequest = ChatCompletionCreateParamsStreaming & {
  readonly mask_sensitive_info?: boolean;
};

/** One question. No `stop` and no `seed`: the schema refuses them. */
export function chatRequest(question: ModelQuestion, profile: ProviderProfile): CloudflareRequest {
  return {
    ...chatRequestOf({ ...question, stop: undefined, seed: undefined }, profile),
    ...(question.masksSensitiveInfo === true ? { mask_sensitive_info: true } : {}),
  };
}

/** The same question for `/ai/run`: the model beside its input. */
export function runRequest(question: ModelQuestion, profile: ProviderProfile) {
  const { model, ...input } = chatRequest(question, profile);
  return { model, input };
}

/** Which gateway's limits, cache and log apply. Its own retries are off: they would multiply with ours. */
export function gatewayHeaders({ gatewayId }: ProviderCredentials): Record<string, string> {
  return {
    'cf-aig-max-attempts': '1',
    ...(gatewayId === undefined ? {} : { 'cf-aig-gateway-id': gatewayId }),
  };
}
