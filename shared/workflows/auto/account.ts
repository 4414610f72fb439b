import type { Coverage, UnitCoverage } from '#shared/domain/coverage.ts';
import type { Document } from '#shared/domain/document.ts';
import type { ErrorCode, Problem } from '#shared/domain/errors.ts';
import { DocumentId, UnitId } from '#shared/domain/ids.ts';
import { describeLocator } from '#shared/domain/locator.ts';
import { type ChildOutcome, ChildrenOutput } from '../children.ts';
import type { Account, StageContext, TrackedUnit, UnitFate } from '../definition.ts';
import { unservedReasons } from './plan.ts';
import { inputsOf } from './surroundings.ts';
import { planOf } from './tasks.ts';

/** What became of the children, in the order of the plan. */
export function childrenOf(context: StageContext): readonly ChildOutcome[] {
  return ChildrenOutput.parse(context.earlier('tasks')).children;
}

/**
 * Accounts for the documents by what the children have made of them. A unit that one child has used and another has lost is lost: somebody was
 * promised it. What a child that has delivered nothing was given is lost as a whole.
 */
export function accountOfTasks(context: StageContext): Account {
  const ledgers = new Map<DocumentId, Map<UnitId, UnitCoverage>>();
  const children = childrenOf(context);
  for (const child of children) {
    for (const { documentId, units } of ledgersOf(child, context)) {
      const ledger = ledgers.get(documentId) ?? new Map<UnitId, UnitCoverage>();
      ledgers.set(documentId, ledger);
      for (const unit of units) ledger.set(unit.unitId, worse(ledger.get(unit.unitId), unit));
    }
  }
  for (const [documentId, units] of unusedLedgers(context, ledgers)) {
    ledgers.set(documentId, new Map(units.map((unit) => [unit.unitId, unit])));
  }
  const entries = [...ledgers].map(([id, units]) => [id, [...units.values()]] as const);
  return {
    tracked: new Map(
      entries.map(([id, units]) => [
        id,
        units.map(({ unitId, place }): TrackedUnit => ({ unitId, place })),
      ]),
    ),
    fates: new Map(
      entries.flatMap(([, units]) => units.map((unit) => [unit.unitId, fateOf(unit)] as const)),
    ),
    problems: [...children.flatMap(problemsOf), ...unservedProblems(context)],
  };
}

type DocumentLedger = Pick<Coverage['documents'][number], 'documentId' | 'units'>;

/** The ledger of a child over documents of its parent, with the ids that these have there. */
function ledgersOf(child: ChildOutcome, context: StageContext): DocumentLedger[] {
  return child.inputs.flatMap((input, index): DocumentLedger[] => {
    if (!('documentId' in input)) return [];
    const own = `d${index + 1}`;
    const { coverage } = child;
    if (coverage === undefined) return lostLedgers(child, input.documentId, context);
    return coverage.documents
      .filter(({ documentId }) => isOrIsAttachedTo(documentId, own))
      .map(({ documentId, units }) => ({
        documentId: DocumentId.parse(renamed(documentId, own, input.documentId)),
        units: units.map((unit) => ({
          ...unit,
          unitId: UnitId.parse(renamed(unit.unitId, own, input.documentId)),
        })),
      }));
  });
}

function isOrIsAttachedTo(documentId: string, inputId: string): boolean {
  return documentId === inputId || documentId.startsWith(`${inputId}a`);
}

function renamed(id: string, from: string, to: string): string {
  return `${to}${id.slice(from.length)}`;
}

function lostLedgers(
  { problems }: ChildOutcome,
  inputId: DocumentId,
  { documents }: StageContext,
): DocumentLedger[] {
  const code: ErrorCode = problems[0]?.code ?? 'internal_error';
  return documents
    .filter(({ id }) => isOrIsAttachedTo(id, inputId))
    .map((document) => ({
      documentId: document.id,
      units: unitsOf(document, (unit) => ({ ...unit, state: 'failed', code })),
    }));
}

/** Documents, and attachments of used ones, that no child has read. */
function unusedLedgers(
  context: StageContext,
  ledgers: ReadonlyMap<DocumentId, unknown>,
): [DocumentId, UnitCoverage[]][] {
  const reasons = new Map(planOf(context).unused.map(({ document, why }) => [document, why]));
  const inputs = new Set(inputsOf(context).map(({ id }) => id));
  return context.documents
    .filter(({ id }) => !ledgers.has(id))
    .map((document) => {
      const why = reasons.get(document.id);
      const isInput = inputs.has(document.id);
      const reason = isInput
        ? `not used by the plan${why === undefined ? '' : `: ${why}`}`
        : 'no task has read this attachment';
      return [document.id, unitsOf(document, (unit) => ({ ...unit, state: 'skipped', reason }))];
    });
}

function unitsOf(document: Document, fate: (unit: TrackedUnit) => UnitCoverage): UnitCoverage[] {
  return document.units.map(({ id, locator }) =>
    fate({ unitId: id, place: describeLocator(locator) }),
  );
}

const severity = { skipped: 0, used: 1, failed: 2 } as const;

function worse(known: UnitCoverage | undefined, unit: UnitCoverage): UnitCoverage {
  return known !== undefined && severity[known.state] >= severity[unit.state] ? known : unit;
}

function fateOf(unit: UnitCoverage): UnitFate {
  switch (unit.state) {
    case 'used':
      return { state: 'used' };
    case 'skipped':
      return { state: 'skipped', reason: unit.reason };
    case 'failed':
      return { state: 'failed', code: unit.code };
  }
}

/** Why the result is not whole: each child that is not, by what it says itself. */
function problemsOf({ status, taskId, workflowId, problems }: ChildOutcome): Problem[] {
  if (status === 'SUCCEEDED') return [];
  const standing = status === 'NOT_RUN' ? 'was not run' : `is ${status}`;
  const known = problems.length > 0 ? problems : [unexplained];
  return known.map(({ code, message, details }) => ({
    code,
    message: `A task of the plan (${workflowId}) ${standing}. ${message}`,
    details: { ...details, ...(taskId === undefined ? {} : { childTaskId: taskId }), status },
  }));
}

const unexplained: Problem = {
  code: 'internal_error',
  message: 'Expected a reason why it is not whole, got none.',
};

/** The parts themselves are the submitter's words: the report has them, not the error. */
function unservedProblems(context: StageContext): Problem[] {
  return planOf(context).notServed.map(({ reason, nearest }) => ({
    code: 'instruction_not_served',
    message: `Expected every part of the instruction to be served; one is not: ${unservedReasons[reason]}. The nearest workflow is ${nearest}. The report names the part.`,
    details: { reason, nearest },
  }));
}
