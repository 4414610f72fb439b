import type { Cursor, RenderData } from './render-data.ts';
import { textOf } from './render-data.ts';
import { fillTemplate } from './template.ts';

/** What a row is filled from besides its own fields. */
export interface RowContext {
  readonly row: Cursor;
  readonly data: RenderData;
  /** Position among the rows, from 1. */
  readonly position?: number;
  /** How often the text of the row was replaced. */
  readonly count?: number | undefined;
  /** Of parameters and other names that stand for something everywhere. */
  readonly global?: (path: readonly string[]) => string | undefined;
}

/** Fills a text for a row. */
export function fillRow(text: string, context: RowContext): string {
  return fillTemplate(text, (path) => rowValue(path, context));
}

/** The text that a path of a row stands for. */
export function rowValue(path: readonly string[], context: RowContext): string {
  const { row, data, global = () => undefined } = context;
  const cursors = data.find(path, row);
  if (cursors.length > 0) return cursors.map(textOf).filter(Boolean).join(', ');
  return (path.length === 1 ? special(path[0] ?? '', context) : undefined) ?? global(path) ?? '';
}

function special(name: string, { row, data, position, count }: RowContext): string | undefined {
  switch (name) {
    case 'document':
      return data.documentOf(row);
    case 'place':
      return data.placeOf(row);
    case 'part':
      return row.item.part ?? '';
    case 'row':
      return String(position ?? 1);
    case 'count':
      return String(count ?? 0);
    case 'value':
      return textOf(row);
    default:
      return undefined;
  }
}
