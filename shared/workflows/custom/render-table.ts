import type { Cell, Column, Sheet } from '#shared/domain/workbook.ts';
import type { ArtifactContent } from '../artifact-content.ts';
import { isLookedFor } from './answer-schema.ts';
import type { ArtifactOf } from './definition.ts';
import { type Cursor, evidenceOf, isMasked, type Row } from './render-data.ts';
import { fillRow } from './row-text.ts';
import { itemOf } from './shapes.ts';
import { countOf, globalValue, type Written } from './written.ts';

/** Writes a table: a row a record, notices above it. A quote that was found is shown as its citation. */
export function renderTable(artifact: ArtifactOf<'table'>, written: Written): ArtifactContent {
  const { definition, notices } = written;
  const rows = distinctRows(artifact, written.data.rows(artifact.rows));
  const sheet: Sheet = {
    name: artifact.sheet,
    columns: artifact.columns.map((column) => columnOf(column, rows)),
    rows: rows.map((row, index) =>
      artifact.columns.map(({ value }) => cellOf(value, { row, position: index + 1, written })),
    ),
  };
  if (artifact.name.endsWith('.csv')) return { format: 'csv', sheet };
  const notes = notices.map((text) => ({ text, isBold: true, mark: 'warning' as const }));
  return {
    format: 'xlsx',
    workbook: {
      title: definition.title,
      language: 'en',
      sheets: [notes.length === 0 ? sheet : { ...sheet, notes }],
    },
  };
}

/** The first of those that are alike in the field named. */
function distinctRows({ distinct }: ArtifactOf<'table'>, rows: readonly Row[]): readonly Row[] {
  if (distinct === undefined) return rows;
  const seen = new Set<unknown>();
  return rows.filter(({ value }) => {
    const own = (value as Readonly<Record<string, unknown>>)[distinct];
    const isNew = own === undefined || !seen.has(own);
    seen.add(own);
    return isNew;
  });
}

const onlyPlaceholder = /^\{\{\s*([A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)*)\s*\}\}$/;

function columnOf(
  { title, value, width }: ArtifactOf<'table'>['columns'][number],
  rows: readonly Row[],
): Column {
  const type = typeOfColumn(value, rows);
  return {
    title,
    type,
    ...(width === undefined ? {} : { width }),
    ...(type === 'text' ? { wrap: true } : {}),
  };
}

function typeOfColumn(value: string, [first]: readonly Row[]): Column['type'] {
  const name = onlyPlaceholder.exec(value)?.[1];
  if (name === 'row' || name === 'count') return 'integer';
  const own = name === undefined ? undefined : first?.field.properties[name];
  const field = own === undefined ? undefined : itemOf(own);
  if (field?.type === 'integer') return 'integer';
  if (field?.type === 'number') return 'decimal';
  if (field?.type === 'boolean') return 'boolean';
  return field?.type === 'string' && field.format === 'date' ? 'date' : 'text';
}

interface CellPlace {
  readonly row: Row;
  readonly position: number;
  readonly written: Written;
}

function cellOf(template: string, place: CellPlace): Cell {
  const { row, position, written } = place;
  const name = onlyPlaceholder.exec(template)?.[1];
  const count = countOf(row, written);
  if (name === 'row') return { kind: 'number', value: position };
  if (name === 'count') return { kind: 'number', value: count ?? 0 };
  const [cursor, ...others] = name === undefined ? [] : written.data.find(name.split('.'), row);
  const own = cursor === undefined || others.length > 0 ? undefined : ownCell(cursor, place);
  if (own !== undefined) return own;
  if (cursor === undefined && name !== undefined && isMissingQuote(name, row)) {
    return { kind: 'text', text: 'not found in the source', mark: 'warning' };
  }
  const global = (path: readonly string[]) => globalValue(path, written);
  const text = fillRow(template, { row, data: written.data, position, count, global });
  return text === '' ? { kind: 'empty' } : { kind: 'text', text };
}

/** A cell of the type of its field; `undefined` for what is shown as text. */
function ownCell(cursor: Cursor, { row, written }: CellPlace): Cell | undefined {
  const { field, value } = cursor;
  if (isLookedFor(field) && !isMasked(field)) {
    const [id] = written.citations.cite(evidenceOf(cursor), claimOf(row));
    return id === undefined ? { kind: 'empty' } : { kind: 'citation', id, show: 'quote' };
  }
  if (typeof value === 'number') return { kind: 'number', value };
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  const isDate = field.type === 'string' && field.format === 'date';
  return isDate ? { kind: 'date', date: String(value) } : undefined;
}

/** The model gave a quote that stands nowhere, and the record stays for the rest of it. */
function isMissingQuote(name: string, { field, item, pointer }: Row): boolean {
  const own = field.properties[name];
  return own !== undefined && isLookedFor(own) && item.unsupported.includes(pointer);
}

/** What a citation of a record supports: its own texts. */
export function claimOf({ field, value }: Row): string {
  const values = value as Readonly<Record<string, unknown>>;
  return Object.entries(field.properties)
    .filter(
      ([, property]) =>
        !isLookedFor(property) && property.type !== 'array' && property.type !== 'object',
    )
    .map(([name]) => (values[name] === undefined ? '' : String(values[name])))
    .filter((text) => text !== '')
    .join(' · ');
}
