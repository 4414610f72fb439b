import type { IModel, JsonSchema, RestApi } from 'aws-cdk-lib/aws-apigateway';
import * as z from 'zod';

/**
 * Makes the model by which API Gateway refuses bodies that cannot be right, before a function runs. It is coarser than the schema that it
 * is made from: what that accepts, it accepts, and everything else the function still checks and explains.
 */
export function addRequestModel(api: RestApi, id: string, schema: z.ZodType): IModel {
  return api.addModel(id, {
    contentType: 'application/json',
    description: `Quire: the shape of ${id}`,
    schema: edgeSchemaOf(schema) as JsonSchema,
  });
}

/** Keywords about shapes and sizes. Those about values are left out: the refusals of API Gateway would quote what somebody has sent. */
const keptKeywords = new Set([
  '$schema',
  'type',
  'properties',
  'required',
  'items',
  'anyOf',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
]);

/** A schema in the dialect of API Gateway, JSON Schema draft 4, with shapes and sizes only. */
export function edgeSchemaOf(schema: z.ZodType): Readonly<Record<string, unknown>> {
  return shapeOf(
    z.toJSONSchema(schema, { target: 'draft-04', io: 'input', unrepresentable: 'any' }),
  );
}

function shapeOf(schema: object): Record<string, unknown> {
  const kept = Object.entries(schema).filter(([keyword]) => keptKeywords.has(keyword));
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, partOf(keyword, value)]));
}

function partOf(keyword: string, value: unknown): unknown {
  if (keyword === 'properties') {
    const properties = Object.entries(value as Record<string, object>);
    return Object.fromEntries(properties.map(([name, each]) => [name, shapeOf(each)]));
  }
  if (keyword === 'items') return shapeOf(value as object);
  if (keyword === 'anyOf') return (value as object[]).map(shapeOf);
  return value;
}
