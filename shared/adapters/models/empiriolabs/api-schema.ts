import * as z from 'zod';

// Permissive on purpose: only what is used, and nothing that the gateway may leave out is required.

const Count = z.number().nullish().catch(undefined);
const Text = z.string().nullish();

/** Usage of both formats: whether the cached tokens are among the input tokens is what they differ in. */
export const UsageBody = z.object({
  input_tokens: Count,
  output_tokens: Count,
  input_tokens_details: z.object({ cached_tokens: Count }).nullish().catch(undefined),
  output_tokens_details: z.object({ reasoning_tokens: Count }).nullish().catch(undefined),
  cache_read_input_tokens: Count,
  cache_creation_input_tokens: Count,
});
export type UsageBody = z.infer<typeof UsageBody>;

const Parts = z.array(z.object({ type: Text, text: Text })).nullish();

/** A part of what the Responses API puts out: a message, thinking, or the call of a function. */
export const OutputItem = z.object({
  type: Text,
  content: Parts,
  summary: Parts,
  call_id: Text,
  id: Text,
  name: Text,
  arguments: Text,
});
export type OutputItem = z.infer<typeof OutputItem>;

export const ResponseBody = z.object({
  object: Text,
  status: Text,
  model: Text,
  output: z.array(OutputItem).nullish(),
  incomplete_details: z.object({ reason: Text }).nullish(),
  error: z.unknown().optional(),
  usage: UsageBody.nullish().catch(undefined),
});
export type ResponseBody = z.infer<typeof ResponseBody>;

export const ResponseEvent = z.object({
  type: Text,
  delta: z.unknown().optional(),
  item: OutputItem.nullish(),
  response: ResponseBody.nullish(),
});
export type ResponseEvent = z.infer<typeof ResponseEvent>;

/** A block of a message in Anthropic's format, whole or as it begins. */
const ContentBlock = z.object({
  type: Text,
  text: Text,
  thinking: Text,
  id: Text,
  name: Text,
  input: z.unknown().optional(),
});
export type ContentBlock = z.infer<typeof ContentBlock>;

export const MessageBody = z.object({
  type: Text,
  model: Text,
  content: z.array(ContentBlock).nullish(),
  stop_reason: Text,
  usage: UsageBody.nullish().catch(undefined),
});
export type MessageBody = z.infer<typeof MessageBody>;

export const MessageEvent = z.object({
  type: Text,
  message: MessageBody.nullish(),
  index: z.number().nullish(),
  content_block: ContentBlock.nullish(),
  delta: z
    .object({ text: Text, thinking: Text, partial_json: Text, stop_reason: Text })
    .nullish()
    .catch(undefined),
  usage: UsageBody.nullish().catch(undefined),
});
export type MessageEvent = z.infer<typeof MessageEvent>;
