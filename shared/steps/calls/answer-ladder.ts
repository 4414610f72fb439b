import { jsonrepair } from 'jsonrepair';
import type { CallSpec } from '#shared/domain/call.ts';
import type { ErrorCode } from '#shared/domain/errors.ts';
import type { ModelAnswer } from '#shared/ports/language-model.ts';
import type { ModelStage, StageContext } from '#shared/workflows/definition.ts';

export type Verdict =
  | {
      readonly isAccepted: true;
      readonly answer: unknown;
      readonly isRepaired: boolean;
      /** Faults that the stage can live with; the model has been asked about them as often as it may be. */
      readonly faults: readonly string[];
    }
  | { readonly isAccepted: false; readonly code: ErrorCode; readonly faults: readonly string[] };

export interface AnswerToJudge {
  readonly answer: Pick<ModelAnswer, 'text' | 'finishReason'>;
  readonly spec: CallSpec;
  readonly stage: Pick<ModelStage, 'answer' | 'check'>;
  readonly stageContext: StageContext;
  /** No further question can be asked: faults that are not fatal are then accepted. */
  readonly isLastAsk: boolean;
}

/** Most faults named to the model: a longer list helps nobody. */
const maxFaults = 12;

/**
 * The ladder that every answer climbs: complete? not empty? JSON? of the asked shape? true to the stage's invariants? A cut answer is never
 * used, however well it could be repaired.
 */
export function judgeAnswer(judged: AnswerToJudge): Verdict {
  const { answer, stage } = judged;
  if (answer.finishReason === 'length') {
    return rejected('answer_truncated', ['The answer was cut off before its end.']);
  }
  if (answer.finishReason === 'content_filter') {
    return rejected('model_refused', ['The answer was withheld by a content filter.']);
  }
  if (answer.text.trim() === '') return rejected('answer_empty', ['The answer was empty.']);

  const parsed = parseAnswer(answer.text);
  if (parsed === undefined) {
    return rejected('answer_invalid', ['The answer was not one JSON object and nothing else.']);
  }
  const shaped = stage.answer.safeParse(parsed.value);
  if (!shaped.success) {
    const faults = shaped.error.issues.map(
      (issue) => `${issue.path.join('.') || 'answer'}: ${issue.message}`,
    );
    return rejected('answer_invalid', faults);
  }
  return judgeInvariants(judged, { value: shaped.data, isRepaired: parsed.isRepaired });
}

function judgeInvariants(
  { spec, stage, stageContext, isLastAsk }: AnswerToJudge,
  parsed: ParsedAnswer,
): Verdict {
  const faults = stage.check(parsed.value, spec, stageContext);
  const sentences = faults.map((fault) => fault.sentence);
  const isFatal = faults.some((fault) => fault.isFatal);
  if (isFatal || (faults.length > 0 && !isLastAsk)) return rejected('answer_invalid', sentences);
  return {
    isAccepted: true,
    answer: parsed.value,
    isRepaired: parsed.isRepaired,
    faults: sentences.slice(0, maxFaults),
  };
}

function rejected(code: ErrorCode, faults: readonly string[]): Verdict {
  return { isAccepted: false, code, faults: faults.slice(0, maxFaults) };
}

interface ParsedAnswer {
  readonly value: unknown;
  readonly isRepaired: boolean;
}

/** JSON by the letter, then inside a fence or prose, then with its syntax repaired. */
function parseAnswer(text: string): ParsedAnswer | undefined {
  const strict = parse(text);
  if (strict !== undefined) return { value: strict, isRepaired: false };
  const block = outerObject(text);
  if (block === undefined) return undefined;
  const fenced = parse(block);
  if (fenced !== undefined) return { value: fenced, isRepaired: false };
  const repaired = repair(block);
  return repaired === undefined ? undefined : { value: repaired, isRepaired: true };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** From the first brace to the last: what stands around it is prose or a fence. Without a last brace the answer is not whole. */
function outerObject(text: string): string | undefined {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  return start === -1 || end < start ? undefined : text.slice(start, end + 1);
}

/** Only the syntax: commas, quotes, comments. What had to be closed was cut off, and is not used. */
function repair(text: string): unknown {
  if (countOf(text, '{') !== countOf(text, '}') || countOf(text, '[') !== countOf(text, ']'))
    return undefined;
  try {
    return parse(jsonrepair(text));
  } catch {
    return undefined;
  }
}

function countOf(text: string, character: string): number {
  return text.split(character).length - 1;
}
