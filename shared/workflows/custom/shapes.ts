import type { Field, ObjectField } from './answer-schema.ts';
import type { WorkflowDefinition } from './definition.ts';

/** What is known of the records that a path leads to before there are any. */
export interface Shape {
  readonly field: Field;
  /** It stands for several records: of several questions, or of a list in an answer. */
  readonly isList: boolean;
  /** Quotes in it have been found in the source by code. */
  readonly isVerified: boolean;
  /** Several questions gave it, so that not even its outermost records are one. */
  readonly isOfManyAnswers: boolean;
}

/** Shapes of the outputs of all stages that have some, by their names. */
export type Shapes = ReadonlyMap<string, Shape>;

export function shapesOf({ stages }: WorkflowDefinition): Shapes {
  const shapes = new Map<string, Shape>();
  for (const stage of stages) {
    if (stage.kind === 'map' || stage.kind === 'model' || stage.kind === 'reduce') {
      const isMany = stage.kind === 'map';
      shapes.set(stage.name, {
        field: stage.schema,
        isList: isMany,
        isVerified: false,
        isOfManyAnswers: isMany,
      });
    }
    if (stage.kind === 'verify') {
      const checked = shapes.get(stage.of);
      if (checked !== undefined) shapes.set(stage.name, { ...checked, isVerified: true });
    }
  }
  return shapes;
}

/** The shape at the end of a path within another, lists on the way gone through; `undefined` where there is no such field. */
export function shapeWithin(shape: Shape, path: readonly string[]): Shape | undefined {
  let { field, isList } = shape;
  for (const name of path) {
    const record = recordOf(field);
    if (field.type === 'array') isList = true;
    const next = record === undefined ? undefined : ownProperty(record, name);
    if (next === undefined) return undefined;
    field = next;
  }
  return { ...shape, field, isList: isList || field.type === 'array' };
}

/** The record that a field is, or that its items are. */
export function recordOf(field: Field): ObjectField | undefined {
  if (field.type === 'array') return recordOf(field.items);
  return field.type === 'object' ? field : undefined;
}

/** The items of a list, or the field itself. */
export function itemOf(field: Field): Field {
  return field.type === 'array' ? itemOf(field.items) : field;
}

/** Names that stand for something in every row or section, besides the fields of its record. */
export const rowNames = ['document', 'place', 'part', 'row', 'count', 'value'] as const;

/** Names that stand for something everywhere. */
export const globalNames = ['params', 'documents', 'date'] as const;

export function ownProperty({ properties }: ObjectField, name: string): Field | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}
