import type { Locator } from '#shared/domain/locator.ts';
import { type CitationList, createCitationList } from '../citation-list.ts';
import type { RenderContext, Rendering } from '../definition.ts';
import { languageOf } from './coerce.ts';
import { exactPlace } from './place.ts';
import {
  CoerceOutput,
  type Issue,
  type MergedCell,
  type MergedRow,
  MergeOutput,
  ReconcileOutput,
  RowsOutput,
  type TypedValue,
} from './schemas.ts';
import type { Shown, ShownCell, ShownRow } from './shown.ts';
import { writeWorkbook } from './workbook.ts';

/** Makes the result, its citations, the workbook and the CSV file. */
export function renderTable(context: RenderContext): Rendering {
  const merge = MergeOutput.parse(context.earlier('merge'));
  const coerced = CoerceOutput.parse(context.earlier('coerce'));
  const reconciliation = ReconcileOutput.parse(context.earlier('reconcile'));
  const citations = createCitationList(context);
  const shown: Shown = {
    columns: coerced.columns,
    rows: merge.rows.map((row, at) => showRow(row, coerced, { at, citations })),
    issues: [
      ...missingRows(context),
      ...inOrder([...merge.issues, ...coerced.issues, ...reconciliation.issues]),
    ],
    reconciliation,
    language: languageOf(context),
  };
  const { workbook, data } = writeWorkbook(shown, context);
  return {
    result: resultOf(shown, context),
    citations: citations.all,
    contents: {
      'table.xlsx': { format: 'xlsx', workbook },
      'table.csv': { format: 'csv', sheet: data },
    },
  };
}

function showRow(
  row: MergedRow,
  { columns, values }: CoerceOutput,
  { at, citations }: { at: number; citations: CitationList },
): ShownRow {
  const cells = row.cells.map((cell, index): ShownCell => {
    const value = values[at]?.[index] ?? { kind: 'empty' };
    const { source, text } = cell;
    if (source === undefined || text === null) return { cell, value };
    const [citation] = citations.cite([source], `${columns[index]?.name}: ${text}`);
    // Without its evidence a value is not shown (I8).
    if (citation === undefined) return { cell, value: { kind: 'empty' } };
    return { cell, value, citation };
  });
  return { row, cells };
}

/** Every unit that is neither a row nor left out for a reason, in the order of the documents. */
function missingRows(context: RenderContext): Issue[] {
  const { missing } = RowsOutput.parse(context.earlier('rows'));
  const byUnit = new Map(missing.map((each) => [each.unitId, each]));
  return context.documents.flatMap(({ units }) =>
    units.flatMap(({ id }): Issue[] => {
      const why = byUnit.get(id)?.why;
      return why === undefined
        ? []
        : [{ kind: 'missing-row', message: missingSentences[why], unitId: id }];
    }),
  );
}

const missingSentences = {
  'not-answered': 'The model has not accounted for it, asked again in smaller questions.',
  'left-out': 'It names a record by a number of its own that is in no row.',
  'skipped-without-reason': 'The model calls it no record, and the program sees no reason for it.',
  'call-failed': 'The question about it failed.',
  unsupported: 'No value of it could be found in the source.',
} as const;

const order: readonly Issue['kind'][] = [
  'missing-row',
  'count',
  'total',
  'sequence',
  'dropped-value',
  'missing-value',
  'conflict',
  'corrected-value',
  'not-coerced',
  'doubt',
  'duplicate',
];

function inOrder(issues: readonly Issue[]): Issue[] {
  return issues.toSorted((left, right) => order.indexOf(left.kind) - order.indexOf(right.kind));
}

function resultOf(shown: Shown, context: RenderContext) {
  const { columns, rows, issues, reconciliation } = shown;
  const { issues: _, ...reconciled } = reconciliation;
  return {
    fields: columns,
    rows: rows.map(({ row, cells }) => ({
      documentId: row.documentId,
      units: row.units,
      fields: Object.fromEntries(
        cells.map((each, index) => [columns[index]?.name ?? '', fieldOf(each, context)]),
      ),
    })),
    totals: reconciled.totals,
    reconciliation: reconciled,
    missing: issues.flatMap(({ kind, unitId }) =>
      kind === 'missing-row' && unitId !== undefined
        ? [{ unitId, place: exactPlace(unitId, context) }]
        : [],
    ),
    issues: issues.filter(({ kind }) => kind !== 'missing-row'),
  };
}

function fieldOf(
  { cell, value, citation }: ShownCell,
  context: RenderContext,
): {
  value: string | number | boolean | null;
  currency?: string;
  quote?: string;
  locator?: Locator;
  citation?: string;
  check: MergedCell['check'];
} {
  const { check, source } = cell;
  const locator = source === undefined ? undefined : context.unit(source.unitId)?.locator;
  return {
    value: plainValue(value),
    ...(value.kind === 'number' && value.currency !== undefined
      ? { currency: value.currency }
      : {}),
    ...(citation === undefined || source === undefined ? {} : { quote: source.quote, citation }),
    ...(citation === undefined || locator === undefined ? {} : { locator }),
    check,
  };
}

function plainValue(value: TypedValue): string | number | boolean | null {
  switch (value.kind) {
    case 'empty':
      return null;
    case 'text':
      return value.text;
    case 'number':
    case 'boolean':
      return value.value;
    case 'date':
      return value.date;
  }
}
