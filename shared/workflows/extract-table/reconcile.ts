import type { UnitId } from '#shared/domain/ids.ts';
import type { CodeStage, StageContext } from '../definition.ts';
import { CoerceOutput, MergeOutput, type ReconcileOutput, RowsOutput } from './schemas.ts';
import { findSequences } from './sequences.ts';
import { compareTotals } from './totals.ts';

/** Counts rows in against rows out, totals of the documents against sums of the columns, and running numbers without gaps. */
export const reconcileStage: CodeStage = {
  kind: 'code',
  name: 'reconcile',
  title: 'Reconciling counts and totals',
  run(context): ReconcileOutput {
    const { rows: raw, skipped, missing } = RowsOutput.parse(context.earlier('rows'));
    const merge = MergeOutput.parse(context.earlier('merge'));
    const coerced = CoerceOutput.parse(context.earlier('coerce'));
    const sourceRows = tableRowsOf(context);
    const isSourceRow = (id: UnitId) => sourceRows.has(id);
    const missingUnits = new Set(missing.map(({ unitId }) => unitId).filter(isSourceRow));
    const taken = new Set(
      raw.flatMap(({ units }) => units).filter((id) => isSourceRow(id) && !missingUnits.has(id)),
    );
    const skippedRows = skipped.filter(
      ({ unitId }) => isSourceRow(unitId) && !missingUnits.has(unitId) && !taken.has(unitId),
    );
    const totals = compareTotals({ skipped, merge, coerced, context });
    const sequences = findSequences(merge.rows, coerced.columns);
    return {
      counts: {
        sourceRows: sourceRows.size,
        taken: taken.size,
        skipped: skippedRows.length,
        missing: missingUnits.size,
        rows: merge.rows.length,
        merged: merge.merged,
      },
      skippedByReason: countBy(skipped.map(({ reason }) => reason)),
      totals,
      sequences,
      issues: [
        ...totals
          .filter(({ agrees }) => !agrees)
          .map(({ unitId, field, stated, computed }) => ({
            kind: 'total' as const,
            message: `The document states a total of ${stated}; the rows of its table add up to ${computed}.`,
            field,
            unitId,
          })),
        ...sequences
          .filter(({ gaps }) => gaps.length > 0)
          .map(({ field, gaps }) => ({
            kind: 'sequence' as const,
            message: `Numbers that the sequence would have and no row has: ${gaps.slice(0, maxGapsNamed).join(', ')}${gaps.length > maxGapsNamed ? ` and ${gaps.length - maxGapsNamed} more` : ''}.`,
            field,
          })),
      ],
    };
  },
};

const maxGapsNamed = 200;

/** All rows of tables of all documents: each is taken, skipped or missing. */
function tableRowsOf({ documents }: StageContext): Set<UnitId> {
  return new Set(
    documents.flatMap(({ units }) =>
      units.flatMap(({ id, table }) => (table === undefined ? [] : id)),
    ),
  );
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
