import * as z from 'zod';

const SchemaNode = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  enum: z.array(z.unknown()).min(1).optional(),
  const: z.unknown().optional(),
  default: z.unknown().optional(),
  minimum: z.number().optional(),
});

/** A value that a simple JSON Schema allows: every property, one item in every list. */
export function sampleOf(schema: unknown): unknown {
  const parsed = SchemaNode.safeParse(schema);
  if (!parsed.success) return {};
  const node = parsed.data;
  const given = node.const ?? node.default ?? node.enum?.[0];
  if (given !== undefined) return given;
  const type = typeof node.type === 'object' ? node.type[0] : node.type;
  switch (type) {
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
      return node.minimum ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'array':
      return [sampleOf(node.items)];
    default:
      return Object.fromEntries(
        Object.entries(node.properties ?? {}).map(([name, child]) => [name, sampleOf(child)]),
      );
  }
}
