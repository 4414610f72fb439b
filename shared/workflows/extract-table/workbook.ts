import type { Cell, Column, Sheet, Workbook } from '#shared/domain/workbook.ts';
import type { RenderContext } from '../definition.ts';
import { documentNames, exactPlace } from './place.ts';
import type { Issue, TypedColumn, TypedValue } from './schemas.ts';
import { notesOf } from './sheet-notes.ts';
import type { Shown, ShownCell, ShownRow } from './shown.ts';

/** The workbook, and its sheet of data alone for the CSV file. */
export function writeWorkbook(
  shown: Shown,
  context: RenderContext,
): { workbook: Workbook; data: Sheet } {
  const data = dataSheet(shown, context);
  const [first] = context.documents;
  const title =
    context.documents.length === 1
      ? `Table of ${first?.name}`
      : `Table of ${context.documents.length} documents`;
  const workbook: Workbook = {
    title,
    language: shown.language,
    sheets: [data, evidenceSheet(shown), issuesSheet(shown, context)],
  };
  return { workbook, data };
}

/** A column of the sheet: a field, or the currency of one whose amounts are in several. */
interface DataColumn {
  readonly column: Column;
  readonly cell: (row: ShownRow, at: number) => Cell;
}

function dataSheet(shown: Shown, context: RenderContext): Sheet {
  const marks = marksOf(shown.issues);
  const columns = [
    ...shown.columns.flatMap((column, index) => fieldColumns(column, index, { shown, marks })),
    ...sourceColumns(shown, context),
  ];
  return {
    name: 'Data',
    notes: notesOf(shown, context),
    columns: columns.map(({ column }) => column),
    rows: shown.rows.map((row, at) => columns.map(({ cell }) => cell(row, at))),
  };
}

function fieldColumns(
  { name, type, currency }: TypedColumn,
  index: number,
  { shown, marks }: { shown: Shown; marks: ReadonlyMap<string, Cell['mark']> },
): DataColumn[] {
  const isMixed = type === 'currency' && currency === undefined;
  const valueAt = ({ cells }: ShownRow) => cells[index]?.value ?? { kind: 'empty' };
  const values: DataColumn = {
    column: {
      title: name,
      type: isMixed ? 'decimal' : type,
      ...(currency === undefined || type !== 'currency' ? {} : { currency }),
      ...(type === 'text' ? { wrap: true } : {}),
    },
    cell: (row, at) => {
      const mark = marks.get(`${at} ${name}`);
      return { ...cellOf(valueAt(row)), ...(mark === undefined ? {} : { mark }) };
    },
  };
  const hasCurrency = shown.rows.some((row) => currencyIn(valueAt(row)) !== undefined);
  if (!isMixed || !hasCurrency) return [values];
  return [
    values,
    {
      column: { title: `${name} (currency)`, type: 'text' },
      cell: (row) => textCell(currencyIn(valueAt(row)) ?? ''),
    },
  ];
}

/** Where the row is from: the place of its first value, and the file where there are several. */
function sourceColumns({ columns }: Shown, context: RenderContext): DataColumn[] {
  const nameOf = documentNames(context);
  const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
  const titled = (title: string) =>
    taken.has(title.toLowerCase()) ? `${title} of the row` : title;
  const place: DataColumn = {
    column: { title: titled('Source'), type: 'text' },
    cell: ({ row }) =>
      textCell(row.units[0] === undefined ? '' : exactPlace(row.units[0], context)),
  };
  const document: DataColumn = {
    column: { title: titled('Document'), type: 'text' },
    cell: ({ row }) => textCell(row.units[0] === undefined ? '' : nameOf(row.units[0])),
  };
  return context.documents.length > 1 ? [place, document] : [place];
}

function evidenceSheet({ rows, columns }: Shown): Sheet {
  return {
    name: 'Evidence',
    columns: [
      { title: 'Row', type: 'link' },
      { title: 'Field', type: 'text' },
      { title: 'Value', type: 'text' },
      { title: 'Quote', type: 'text', wrap: true, width: 44 },
      { title: 'Place', type: 'text', wrap: true, width: 44 },
      { title: 'Document', type: 'text' },
      { title: 'Check', type: 'text' },
    ],
    rows: rows.flatMap(({ cells }, at) =>
      cells.flatMap((each, index) => evidenceRow(each, { at, field: columns[index]?.name ?? '' })),
    ),
  };
}

function evidenceRow(
  { cell, citation }: ShownCell,
  { at, field }: { at: number; field: string },
): Cell[][] {
  if (citation === undefined) return [];
  return [
    [
      { kind: 'link', text: String(at + 1), target: { sheet: 'Data', row: at } },
      textCell(field),
      textCell(cell.text ?? ''),
      { kind: 'citation', id: citation, show: 'quote' },
      { kind: 'citation', id: citation, show: 'place' },
      { kind: 'citation', id: citation, show: 'document' },
      textCell(cell.check),
    ],
  ];
}

const kindTitles: Readonly<Record<Issue['kind'], string>> = {
  'missing-row': 'Row missing',
  'missing-value': 'Value missing',
  'dropped-value': 'Value dropped',
  'corrected-value': 'Value corrected',
  conflict: 'Contradiction',
  duplicate: 'Same row twice',
  doubt: 'Read with doubt',
  'not-coerced': 'Not of the type',
  total: 'Total differs',
  sequence: 'Gap in a sequence',
  count: 'Count differs',
};

function issuesSheet({ issues, rows }: Shown, context: RenderContext): Sheet {
  const nameOf = documentNames(context);
  return {
    name: 'Issues',
    ...(issues.length === 0 ? { notes: [{ text: 'Nothing to look at.' }] } : {}),
    columns: [
      { title: 'Issue', type: 'text' },
      { title: 'Row', type: 'link' },
      { title: 'Field', type: 'text' },
      { title: 'What', type: 'text', wrap: true, width: 70 },
      { title: 'Place', type: 'text' },
      { title: 'Document', type: 'text' },
    ],
    rows: issues.map(({ kind, message, row, field, unitId }) => [
      {
        ...textCell(kindTitles[kind]),
        ...(kind === 'missing-row' ? { mark: 'missing' as const } : {}),
      },
      row === undefined || row >= rows.length
        ? { kind: 'empty' }
        : { kind: 'link', text: String(row + 1), target: { sheet: 'Data', row } },
      textCell(field ?? ''),
      textCell(message),
      textCell(unitId === undefined ? '' : exactPlace(unitId, context)),
      textCell(unitId === undefined ? '' : nameOf(unitId)),
    ]),
  };
}

/** What a person should look at, by row and field. */
function marksOf(issues: readonly Issue[]): ReadonlyMap<string, Cell['mark']> {
  const marks = new Map<string, Cell['mark']>();
  for (const { kind, row, field } of issues) {
    if (row === undefined || field === undefined) continue;
    const isMissing = kind === 'missing-value' || kind === 'dropped-value';
    marks.set(`${row} ${field}`, isMissing ? 'missing' : 'warning');
  }
  return marks;
}

function cellOf(value: TypedValue): Cell {
  switch (value.kind) {
    case 'empty':
      return { kind: 'empty' };
    case 'text':
      return textCell(value.text);
    case 'number':
      return { kind: 'number', value: value.value };
    case 'date':
      return { kind: 'date', date: value.date };
    case 'boolean':
      return { kind: 'boolean', value: value.value };
  }
}

function currencyIn(value: TypedValue): string | undefined {
  return value.kind === 'number' ? value.currency : undefined;
}

function textCell(text: string): Cell {
  return text === '' ? { kind: 'empty' } : { kind: 'text', text };
}
