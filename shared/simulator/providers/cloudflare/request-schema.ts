import * as z from 'zod';
import type { Profile } from '../../core/question.ts';
import { ChatToolChoice, FullChatTool, StreamOptions } from '../../forms/chat/chat-request.ts';
import { messageFields } from '../../forms/chat/conversation.ts';

const contentPart = z.union([
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) }),
]);

const CloudflareMessage = z.looseObject({
  ...messageFields,
  role: z.enum(['system', 'user', 'assistant', 'tool']),
  // Required, and never null: an assistant that only calls a tool says ''.
  content: z
    .union([z.string(), z.array(contentPart)])
    .transform((content) =>
      typeof content === 'string'
        ? content
        : content.flatMap((part) => (part.type === 'text' ? [part] : [])),
    ),
});

/** The schema of the catalogue allows no other key in here, not even `required`. */
const AnswerSchema = z.strictObject({
  type: z.literal('object'),
  properties: z.record(z.string(), z.unknown()).optional(),
});

const ResponseFormat = z.strictObject({
  type: z.literal('json_schema'),
  json_schema: z.strictObject({
    name: z.string().min(1).max(64),
    description: z.string().optional(),
    schema: AnswerSchema,
  }),
});

const fields = {
  messages: z.array(CloudflareMessage).min(1),
  temperature: z.number().min(0).max(1).optional(),
  max_tokens: z.number().gt(0).optional(),
  max_completion_tokens: z.number().gt(0).optional(),
  top_p: z.number().min(0).max(1).optional(),
  stream: z.boolean().default(false),
  stream_options: StreamOptions.optional(),
  tools: z.array(FullChatTool).optional(),
  tool_choice: z.enum(['none', 'auto']).optional(),
  response_format: ResponseFormat.optional(),
  mask_sensitive_info: z.boolean().optional(),
};

/** As the catalogue of May 2026 has it. */
const StrictInput = z.strictObject(fields);

/** The catalogue of April let other fields pass, and people still see that. */
const ObservedInput = z.object({
  ...fields,
  tool_choice: ChatToolChoice.optional(),
  response_format: ResponseFormat.optional().catch(undefined),
});
export type CloudflareInput = z.infer<typeof ObservedInput>;

/** The input of the model. */
export function cloudflareInput(profile: Profile): z.ZodType<CloudflareInput> {
  return profile === 'strict' ? StrictInput : ObservedInput;
}
