import * as z from 'zod';
import { badRequest, type Failure } from '../../core/failures.ts';
import type { ToolOffer, ToolUse } from '../../core/tools.ts';

const Parameters = z.looseObject({ type: z.literal('object') });

/** A function as the OpenAI protocol offers it. */
export const ChatTool = z.object({
  type: z.literal('function'),
  function: z.object({
    name: z.string().min(1),
    description: z.string().optional(),
    parameters: Parameters.default({ type: 'object' }),
  }),
});

/** The same where each of its parts is required. */
export const FullChatTool = z.object({
  type: z.literal('function'),
  function: z.object({ name: z.string().min(1), description: z.string(), parameters: Parameters }),
});

export const ChatToolChoice = z.union([
  z.enum(['auto', 'none', 'required']),
  z.object({ type: z.literal('function'), function: z.object({ name: z.string().min(1) }) }),
]);

export const Stop = z.union([z.string(), z.array(z.string()).max(4)]);

export const StreamOptions = z.object({ include_usage: z.boolean().optional() });

/** The request as its schema has it, or the first thing that is wrong with it. */
export function parseFields<T>(
  schema: z.ZodType<T>,
  body: unknown,
):
  | { readonly isValid: true; readonly fields: T }
  | { readonly isValid: false; readonly failure: Failure } {
  const parsed = schema.safeParse(body);
  if (parsed.success) return { isValid: true, fields: parsed.data };
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const field = [...(issue?.path ?? []), ...unknown.slice(0, 1)].join('.') || 'body';
  const failure = badRequest(`Invalid parameter ${field}: ${issue?.message ?? ''}`, field);
  return { isValid: false, failure };
}

export function toolOffers(tools: readonly z.infer<typeof ChatTool>[] = []): ToolOffer[] {
  return tools.map(({ function: { name, parameters } }) => ({ name, parameters }));
}

export function toolUseOf(choice: z.infer<typeof ChatToolChoice> | undefined): ToolUse {
  return typeof choice === 'object' ? { name: choice.function.name } : (choice ?? 'auto');
}

export function stopsOf(stop: z.infer<typeof Stop> | undefined): readonly string[] {
  return typeof stop === 'string' ? [stop] : (stop ?? []);
}

/** The key of `Authorization: Bearer …`, where there is one. */
export function hasBearer(authorization: string | undefined): boolean {
  return authorization !== undefined && /^Bearer \S+/.test(authorization);
}
