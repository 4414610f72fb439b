import { type ErrorCode, errorOf, type Problem } from '#shared/domain/errors.ts';
import type { UnitId } from '#shared/domain/ids.ts';
import type { AssembleContext } from '../definition.ts';
import type { Field } from './fields.ts';
import { judgeRows, takenUnits } from './judge.ts';
import {
  CallContext,
  type Missing,
  type Piece,
  type RawRow,
  RowsAnswer,
  RowsOutput,
  type Skip,
} from './schemas.ts';
import { looseTags } from './tags.ts';

/** Failures that a smaller question may not meet; the others stay what they are. */
const mendable: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'answer_truncated',
  'answer_empty',
  'answer_invalid',
  'model_refused',
  'model_context_exceeded',
]);

/**
 * Adds the answers of a round to what is known, and says what is missing still. Rows of tables that were asked about again take the place of
 * the former ones if they are no worse; what was said of running text is added, and merged later.
 */
export function collectRows(
  context: AssembleContext,
  fields: readonly Field[],
  isLastRound: boolean,
): { output: RowsOutput; isComplete: boolean } {
  const before = RowsOutput.safeParse(context.previous).data ?? nothing;
  const found = judgeOutcomes(context, fields);
  const rows = addRows(before.rows, found.rows, context);
  const skipped = addSkips(before.skipped, found.skipped, rows);
  const reviewed = reviewSkips(skipped, rows, context);
  const missing = [
    ...stillMissing(before.missing, found),
    ...reviewed.doubtful,
    ...(isLastRound ? [] : unsupportedUnits(found.rows, context)),
  ].filter(isNotMadeGood(rows, context));
  requireAnything({
    rows,
    skipped: reviewed.skipped,
    missing,
    firstError: found.firstError,
    isLastRound,
  });
  const isComplete = isLastRound || !missing.some(({ isWorthAsking }) => isWorthAsking);
  return {
    output: {
      rows,
      skipped: reviewed.skipped,
      missing: isComplete ? missing.filter(({ why }) => why !== 'unsupported') : missing,
      dropped: before.dropped + found.dropped,
    },
    isComplete,
  };
}

const nothing: RowsOutput = { rows: [], skipped: [], missing: [], dropped: 0 };

interface Found {
  readonly rows: RawRow[];
  readonly skipped: Skip[];
  readonly missing: Missing[];
  readonly asked: Piece[];
  dropped: number;
  firstError: Problem | undefined;
}

function judgeOutcomes(context: AssembleContext, fields: readonly Field[]): Found {
  const found: Found = {
    rows: [],
    skipped: [],
    missing: [],
    asked: [],
    dropped: 0,
    firstError: undefined,
  };
  for (const outcome of context.outcomes) {
    const { pieces } = CallContext.parse(outcome.spec.context);
    found.asked.push(...pieces);
    if (!outcome.isAnswered) {
      found.firstError ??= outcome.error;
      const { code } = outcome.error;
      found.missing.push(
        ...pieces.map(
          (piece): Missing => ({
            ...piece,
            why: 'call-failed',
            code,
            isWorthAsking: mendable.has(code),
          }),
        ),
      );
      continue;
    }
    const judged = judgeRows(RowsAnswer.parse(outcome.answer), outcome.spec, { context, fields });
    found.rows.push(...judged.rows);
    found.skipped.push(...judged.skipped);
    found.missing.push(...judged.missing);
    found.dropped += judged.dropped;
  }
  return found;
}

function addRows(
  before: readonly RawRow[],
  found: readonly RawRow[],
  context: Pick<AssembleContext, 'unit'>,
): RawRow[] {
  const isOfTable = ({ units }: RawRow) =>
    units.every((id) => context.unit(id)?.table !== undefined);
  const byUnit = new Map<UnitId, RawRow>();
  for (const row of before.filter(isOfTable)) for (const id of row.units) byUnit.set(id, row);
  const replaced = new Set<RawRow>();
  const added = found.filter((row) => {
    if (!isOfTable(row)) return true;
    const former = row.units.flatMap((id) => byUnit.get(id) ?? []);
    if (former.some((each) => each.unsupported < row.unsupported)) return false;
    for (const each of former) replaced.add(each);
    return true;
  });
  return [...before.filter((row) => !replaced.has(row)), ...added];
}

