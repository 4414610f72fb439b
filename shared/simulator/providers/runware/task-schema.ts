import * as z from 'zod';

export const runwareModels = ['minimax:m2.7@0', 'minimax:m2.7@highspeed'] as const;
export type RunwareModel = (typeof runwareModels)[number];

const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const TaskUuid = z.string().regex(uuidV4, 'must be a UUID v4');

/** 0 to 1 in steps of 0.01: 0.1 + 0.2 in binary is no step. */
const Hundredths = z
  .number()
  .min(0)
  .max(1)
  .refine((value) => Number(value.toFixed(2)) === value, 'must be a multiple of 0.01');

/** A task as the model's page has it: no other field, and settings in `settings`. */
export const TextInference = z.strictObject({
  taskType: z.literal('textInference'),
  taskUUID: TaskUuid,
  webhookURL: z.url().optional(),
  deliveryMethod: z.enum(['sync', 'async', 'stream']).default('sync'),
  includeCost: z.boolean().default(false),
  includeUsage: z.boolean().default(false),
  numberResults: z.int().min(1).max(4).default(1),
  model: z.enum(runwareModels),
  seed: z.int().min(0).max(4_294_967_295).optional(),
  messages: z
    .array(z.strictObject({ role: z.enum(['user', 'assistant']), content: z.string().min(1) }))
    .min(1),
  settings: z
    .strictObject({
      systemPrompt: z.string().min(1).max(200_000).optional(),
      temperature: Hundredths.default(1),
      topP: Hundredths.default(0.95),
      maxTokens: z.int().min(1).max(196_608).default(32_768),
    })
    .prefault({}),
});
export type TextInference = z.infer<typeof TextInference>;

/** A question for the result of an earlier task. */
export const GetResponse = z.strictObject({
  taskType: z.literal('getResponse'),
  taskUUID: TaskUuid,
});

/** The key as the first task, in place of the header. */
export const Authentication = z.object({
  taskType: z.literal('authentication'),
  apiKey: z.string().min(1),
});

/** What can be told of a task that is not valid. */
export const AnyTask = z.looseObject({
  taskType: z.string().optional().catch(undefined),
  taskUUID: z.string().optional().catch(undefined),
  model: z.string().optional().catch(undefined),
  deliveryMethod: z.string().optional().catch(undefined),
});
export type AnyTask = z.infer<typeof AnyTask>;
