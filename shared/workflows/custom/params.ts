import * as z from 'zod';
import type { Param, WorkflowDefinition } from './definition.ts';

/** Checks the parameters of a task: strict, defaults filled in. */
export function paramsTypeOf({ params }: WorkflowDefinition): z.ZodType {
  return z.fromJSONSchema(plain({ ...params, additionalProperties: false }));
}

/** Checks one parameter. */
export function paramTypeOf(param: Omit<Param, 'default'>): z.ZodType {
  return z.fromJSONSchema(plain(param));
}

/** Parameters as they stand in texts: lists with commas, nothing for what was not given. */
export function paramText(params: unknown, name: string): string {
  const value = Params.safeParse(params).data?.[name];
  if (value === undefined || value === null) return '';
  const text = Array.isArray(value) ? value.map(String).join(', ') : String(value);
  return text.replace(/\s+/g, ' ').trim();
}

const Params = z.record(z.string(), z.unknown());

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

/** Without fields that are `undefined`, which a JSON Schema does not know. */
function plain(schema: object): JsonSchema {
  return JSON.parse(JSON.stringify(schema)) as JsonSchema;
}
