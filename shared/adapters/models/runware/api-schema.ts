import * as z from 'zod';

// Permissive on purpose: only what is used, and nothing that may be left out is required (providers.md § 2.3–2.7).

const Count = z.number().nullish().catch(undefined);

/** Two families of names are in use. */
export const UsageBody = z.object({
  promptTokens: Count,
  completionTokens: Count,
  inputTokens: Count,
  outputTokens: Count,
  thinkingTokens: Count,
  promptTokensDetails: z.object({ cachedTokens: Count }).nullish().catch(undefined),
  completionTokensDetails: z.object({ reasoningTokens: Count }).nullish().catch(undefined),
});
export type UsageBody = z.infer<typeof UsageBody>;

const Thinking = z
  .union([z.string(), z.array(z.string())])
  .nullish()
  .catch(undefined);

/** A result, an acknowledgement of a task that goes on, or an event of a stream. */
export const TaskItem = z.object({
  taskUUID: z.string().nullish(),
  status: z.string().nullish(),
  text: z.string().nullish(),
  reasoningContent: Thinking,
  delta: z.object({ text: z.string().nullish(), reasoningContent: Thinking }).nullish(),
  finishReason: z.string().nullish(),
  usage: UsageBody.nullish().catch(undefined),
  /** In dollars. */
  cost: Count,
  model: z.string().nullish().catch(undefined),
});
export type TaskItem = z.infer<typeof TaskItem>;

/** With all that it says: its words tell the class where its code does not. */
export const TaskError = z.looseObject({
  code: z.string().catch(''),
  taskUUID: z.string().nullish().catch(undefined),
});
export type TaskError = z.infer<typeof TaskError>;

/** Results and errors of several tasks side by side; either may be absent. An event of a stream is an item without `data`. */
export const ReplyBody = TaskItem.extend({
  data: z.array(TaskItem).nullish(),
  errors: z.array(TaskError).nullish(),
  error: TaskError.nullish(),
});
export type ReplyBody = z.infer<typeof ReplyBody>;
