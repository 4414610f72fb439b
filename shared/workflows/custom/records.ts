import * as z from 'zod';
import type { Field, ObjectField } from './answer-schema.ts';

/** A record within an answer, with the field that describes it and where it stands: `findings/0`, empty for the answer itself. */
export interface PlacedRecord {
  readonly field: ObjectField;
  readonly pointer: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const Values = z.record(z.string(), z.unknown());

/** The records of an answer, outer ones before those within them. */
export function recordsIn(field: Field, value: unknown, pointer = ''): PlacedRecord[] {
  if (field.type === 'array') {
    const items = Array.isArray(value) ? value : [];
    return items.flatMap((item, index) => recordsIn(field.items, item, joined(pointer, index)));
  }
  const values = field.type === 'object' ? Values.safeParse(value).data : undefined;
  if (field.type !== 'object' || values === undefined) return [];
  return [
    { field, pointer, values },
    ...Object.entries(field.properties).flatMap(([name, property]) =>
      recordsIn(property, values[name], joined(pointer, name)),
    ),
  ];
}

export function joined(pointer: string, name: string | number): string {
  return pointer === '' ? String(name) : `${pointer}/${name}`;
}
