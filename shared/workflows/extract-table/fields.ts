import * as z from 'zod';

/** What the values of a column are. `auto`: code decides when it has seen all of them. */
export const FieldType = z.enum([
  'auto',
  'text',
  'integer',
  'decimal',
  'currency',
  'percent',
  'date',
  'boolean',
]);
export type FieldType = z.infer<typeof FieldType>;

const name = z.string().trim().min(1).max(80);
const maxFields = 40;

/** A column of the table that is wanted. */
export const Field = z.strictObject({
  name,
  type: FieldType.default('auto'),
  description: z.string().trim().max(300).optional(),
  /** A row without it is named among the issues. */
  isRequired: z.boolean().default(false),
  /** Rows that agree in all key fields are about the same thing. */
  isKey: z.boolean().default(false),
});
export type Field = z.infer<typeof Field>;

/** Fields as code works with them, whatever the form in which they were given. */
export const FieldList = z
  .array(Field)
  .min(1, { error: 'at least one field is expected' })
  .max(maxFields, { error: `no more than ${maxFields} fields can be asked for at once` })
  .refine((fields) => new Set(fields.map((field) => nameKey(field.name))).size === fields.length, {
    error: 'every field needs a name of its own; two are the same but for case and spaces',
  });

/** A property of a JSON Schema, as far as it says what a column is. */
const Property = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  description: z.string().optional(),
});
type Property = z.infer<typeof Property>;

const ObjectSchema = z.looseObject({
  type: z.literal('object').optional(),
  properties: z.record(name, Property),
  required: z.array(z.string()).optional(),
});

const listed = z
  .array(z.union([name, Field]))
  .transform((items) => items.map((item) => (typeof item === 'string' ? { name: item } : item)))
  .pipe(FieldList);

const namesInText = z
  .string()
  .min(1)
  .transform((text): z.input<typeof listed> => text.split(',').map((each) => each.trim()))
  .pipe(listed);

/** Parameter `fields`: `infer`, names, fields, or a JSON Schema of one row. Gives `infer` or a list of fields; takes its own result again. */
export const FieldsParam = z.union(
  [z.literal('infer'), listed, ObjectSchema.transform(fieldsOfSchema).pipe(FieldList), namesInText],
  {
    error:
      'expected `infer`, a list of field names, a list of {name, type, description, isRequired, isKey}, or a JSON Schema object with properties',
  },
);

/** Names that differ only in case, spaces and signs are the same name. */
export function nameKey(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function fieldsOfSchema({
  properties,
  required = [],
}: z.infer<typeof ObjectSchema>): z.input<typeof Field>[] {
  return Object.entries(properties).map(([fieldName, property]) => ({
    name: fieldName,
    type: typeOfProperty(property),
    ...(property.description === undefined
      ? {}
      : { description: property.description.slice(0, 300) }),
    isRequired: required.includes(fieldName),
  }));
}

function typeOfProperty({ type, format }: Property): FieldType {
  const wanted = typeof type === 'string' ? type : type?.find((each) => each !== 'null');
  if (format === 'date' || format === 'date-time') return 'date';
  const own = FieldType.safeParse(format).data;
  if (own !== undefined) return own;
  if (wanted === 'integer' || wanted === 'boolean') return wanted;
  if (wanted === 'number') return 'decimal';
  return wanted === 'string' ? 'text' : 'auto';
}
