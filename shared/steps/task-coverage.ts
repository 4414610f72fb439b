import { type Coverage, coverageTotals, type UnitCoverage } from '#shared/domain/coverage.ts';
import type { Document } from '#shared/domain/document.ts';
import type { ErrorCode, Problem } from '#shared/domain/errors.ts';
import { placeOfCall, type UnitId } from '#shared/domain/ids.ts';
import { describeLocator } from '#shared/domain/locator.ts';
import type { Account, CallOutcome, TrackedUnit, UnitFate } from '#shared/workflows/definition.ts';

/**
 * The coverage ledger: each unit of each document once, by what became of the calls that carried it and by what the workflow knows besides
 * (I6). What a later round has answered for is no hole any more.
 */
export function coverageOf(
  documents: readonly Document[],
  outcomes: readonly CallOutcome[],
  { tracked, fates }: Account = {},
): Coverage {
  const told = fatesByCalls(outcomes);
  const fateOf = (unitId: UnitId): UnitFate => fates?.get(unitId) ?? told.get(unitId) ?? notAsked;
  const ledgers = documents.map((document) => ({
    documentId: document.id,
    name: document.name,
    units: (tracked?.get(document.id) ?? unitsOf(document)).map(
      ({ unitId, place }): UnitCoverage => ({ unitId, place, ...fateOf(unitId) }),
    ),
    warnings: document.warnings.map(({ code, message, count }) => ({ code, message, count })),
  }));
  return { totals: coverageTotals(ledgers.flatMap((ledger) => ledger.units)), documents: ledgers };
}

const notAsked: UnitFate = { state: 'skipped', reason: 'no call asked about it' };

function unitsOf(document: Document): TrackedUnit[] {
  return document.units.map(({ id, locator }) => ({
    unitId: id,
    place: describeLocator(locator),
  }));
}

type RoundFate = UnitFate & { readonly round: number };

function fatesByCalls(outcomes: readonly CallOutcome[]): ReadonlyMap<UnitId, UnitFate> {
  const fates = new Map<UnitId, RoundFate>();
  for (const outcome of outcomes) {
    const fate = fateByCall(outcome);
    for (const unitId of outcome.spec.unitIds) {
      const known = fates.get(unitId);
      if (known === undefined || !holds(known, fate)) fates.set(unitId, fate);
    }
  }
  return new Map([...fates].map(([unitId, { round: _, ...fate }]) => [unitId, fate]));
}

function fateByCall(outcome: CallOutcome): RoundFate {
  const { round } = placeOfCall(outcome.spec.callId);
  if (outcome.isAnswered) return { state: 'used', round };
  return { state: 'failed', code: outcome.error.code, round };
}

/**
 * Whether a fate stays what it is beside a later one. A long unit may be spread over several calls of a round: one failed part makes a hole.
 * Of several rounds the answer counts.
 */
function holds(known: RoundFate, later: RoundFate): boolean {
  return known.state === (known.round === later.round ? 'failed' : 'used');
}

/**
 * Why a task is not whole: one problem for each code among its failed calls, with the number of calls. A call all of whose units a later
 * round has answered for counts no more.
 */
export function reasonsOf(outcomes: readonly CallOutcome[]): Problem[] {
  const answered = lastAnswered(outcomes);
  const isMadeGood = ({ spec: { callId, unitIds } }: CallOutcome) =>
    unitIds.length > 0 &&
    unitIds.every((id) => (answered.get(id) ?? -1) > placeOfCall(callId).round);
  const byCode = new Map<ErrorCode, { problem: Problem; count: number }>();
  for (const outcome of outcomes) {
    if (outcome.isAnswered || isMadeGood(outcome)) continue;
    const { code } = outcome.error;
    const entry = byCode.get(code) ?? { problem: outcome.error, count: 0 };
    byCode.set(code, { ...entry, count: entry.count + 1 });
  }
  return [...byCode.values()].map(({ problem, count }) => ({
    ...problem,
    details: { ...problem.details, failedCalls: count, plannedCalls: outcomes.length },
  }));
}

/** The last round in which a call with the unit was answered. */
function lastAnswered(outcomes: readonly CallOutcome[]): ReadonlyMap<UnitId, number> {
  const rounds = new Map<UnitId, number>();
  for (const { isAnswered, spec } of outcomes) {
    if (!isAnswered) continue;
    const { round } = placeOfCall(spec.callId);
    for (const id of spec.unitIds) rounds.set(id, Math.max(round, rounds.get(id) ?? 0));
  }
  return rounds;
}
