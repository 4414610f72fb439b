import { type Coverage, coverageTotals, type UnitCoverage } from '#shared/domain/coverage.ts';
import type { Document } from '#shared/domain/document.ts';
import type { ErrorCode, Problem } from '#shared/domain/errors.ts';
import type { UnitId } from '#shared/domain/ids.ts';
import { describeLocator } from '#shared/domain/locator.ts';
import type { CallOutcome } from '#shared/workflows/definition.ts';

/** The coverage ledger: each unit of each document once, by what became of the calls that carried it (I6). */
export function coverageOf(
  documents: readonly Document[],
  outcomes: readonly CallOutcome[],
): Coverage {
  const used = new Set<UnitId>();
  const failed = new Map<UnitId, ErrorCode>();
  for (const outcome of outcomes) {
    for (const unitId of outcome.spec.unitIds) {
      if (outcome.isAnswered) used.add(unitId);
      else failed.set(unitId, outcome.error.code);
    }
  }
  const ledgers = documents.map((document) => ({
    documentId: document.id,
    name: document.name,
    units: document.units.map((unit): UnitCoverage => {
      const place = describeLocator(unit.locator);
      const code = failed.get(unit.id);
      // A long unit may be spread over several calls: one failed part makes a hole.
      if (code !== undefined) return { unitId: unit.id, state: 'failed', place, code };
      if (used.has(unit.id)) return { unitId: unit.id, state: 'used', place };
      return { unitId: unit.id, state: 'skipped', place, reason: 'no call asked about it' };
    }),
    warnings: document.warnings.map(({ code, message, count }) => ({ code, message, count })),
  }));
  return { totals: coverageTotals(ledgers.flatMap((ledger) => ledger.units)), documents: ledgers };
}

/** Why a task is not whole: one problem for each code among its failed calls, with the number of calls. */
export function reasonsOf(outcomes: readonly CallOutcome[]): Problem[] {
  const byCode = new Map<ErrorCode, { problem: Problem; count: number }>();
  for (const outcome of outcomes) {
    if (outcome.isAnswered) continue;
    const { code } = outcome.error;
    const entry = byCode.get(code) ?? { problem: outcome.error, count: 0 };
    byCode.set(code, { ...entry, count: entry.count + 1 });
  }
  return [...byCode.values()].map(({ problem, count }) => ({
    ...problem,
    details: { ...problem.details, failedCalls: count, plannedCalls: outcomes.length },
  }));
}
