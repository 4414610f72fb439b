import type { CodeStage, StageContext } from '../definition.ts';
import { type JudgedAnswer, judgeAnswer } from './judge.ts';
import { type Question, questionsOf } from './question-list.ts';
import {
  AnswerOutput,
  type Look,
  RetrieveOutput,
  type VerifiedQuestion,
  VerifyOutput,
} from './schemas.ts';

/** Drops what no quote supports and says of each question what became of it. */
export const verifyStage: CodeStage = {
  kind: 'code',
  name: 'verify',
  title: 'Checking every quote',
  run(context) {
    const { looks } = AnswerOutput.parse(context.earlier('answer'));
    const { ranked } = RetrieveOutput.parse(context.earlier('retrieve'));
    const questions = questionsOf(context).questions.map((question): VerifiedQuestion => {
      const own = looks[question.id] ?? [];
      const isFound = (ranked[question.id] ?? []).length > 0;
      return { id: question.id, looks: own.length, ...fateOf(context, question, { own, isFound }) };
    });
    return { questions } satisfies VerifyOutput;
  },
};

/** The questions with their checked answers, in their order. */
export function verifiedOf(context: StageContext): VerifiedQuestion[] {
  return VerifyOutput.parse(context.earlier('verify')).questions;
}

type Fate = Omit<VerifiedQuestion, 'id' | 'looks'>;

const nothing = { statements: [], dropped: [] };

function fateOf(
  context: StageContext,
  { origin }: Question,
  { own, isFound }: { own: readonly Look[]; isFound: boolean },
): Fate {
  if (origin?.leftAlone !== undefined) return { status: 'kept', ...nothing };
  const judged = own.flatMap((look) => (look.isAnswered ? judgeAnswer(context, look) : []));
  const best = bestOf(judged);
  const failed = own.findLast((look) => !look.isAnswered);
  // Only looks that all came back can say that there is nothing to be found.
  const isOpen = best === undefined || best.status === 'not-found';
  if (failed !== undefined && isOpen) return { status: 'failed', ...nothing, code: failed.code };
  if (best !== undefined) return best;
  // A question that was never put is no question without an answer, unless there was nothing to put it to.
  return isFound
    ? { status: 'failed', ...nothing, code: 'internal_error' }
    : { status: 'not-found', ...nothing };
}

/** The fullest answer; of equal ones the last, which has seen more. */
function bestOf(answers: readonly JudgedAnswer[]): JudgedAnswer | undefined {
  const worth = ({ status, statements, dropped }: JudgedAnswer) =>
    (status === 'answered' ? 1_000 : 0) + statements.length * 10 - Math.min(9, dropped.length);
  return answers.reduce<JudgedAnswer | undefined>(
    (best, each) => (best === undefined || worth(each) >= worth(best) ? each : best),
    undefined,
  );
}
