import type { Field, ObjectField } from '#shared/workflows/custom/answer-schema.ts';
import type { PromptLine } from '#shared/workflows/prompt.ts';

/** Merges results of earlier steps: lists one behind the other, each entry once; of texts the first, of figures the sum. */
export function mergeResults(schema: ObjectField, lines: readonly PromptLine[]): unknown {
  return mergeRecords(
    schema,
    lines.map(({ text }) => parse(text)),
  );
}

function mergeRecords({ properties }: ObjectField, records: readonly unknown[]): unknown {
  const entries = Object.entries(properties).map(([name, field]) => [
    name,
    mergeValues(field, valuesOf(records, { name, field })),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Values of the same name or, where no record has it, of the same kind. */
function valuesOf(
  records: readonly unknown[],
  { name, field }: { name: string; field: Field },
): unknown[] {
  const all = records.filter((record) => typeof record === 'object' && record !== null);
  const named = all.flatMap((record) =>
    name in record ? [(record as Record<string, unknown>)[name]] : [],
  );
  if (named.length > 0) return named;
  return all.flatMap((record) => Object.values(record).filter((value) => isOfKind(value, field)));
}

function isOfKind(value: unknown, { type }: Field): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function mergeValues(field: Field, values: readonly unknown[]): unknown {
  const [first] = values;
  switch (field.type) {
    case 'array': {
      const all = values.flatMap((value) => (Array.isArray(value) ? value : []));
      const entries = field.items.type === 'object' ? all : all.flatMap(plainOf);
      const byText = new Map(entries.map((each) => [JSON.stringify(each), each]));
      return [...byText.values()].slice(0, field.maxItems ?? 500);
    }
    case 'object':
      return mergeRecords(field, values);
    case 'string':
      if (field.enum !== undefined)
        return field.enum.includes(String(first)) ? first : field.enum[0];
      return first === undefined ? undefined : String(first).slice(0, field.maxLength ?? 1_000);
    case 'integer':
    case 'number':
      return values.reduce<number>(
        (sum, value) => sum + (typeof value === 'number' ? value : 0),
        0,
      );
    case 'boolean':
      return values.some((value) => value === true);
  }
}

/** Where texts are wanted and records are given: the first text of each. */
function plainOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [value];
  return Object.values(value)
    .filter((each) => typeof each === 'string')
    .slice(0, 1);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