function addSkips(
  before: readonly Skip[],
  found: readonly Skip[],
  rows: readonly RawRow[],
): Skip[] {
  const taken = new Set(rows.flatMap((row) => row.units));
  const byUnit = new Map([...before, ...found].map((skip) => [skip.unitId, skip]));
  return [...byUnit.values()].filter(({ unitId }) => !taken.has(unitId));
}

/** What looked like no record in its own call may look like one beside all the others. */
function reviewSkips(
  skipped: readonly Skip[],
  rows: readonly RawRow[],
  context: Pick<AssembleContext, 'unit'>,
): { skipped: Skip[]; doubtful: Missing[] } {
  const taken = takenUnits(rows, context);
  const isDoubtful = ({ unitId, reason }: Skip) => {
    const unit = context.unit(unitId);
    const isVague = reason === 'other' || (reason === 'note' && unit?.table === undefined);
    if (unit === undefined) return false;
    return reason === 'header' ? taken.isMadeLikeRow(unit) : isVague && taken.isAmong(unit);
  };
  return {
    skipped: skipped.filter((skip) => !isDoubtful(skip)),
    doubtful: skipped.filter(isDoubtful).map(
      ({ unitId }): Missing => ({
        unitId,
        from: 0,
        to: context.unit(unitId)?.text.length ?? 1,
        why: 'skipped-without-reason',
        isWorthAsking: true,
      }),
    ),
  };
}

/** What was missing and was not asked about again, and what the answers have left out. A unit that has its row already is not missing. */
function stillMissing(before: readonly Missing[], found: Found): Missing[] {
  const asked = new Set(found.asked.map(keyOf));
  const formerly = new Map(before.map((each) => [keyOf(each), each.why]));
  const kept = before.filter((each) => !asked.has(keyOf(each)));
  const now = found.missing.flatMap((each): Missing[] => {
    const former = formerly.get(keyOf(each));
    if (former === 'unsupported') return [];
    return [former === 'left-out' ? { ...each, why: 'left-out' } : each];
  });
  return [...kept, ...now];
}

function unsupportedUnits(
  rows: readonly RawRow[],
  context: Pick<AssembleContext, 'unit'>,
): Missing[] {
  const units = new Set(rows.flatMap((row) => (row.unsupported > 0 ? row.units : [])));
  return [...units].map((unitId) => ({
    unitId,
    from: 0,
    to: context.unit(unitId)?.text.length ?? 1,
    why: 'unsupported',
    isWorthAsking: true,
  }));
}

/** A record that another call has found in a long unit, or a number that is a record elsewhere, is missing no more. */
function isNotMadeGood(rows: readonly RawRow[], context: Pick<AssembleContext, 'unit'>) {
  const values = new Set(rows.flatMap((row) => row.values.flatMap((value) => value ?? [])));
  return ({ unitId, why }: Missing) => {
    if (why !== 'left-out') return true;
    const unit = context.unit(unitId);
    return unit !== undefined && looseTags(unit, values).length > 0;
  };
}

function requireAnything(state: {
  rows: readonly RawRow[];
  skipped: readonly Skip[];
  missing: readonly Missing[];
  firstError: Problem | undefined;
  isLastRound: boolean;
}): void {
  const { rows, skipped, missing, firstError, isLastRound } = state;
  const isOver = isLastRound || missing.every(({ isWorthAsking }) => !isWorthAsking);
  if (!isOver || firstError === undefined || rows.length + skipped.length > 0) return;
  if (missing.length > 0) throw errorOf(firstError);
}

function keyOf({ unitId, from }: Piece): string {
  return `${unitId} ${from}`;
}
