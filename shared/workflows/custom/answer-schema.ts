import * as z from 'zod';

/** What a text of an answer is held against, besides its type. */
export const textFormats = ['quote', 'exact', 'date'] as const;

const name = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, {
  error: 'expected names of letters, digits and underscores that begin with a letter',
});
const description = z.string().trim().min(1).max(500).optional();
const common = { description };

/** A field of an answer, in the words of JSON Schema as far as definitions use them. */
export type Field =
  | {
      readonly type: 'string';
      readonly description?: string | undefined;
      readonly enum?: readonly string[] | undefined;
      /**
       * `quote`: a passage of the source that supports the rest; `exact`: the very characters that are meant, however few; `date`: ISO 8601.
       * Quotes and exact texts are looked for in the source by code.
       */
      readonly format?: (typeof textFormats)[number] | undefined;
      readonly maxLength?: number | undefined;
      /** Delivered masked, wherever it would be shown: `A••• (9 characters)`. */
      readonly masked?: boolean | undefined;
    }
  | {
      readonly type: 'integer' | 'number' | 'boolean';
      readonly description?: string | undefined;
    }
  | {
      readonly type: 'array';
      readonly description?: string | undefined;
      readonly items: Field;
      readonly maxItems?: number | undefined;
    }
  | ObjectField;

export interface ObjectField {
  readonly type: 'object';
  readonly description?: string | undefined;
  readonly properties: Readonly<Record<string, Field>>;
  readonly required?: readonly string[] | undefined;
}

const StringField = z.strictObject({
  type: z.literal('string'),
  ...common,
  enum: z.array(z.string().min(1).max(100)).min(1).max(60).optional(),
  format: z.enum(textFormats).optional(),
  maxLength: z.int().min(1).max(20_000).optional(),
  masked: z.boolean().optional(),
});

const PlainField = z.strictObject({ type: z.enum(['integer', 'number', 'boolean']), ...common });

const ArrayField = z.strictObject({
  type: z.literal('array'),
  ...common,
  get items(): z.ZodType<Field> {
    return Field;
  },
  maxItems: z.int().min(1).max(2_000).optional(),
});

const ObjectFieldSchema = z.strictObject({
  type: z.literal('object'),
  ...common,
  properties: z.record(
    name,
    z.lazy((): z.ZodType<Field> => Field),
  ),
  required: z.array(z.string()).optional(),
});

export const Field: z.ZodType<Field> = z.discriminatedUnion('type', [
  StringField,
  PlainField,
  ArrayField,
  ObjectFieldSchema,
]);

/** The shape of a whole answer: always an object. */
export const AnswerSchema: z.ZodType<ObjectField> = ObjectFieldSchema;

/**
 * Checks answers of a shape. Lenient where nothing is lost: figures as text, `null` for what is not there, unknown fields; a text that is none
 * of an enumeration is a fault.
 */
export function answerTypeOf(field: Field): z.ZodType {
  switch (field.type) {
    case 'string':
      return textTypeOf(field);
    case 'integer':
      return z.preprocess(numberOf, z.int());
    case 'number':
      return z.preprocess(numberOf, z.number());
    case 'boolean':
      return z.boolean();
    case 'array':
      return z.array(answerTypeOf(field.items)).max(field.maxItems ?? 500);
    case 'object':
      return objectTypeOf(field);
  }
}

/** Fields of a shape whose texts code looks for in the source. */
export function isLookedFor(field: Field | undefined): boolean {
  return field?.type === 'string' && (field.format === 'quote' || field.format === 'exact');
}

/** Whether a shape has a field, at any depth, that the question is about. */
export function hasField(field: Field, isWanted: (field: Field) => boolean): boolean {
  if (isWanted(field)) return true;
  if (field.type === 'array') return hasField(field.items, isWanted);
  if (field.type !== 'object') return false;
  return Object.values(field.properties).some((each) => hasField(each, isWanted));
}

const defaultTextLength = 4_000;

function textTypeOf(field: Extract<Field, { type: 'string' }>): z.ZodType {
  const { enum: members, format, maxLength = defaultTextLength } = field;
  if (members !== undefined) {
    const byKey = new Map(members.map((member) => [member.toLowerCase(), member]));
    return z.preprocess(
      (value) =>
        typeof value === 'string' ? (byKey.get(value.trim().toLowerCase()) ?? value) : value,
      z.enum(members as [string, ...string[]]),
    );
  }
  if (format === 'date') return z.iso.date();
  const text = z.string().trim().max(maxLength);
  return z.preprocess(
    (value) => (typeof value === 'number' ? String(value) : value),
    format === undefined ? text : text.min(1),
  );
}

function objectTypeOf({ properties, required = [] }: ObjectField): z.ZodType {
  const shape = Object.entries(properties).map(([key, property]) => {
    const type = answerTypeOf(property);
    const isRequired = required.includes(key);
    return [key, isRequired ? type : optional(type, property)] as const;
  });
  return z.object(Object.fromEntries(shape));
}

/** A model writes `null`, or an empty text, for what is not there. */
function optional(type: z.ZodType, { type: kind }: Field): z.ZodType {
  return z.preprocess(
    (value) => (value === null || (value === '' && kind === 'string') ? undefined : value),
    type.optional(),
  );
}

function numberOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const plain = value.replace(/[\s,'’](?=\d{3}\b)/gu, '');
  return /^[-+]?\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : value;
}
