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

const ToolCallPart = z.object({
  index: z.number().nullish(),
  id: z.string().nullish(),
  function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
});

const MessagePart = z.object({
  content: z.string().nullish(),
  reasoning: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  reasoning_details: z.array(z.object({ text: z.string().nullish() })).nullish(),
  tool_calls: z.array(ToolCallPart).nullish(),
});
export type MessagePart = z.infer<typeof MessagePart>;

/** A whole completion, or a chunk of a stream: the same fields under `message` or `delta`. */
export const CompletionBody = z.object({
  model: z.string().nullish(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: MessagePart.nullish(),
        delta: MessagePart.nullish(),
      }),
    )
    .nullish(),
  usage: UsageBody.nullish().catch(undefined),
  base_resp: z.object({ status_code: z.number().nullish() }).nullish(),
  error: z.unknown().optional(),
});
export type CompletionBody = z.infer<typeof CompletionBody>;
