import type { Problem } from '#shared/domain/errors.ts';
import type { UnitId } from '#shared/domain/ids.ts';
import type { Account, StageContext, UnitFate } from '../definition.ts';
import { questionsOf } from './question-list.ts';
import { AnswerOutput, type VerifiedQuestion } from './schemas.ts';
import { verifiedOf } from './verify.ts';

/** The fate of every unit of the documents and of the workbook of questions, and the questions that were lost. */
export function accountForQuestions(context: StageContext): Account {
  const verified = verifiedOf(context);
  const fates = new Map<UnitId, UnitFate>();
  for (const { units } of questionsOf(context).library) {
    for (const { id } of units) fates.set(id, notRelevant);
  }
  addLooks(context, fates);
  addQuestionUnits(context, verified, fates);
  return { fates, problems: problemsOf(verified) };
}

const notRelevant: UnitFate = {
  state: 'skipped',
  reason: 'searched; not relevant to any question',
};
const ofQuestions: UnitFate = {
  state: 'skipped',
  reason: 'part of the file with the questions, which is not searched for answers',
};

/** A unit that one question has read is used, whatever became of the others that it was to be read for. */
function addLooks(context: StageContext, fates: Map<UnitId, UnitFate>): void {
  const looks = Object.values(AnswerOutput.parse(context.earlier('answer')).looks).flat();
  for (const look of looks) {
    if (look.isAnswered) continue;
    for (const id of look.units) fates.set(id, { state: 'failed', code: look.code });
  }
  for (const look of looks) {
    if (!look.isAnswered) continue;
    for (const id of look.units) fates.set(id, { state: 'used' });
  }
}

function addQuestionUnits(
  context: StageContext,
  verified: readonly VerifiedQuestion[],
  fates: Map<UnitId, UnitFate>,
): void {
  const { source, questions } = questionsOf(context);
  if (source === undefined) return;
  const isOwn = (id: string) =>
    id === source.document.id || source.document.attachments.some((each) => each === id);
  for (const { id, units } of context.documents) {
    if (isOwn(id)) for (const unit of units) fates.set(unit.id, ofQuestions);
  }
  for (const { id, origin } of questions) {
    const question = verified.find((each) => each.id === id);
    if (origin === undefined || question === undefined) continue;
    fates.set(origin.unitId, fateOf(question, origin.leftAlone));
  }
}

function fateOf({ status, code }: VerifiedQuestion, leftAlone: string | undefined): UnitFate {
  if (status === 'failed') return { state: 'failed', code: code ?? 'internal_error' };
  if (leftAlone !== undefined) return { state: 'skipped', reason: `not asked: ${leftAlone}` };
  return { state: 'used' };
}

/** One problem for each code, with the ids of its questions; never their text (I9). */
function problemsOf(verified: readonly VerifiedQuestion[]): Problem[] {
  const byCode = new Map<NonNullable<VerifiedQuestion['code']>, string[]>();
  for (const { id, status, code = 'internal_error' } of verified) {
    if (status === 'failed') byCode.set(code, [...(byCode.get(code) ?? []), id]);
  }
  return [...byCode].map(([code, ids]) => ({
    code,
    message: `${ids.length} ${ids.length === 1 ? 'question was' : 'questions were'} not answered, since the calls to the model failed. Resume the task to ask again.`,
    details: { questions: ids },
  }));
}
