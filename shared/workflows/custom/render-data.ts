import * as z from 'zod';
import { documentIdOfUnit } from '#shared/domain/ids.ts';
import { describeLocator } from '#shared/domain/locator.ts';
import type { StageContext } from '../definition.ts';
import type { Evidence } from '../evidence.ts';
import { type Field, isLookedFor, type ObjectField } from './answer-schema.ts';
import type { ArtifactDefinition, WorkflowDefinition } from './definition.ts';
import { type Item, outputOf } from './outputs.ts';
import { joined } from './records.ts';
import { ownProperty, type Shapes, shapesOf } from './shapes.ts';
import { placeOf } from './verify.ts';

/** A value of an answer with the field that describes it. */
export interface Cursor {
  readonly field: Field;
  readonly value: unknown;
  readonly item: Item;
  /** Where it stands in the answer. */
  readonly pointer: string;
  readonly isVerified: boolean;
}

/** A record that a table shows in a row, or a section of a template repeats. */
export interface Row extends Cursor {
  readonly field: ObjectField;
}

/** Finds what paths of a definition lead to, in the outputs of a task. */
export interface RenderData {
  /** Values at the end of `stage.field`, lists gone through; those of the row where the path begins in it. */
  find(path: readonly string[], row?: Cursor): readonly Cursor[];
  /** Records of `stage` or `stage.list`. */
  rows(path: string): readonly Row[];
  /** Where a record's quotes stand, or else what its question was about. */
  placeOf(cursor: Cursor): string;
  /** Name of the input that a record is about. */
  documentOf(cursor: Cursor): string;
}

export function artifactsOf({ stages }: WorkflowDefinition): readonly ArtifactDefinition[] {
  const render = stages.at(-1);
  return render?.kind === 'render' ? render.artifacts : [];
}

export function createRenderData(
  definition: WorkflowDefinition,
  context: StageContext,
): RenderData {
  const shapes = shapesOf(definition);
  const find = (path: readonly string[], row?: Cursor): Cursor[] => {
    const [stage = '', ...rest] = path;
    const own = row === undefined ? [] : within([row], path);
    const isOwn = row?.field.type === 'object' && ownProperty(row.field, stage) !== undefined;
    return isOwn ? own : within(rootsOf(context, shapes, stage), rest);
  };
  return {
    find,
    rows: (path) => find(path.split('.')).filter(isRow),
    placeOf: (cursor) => placeOfRecord(context, cursor),
    documentOf: ({ item, pointer }) => {
      const [first] = evidenceBelow(item, pointer);
      const documentId = first === undefined ? item.documentId : documentIdOfUnit(first.unitId);
      return context.documents.find(({ id }) => id === documentId)?.name ?? '';
    },
  };
}

/** Where the text of a field was found. */
export function evidenceOf({ item, pointer }: Cursor): readonly Evidence[] {
  return item.evidence[pointer] ?? [];
}

/** A value as it is shown. Nothing where it is missing, and for what a model only claims to quote. */
export function textOf(cursor: Cursor): string {
  const { field, value, isVerified } = cursor;
  const isClaimed = isLookedFor(field) && !isVerified;
  if (value === undefined || value === null || isClaimed) return '';
  if (isMasked(field)) return mask(String(value));
  if (field.type === 'boolean') return value === true ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'object' ? '' : String(value).replace(/\s+/g, ' ').trim();
}

/** Whether a field is shown masked. */
export function isMasked(field: Field): boolean {
  return field.type === 'string' && field.masked === true;
}

/** Tells two texts apart without saying what they are. */
export function mask(text: string): string {
  const [first = ''] = text.trim();
  return `${first}••• (${text.trim().length} characters)`;
}

function rootsOf(context: StageContext, shapes: Shapes, stage: string): Cursor[] {
  const shape = shapes.get(stage);
  if (shape === undefined) return [];
  return outputOf(context, stage).items.map((item) => ({
    field: shape.field,
    value: item.value,
    item,
    pointer: '',
    isVerified: shape.isVerified,
  }));
}

const Values = z.record(z.string(), z.unknown());

function within(cursors: readonly Cursor[], path: readonly string[]): Cursor[] {
  const found = path.reduce<Cursor[]>(
    (reached, name) => reached.flatMap(entriesOf).flatMap((cursor) => stepInto(cursor, name)),
    [...cursors],
  );
  // A list of texts is one value, a list of records is as many.
  return found.flatMap((cursor) => (isListOfRecords(cursor.field) ? entriesOf(cursor) : [cursor]));
}

function stepInto(cursor: Cursor, name: string): Cursor[] {
  const { field, value, pointer } = cursor;
  const property = field.type === 'object' ? ownProperty(field, name) : undefined;
  const own = Values.safeParse(value).data?.[name];
  if (property === undefined || own === undefined) return [];
  return [{ ...cursor, field: property, value: own, pointer: joined(pointer, name) }];
}

function isListOfRecords(field: Field): boolean {
  return field.type === 'array' && field.items.type !== 'string';
}

function entriesOf(cursor: Cursor): Cursor[] {
  const { field, value, pointer } = cursor;
  if (field.type !== 'array') return [cursor];
  return (Array.isArray(value) ? value : []).flatMap((each, index) =>
    entriesOf({ ...cursor, field: field.items, value: each, pointer: joined(pointer, index) }),
  );
}

function isRow(cursor: Cursor): cursor is Row {
  return cursor.field.type === 'object';
}

const maxPlaces = 5;

function placeOfRecord(context: StageContext, cursor: Cursor): string {
  const evidence = evidenceBelow(cursor.item, cursor.pointer);
  if (evidence.length === 0) return placeOf(context, cursor.item);
  const places = evidence.flatMap(({ unitId }) => {
    const unit = context.unit(unitId);
    const name = context.documents.find(({ id }) => id === documentIdOfUnit(unitId))?.name ?? '';
    const isNamed = context.documents.length > 1;
    if (unit === undefined) return [];
    return [`${isNamed ? `${name}, ` : ''}${describeLocator(unit.locator)}`];
  });
  const distinct = [...new Set(places)];
  const more = distinct.length - maxPlaces;
  return `${distinct.slice(0, maxPlaces).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/** What was found of a record's own fields, and of those within it. */
function evidenceBelow({ evidence }: Item, pointer: string): Evidence[] {
  return Object.entries(evidence).flatMap(([at, found]) =>
    pointer === '' || at.startsWith(`${pointer}/`) ? found : [],
  );
}
