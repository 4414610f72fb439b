import * as z from 'zod';

// Permissive on purpose: only what is used, and nothing that a provider may leave out is required.

const Count = z.number().nullish();

export const UsageBody = z.object({
  prompt_tokens: Count,
  completion_tokens: Count,
  prompt_tokens_details: z
    .object({ cached_tokens: Count, cache_read_input_tokens: Count })
    .nullish(),
  completion_tokens_details: z.object({ reasoning_tokens: Count }).nullish(),
});
export type UsageBody = z.infer<typeof UsageBody>;

const Delta = z.object({
  content: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  reasoning_details: z.array(z.object({ text: z.string().nullish() })).nullish(),
  tool_calls: z.array(z.unknown()).nullish(),
});

/** MiniMax, behind every provider, may report an error inside a 200. */
const BaseResponse = z.object({ status_code: z.number().nullish() });

/** A whole completion, or a chunk of a stream: the same fields under `message` or `delta`. */
export const CompletionBody = z.object({
  model: z.string().nullish(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: Delta.nullish(),
        delta: Delta.nullish(),
      }),
    )
    .nullish(),
  usage: UsageBody.nullish(),
  base_resp: BaseResponse.nullish(),
  error: z.unknown().optional(),
});
export type CompletionBody = z.infer<typeof CompletionBody>;

/** What a failed request says of itself, in the forms that were seen. */
export const ErrorBody = z.object({
  error: z
    .object({
      code: z.union([z.string(), z.number()]).nullish(),
      type: z.string().nullish(),
      message: z.string().nullish(),
    })
    .nullish()
    .catch(undefined),
  base_resp: BaseResponse.nullish().catch(undefined),
});
