import type { Problem } from '#shared/domain/errors.ts';
import { documentIdOfUnit, type UnitId } from '#shared/domain/ids.ts';
import type { Account, StageContext, UnitFate } from '../definition.ts';
import { MergeOutput, type Missing, RowsOutput, type SkipReason } from './schemas.ts';

const reasons: Readonly<Record<SkipReason, string>> = {
  header: 'names of columns',
  total: 'a sum of other rows, compared with the rows',
  blank: 'an empty row',
  note: 'no record by its form',
  other: 'a row of a table about something else',
};

/** Ids that stand in a problem; coverage.json and the Issues sheet have all. */
const maxUnitsNamed = 500;

/** The fate of each unit by code's own count, and what is missing. */
export function accountForUnits(context: StageContext): Account {
  const { rows, skipped, missing } = RowsOutput.parse(context.earlier('rows'));
  const merge = MergeOutput.parse(context.earlier('merge'));
  const fates = new Map<UnitId, UnitFate>();
  for (const { unitId, reason } of skipped) {
    fates.set(unitId, { state: 'skipped', reason: reasons[reason] });
  }
  for (const { units } of rows) for (const id of units) fates.set(id, { state: 'used' });
  // What a failed call was about keeps the code of the failure.
  for (const { unitId, code } of missing) {
    fates.set(unitId, { state: 'failed', code: code ?? 'rows_missing' });
  }
  return { fates, problems: problemsOf(missing, merge, context) };
}

function problemsOf(
  missing: readonly Missing[],
  merge: MergeOutput,
  context: StageContext,
): Problem[] {
  const units = [...new Set(missing.map(({ unitId }) => unitId))];
  const dropped = merge.issues.filter(({ kind }) => kind === 'dropped-value').length;
  return [
    ...(units.length === 0 ? [] : [missingProblem(units, context)]),
    ...(dropped === 0
      ? []
      : [
          {
            code: 'rows_missing' as const,
            message: `Expected every value to stand in the source; ${dropped} did not and are left empty. The Issues sheet names each.`,
            details: { values: dropped },
          },
        ]),
  ];
}

/** Ids only: the places, which may hold words of the document, are in the files. */
function missingProblem(units: readonly UnitId[], { documents }: StageContext): Problem {
  const documentsHit = new Set(units.map((id) => documentIdOfUnit(id)));
  const all = documents.reduce((sum, document) => sum + document.units.length, 0);
  return {
    code: 'rows_missing',
    message: `Expected each of ${all} parts of the documents to be a row or to be left out for a reason; ${units.length} are neither, in ${documentsHit.size} of ${documents.length} documents. The Issues sheet and coverage.json name each with its place.`,
    details: { rows: units.length, units: units.slice(0, maxUnitsNamed) },
  };
}
