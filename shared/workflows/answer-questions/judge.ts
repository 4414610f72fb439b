import type { Unit } from '#shared/domain/document.ts';
import { documentIdOfUnit, UnitId } from '#shared/domain/ids.ts';
import type { StageContext } from '../definition.ts';
import { type Evidence, evidenceIn } from '../evidence.ts';
import { figuresIn, unsupportedFigures } from '../figures.ts';
import { findQuote } from '../quotes.ts';
import { createSourceText } from '../source-text.ts';
import { AnswerQuestionsParams } from './params.ts';
import type { ClaimedStatement, DropReason, Look, Statement, VerifiedQuestion } from './schemas.ts';

/** An answer after code has looked up all that it claims. */
export type JudgedAnswer = Pick<VerifiedQuestion, 'status' | 'statements' | 'dropped' | 'missing'>;

type AnsweredLook = Extract<Look, { isAnswered: true }>;

/**
 * Keeps the statements of which quotes stand in the units that the model was shown and whose figures stand around those quotes (I8). The
 * status follows from what is kept, not from what the model says.
 */
export function judgeAnswer(context: StageContext, look: AnsweredLook): JudgedAnswer {
  const { strict } = AnswerQuestionsParams.parse(context.params);
  const units = look.units.flatMap((id) => context.unit(id) ?? []);
  const statements: Statement[] = [];
  const dropped: JudgedAnswer['dropped'][number][] = [];
  for (const claimed of look.answer.statements) {
    const verdict = judgeStatement(context, claimed, { units, isStrict: strict });
    if (typeof verdict === 'string') dropped.push({ text: claimed.text, reason: verdict });
    else statements.push(verdict);
  }
  const { missing } = look.answer;
  return {
    status: statusOf(look.answer.status, { statements, dropped }),
    statements,
    dropped,
    ...(missing === undefined ? {} : { missing }),
  };
}

/** Whether a statement holds everything that it must, as the check of an answer asks it, with quotes only where the model says they are. */
export function evidenceInNamedUnits(
  context: StageContext,
  { text, evidence }: ClaimedStatement,
): (Evidence | undefined)[] {
  return evidence.map(({ unit: name, quote }) => {
    const unit = unitNamed(context, name);
    return unit === undefined ? undefined : evidenceIn(unit, { quote, claim: text });
  });
}

/** Figures of a statement that stand in none of the units of its evidence nor around them. */
export function strayFigures(
  context: StageContext,
  text: string,
  evidence: readonly Evidence[],
): string[] {
  const units = evidence.flatMap(({ unitId }) => context.unit(unitId) ?? []);
  return unsupportedFigures(text, sourcesAround(context, units));
}

function judgeStatement(
  context: StageContext,
  claimed: ClaimedStatement,
  { units, isStrict }: { units: readonly Unit[]; isStrict: boolean },
): Statement | DropReason {
  const { text } = claimed;
  const evidence = uniqueEvidence(
    claimed.evidence.flatMap(({ unit: name, quote }) => {
      const named = units.filter(({ id }) => id === name);
      const found = [...named, ...units].map((unit) => evidenceOf(unit, { quote, claim: text }));
      return found.find((each) => each.length > 0) ?? [];
    }),
  );
  if (evidence.length === 0 && isStrict) {
    return claimed.evidence.length === 0 ? 'no-quote' : 'quote-not-found';
  }
  const isTrue =
    evidence.length > 0
      ? strayFigures(context, text, evidence).length === 0
      : unsupportedFigures(text, sourcesAround(context, units)).length === 0;
  return isTrue ? { text, evidence } : 'figure-not-in-source';
}

/** A row is long, and what stands between its cells is ours: of a quote over several cells those are shown that the statement names. */
const maxCells = 3;

function evidenceOf(unit: Unit, claimed: { quote: string; claim: string }): Evidence[] {
  const found = evidenceIn(unit, claimed);
  if (found === undefined) return [];
  const figures = figuresIn(claimed.claim);
  const isNamed = (cell: string) =>
    claimed.claim.toLowerCase().includes(cell.toLowerCase()) ||
    figuresIn(cell).some((figure) => figures.includes(figure));
  const cells = (unit.table?.cells ?? []).filter((cell) => cell.trim() !== '');
  const isWithinCell = cells.some((cell) => findQuote(claimed.quote, cell) !== undefined);
  const named = cells.filter((cell) => claimed.quote.includes(cell) && isNamed(cell));
  if (unit.table === undefined || isWithinCell || named.length === 0) return [found];
  return named.slice(0, maxCells).map((quote) => ({ unitId: unit.id, quote }));
}

function statusOf(
  said: AnsweredLook['answer']['status'],
  { statements, dropped }: Pick<JudgedAnswer, 'statements' | 'dropped'>,
): JudgedAnswer['status'] {
  if (statements.length === 0) return 'not-found';
  const isWhole = dropped.length === 0 && statements.every(({ evidence }) => evidence.length > 0);
  return said === 'answered' && isWhole ? 'answered' : 'partial';
}

function sourcesAround(context: StageContext, units: readonly Unit[]): string[] {
  const source = createSourceText(context.documents);
  return units.flatMap((unit) => {
    const documentId = documentIdOfUnit(unit.id);
    const name = context.documents.find(({ id }) => id === documentId)?.name ?? '';
    return [...source.around(unit), name];
  });
}

function unitNamed(context: StageContext, name: string): Unit | undefined {
  const unitId = UnitId.safeParse(name).data;
  return unitId === undefined ? undefined : context.unit(unitId);
}

function uniqueEvidence(evidence: readonly Evidence[]): Evidence[] {
  const byQuote = new Map(evidence.map((each) => [`${each.unitId} ${each.quote}`, each] as const));
  return [...byQuote.values()];
}
