import * as z from 'zod';
import { ErrorCodeSchema } from './errors.ts';
import { DocumentId, UnitId } from './ids.ts';

/** What became of a unit: the model has read it, it was left out for a reason, or its call failed. */
export const UnitCoverage = z.discriminatedUnion('state', [
  z.object({ unitId: UnitId, state: z.literal('used'), place: z.string() }),
  z.object({ unitId: UnitId, state: z.literal('skipped'), place: z.string(), reason: z.string() }),
  z.object({
    unitId: UnitId,
    state: z.literal('failed'),
    place: z.string(),
    code: ErrorCodeSchema,
  }),
]);
export type UnitCoverage = z.infer<typeof UnitCoverage>;

/** The coverage ledger of a task: each unit of each document exactly once. */
export const Coverage = z.object({
  totals: z.object({
    units: z.int().min(0),
    used: z.int().min(0),
    skipped: z.int().min(0),
    failed: z.int().min(0),
  }),
  documents: z.array(
    z.object({
      documentId: DocumentId,
      name: z.string(),
      units: z.array(UnitCoverage),
      /** What the file holds besides its units, and why it is not among them. */
      warnings: z.array(z.object({ code: z.string(), message: z.string(), count: z.int() })),
    }),
  ),
});
export type Coverage = z.infer<typeof Coverage>;

/** Whether nothing was lost: a task with a hole is PARTIAL (I6). */
export function isComplete(coverage: Coverage): boolean {
  return coverage.totals.failed === 0;
}

/** Counts of a list of units by state. */
export function coverageTotals(units: readonly UnitCoverage[]): Coverage['totals'] {
  const count = (state: UnitCoverage['state']) =>
    units.filter((unit) => unit.state === state).length;
  return {
    units: units.length,
    used: count('used'),
    skipped: count('skipped'),
    failed: count('failed'),
  };
}
