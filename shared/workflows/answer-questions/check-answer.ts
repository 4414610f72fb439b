import type { CallSpec } from '#shared/domain/call.ts';
import type { UnitId } from '#shared/domain/ids.ts';
import type { AnswerFault, StageContext } from '../definition.ts';
import { countWords } from '../language.ts';
import { findQuote } from '../quotes.ts';
import { evidenceInNamedUnits, strayFigures } from './judge.ts';
import { AnswerQuestionsParams } from './params.ts';
import { type ClaimedStatement, QuestionAnswer } from './schemas.ts';

/** Words are counted differently in every language and by every model; what is a little too long is not worth asking again. */
const lengthTolerance = 1.3;

/** Faults of an answer that the model can mend: quotes that stand nowhere, figures from nowhere, a status that does not fit. */
export function checkAnswer(answer: unknown, spec: CallSpec, context: StageContext): AnswerFault[] {
  const { strict, maxWords } = AnswerQuestionsParams.parse(context.params);
  const { status, statements } = QuestionAnswer.parse(answer);
  const words = statements.reduce((sum, { text }) => sum + countWords(text), 0);
  return [
    ...statusFaults(status, statements.length),
    ...statements.flatMap((statement, index) =>
      checkStatement(statement, index + 1, { spec, context, isStrict: strict }),
    ),
    ...(words > maxWords * lengthTolerance
      ? [fault(`The answer has ${words} words; at most ${maxWords} are allowed.`)]
      : []),
  ];
}

function statusFaults(status: QuestionAnswer['status'], statements: number): AnswerFault[] {
  if (status === 'not-found') {
    return statements === 0
      ? []
      : [
          fault(
            'The status is "not-found", but there are statements; leave them out or say "partial".',
          ),
        ];
  }
  return statements > 0
    ? []
    : [
        fault(
          `The status is "${status}", but "statements" is empty; write them or say "not-found".`,
        ),
      ];
}

function checkStatement(
  statement: ClaimedStatement,
  position: number,
  { spec, context, isStrict }: { spec: CallSpec; context: StageContext; isStrict: boolean },
): AnswerFault[] {
  const { text, evidence } = statement;
  if (evidence.length === 0) {
    return isStrict
      ? [fault(`Statement ${position} has no evidence; give it a quote or leave it out.`)]
      : [];
  }
  const found = evidenceInNamedUnits(context, statement);
  const faults = evidence.flatMap(({ unit, quote }, index): AnswerFault[] => {
    if (!spec.unitIds.some((id) => id === unit)) {
      const hint = hintFor(quote, spec.unitIds, context);
      return [
        fault(
          `Statement ${position}: the unit must be one of the ids in brackets, got another.${hint}`,
        ),
      ];
    }
    if (found[index] !== undefined) return [];
    const hint = hintFor(quote, spec.unitIds, context);
    return [
      fault(
        `Statement ${position}: the quote does not stand letter by letter in unit ${unit}; copy it from there or leave the statement out.${hint}`,
      ),
    ];
  });
  if (faults.length > 0) return faults;
  const kept = found.filter((each) => each !== undefined);
  return strayFigures(context, text, kept).length === 0
    ? []
    : [
        fault(
          `Statement ${position} has a figure that is not in the unit of its evidence; write figures as they stand there.`,
        ),
      ];
}

function hintFor(quote: string, unitIds: readonly UnitId[], context: StageContext): string {
  const right = unitIds.find((id) => findQuote(quote, context.unit(id)?.text ?? '') !== undefined);
  return right === undefined ? '' : ` The quote is in ${right}.`;
}

function fault(sentence: string): AnswerFault {
  return { sentence, isFatal: false };
}
