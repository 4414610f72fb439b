import { describeLocator } from '#shared/domain/locator.ts';
import type { CitationList } from '../citation-list.ts';
import type { RenderContext, StageContext } from '../definition.ts';
import { countWords } from '../language.ts';
import { AnswerQuestionsParams } from './params.ts';
import { passagesOf } from './passages.ts';
import { type Question, questionsOf } from './question-list.ts';
import {
  type DropReason,
  type QuestionStatus,
  RetrieveOutput,
  RewriteOutput,
  type VerifiedQuestion,
} from './schemas.ts';
import { verifiedOf } from './verify.ts';

/** A question as `result.json` has it. */
export interface AnsweredQuestion {
  readonly id: string;
  /** The id that the submitter gave, or the place in the workbook. */
  readonly label?: string;
  readonly question: string;
  readonly status: QuestionStatus;
  /** Empty where nothing was found. */
  readonly answer: string;
  readonly statements: readonly { readonly text: string; readonly citations: readonly string[] }[];
  /** What the documents do not say. */
  readonly missing?: string;
  /** Ids of all citations of the answer. */
  readonly citations: readonly string[];
  /** What a reader must know of this answer. */
  readonly issues: readonly string[];
}

/** Content of `result.json`. */
export interface AnswersResult {
  readonly title: string;
  readonly counts: Readonly<Record<QuestionStatus, number>>;
  readonly questions: readonly AnsweredQuestion[];
  /** Statements of the model that were left out because code could not find their quote or their figures. */
  readonly dropped: number;
  readonly documents: readonly {
    readonly id: string;
    readonly name: string;
    readonly units: number;
  }[];
}

/** Makes the result; each citation is numbered in the order of the questions. */
export function resultOf(context: RenderContext, citations: CitationList): AnswersResult {
  const list = questionsOf(context);
  const verified = new Map(verifiedOf(context).map((each) => [each.id, each]));
  const nearest = nearestPlaces(context);
  const questions = list.questions.flatMap((question) => {
    const found = verified.get(question.id);
    return found === undefined
      ? []
      : [answeredQuestion(context, { question, found, citations, nearest })];
  });
  const counted = (status: QuestionStatus) =>
    questions.filter((each) => each.status === status).length;
  return {
    title: `Answers to ${questions.length} ${questions.length === 1 ? 'question' : 'questions'}`,
    counts: {
      answered: counted('answered'),
      partial: counted('partial'),
      'not-found': counted('not-found'),
      failed: counted('failed'),
      kept: counted('kept'),
    },
    questions,
    dropped: [...verified.values()].reduce((sum, { dropped }) => sum + dropped.length, 0),
    documents: list.library.map(({ id, name, units }) => ({ id, name, units: units.length })),
  };
}

interface Given {
  readonly question: Question;
  readonly found: VerifiedQuestion;
  readonly citations: CitationList;
  readonly nearest: (questionId: string) => string[];
}

function answeredQuestion(context: RenderContext, given: Given): AnsweredQuestion {
  const { question, found, citations } = given;
  const statements = found.statements.map(({ text, evidence }) => ({
    text,
    citations: citations.cite(evidence, text),
  }));
  const { missing } = found;
  return {
    id: question.id,
    ...(question.label === undefined ? {} : { label: question.label }),
    question: question.text,
    status: found.status,
    answer: statements.map(({ text }) => text).join(' '),
    statements,
    ...(missing === undefined || found.status === 'answered' ? {} : { missing }),
    citations: [...new Set(statements.flatMap((each) => each.citations))],
    issues: issuesOf(context, given),
  };
}

const dropReasons: Readonly<Record<DropReason, string>> = {
  'no-quote': 'it came without a quote',
  'quote-not-found': 'its quote could not be found in the passages',
  'figure-not-in-source': 'a figure of it could not be found at its quote',
};

function issuesOf(context: RenderContext, { question, found, nearest }: Given): string[] {
  const { maxWords } = AnswerQuestionsParams.parse(context.params);
  const words = found.statements.reduce((sum, { text }) => sum + countWords(text), 0);
  const unsupported = found.statements.filter(({ evidence }) => evidence.length === 0).length;
  const places = found.status === 'not-found' ? nearest(question.id) : [];
  const rewrites = RewriteOutput.safeParse(context.earlier('rewrite')).data?.queries[question.id];
  return [
    ...(found.status === 'failed'
      ? [`Not answered: the calls to the model failed (${found.code ?? 'internal_error'}).`]
      : []),
    ...(question.origin?.leftAlone === undefined
      ? []
      : [`Not asked: ${question.origin.leftAlone}.`]),
    ...found.dropped.map(
      ({ reason }) => `A statement of the model was left out: ${dropReasons[reason]}.`,
    ),
    ...(unsupported > 0 ? [`${unsupported} statements have no quote; they are marked.`] : []),
    ...(words > maxWords
      ? [`The answer has ${words} words, more than the ${maxWords} asked for.`]
      : []),
    ...(found.status === 'not-found' && found.looks === 0
      ? ['No passage of the documents has a word of the question.']
      : []),
    ...(places.length > 0 ? [`Closest places that were read: ${places.join('; ')}.`] : []),
    ...(found.status === 'not-found' && rewrites === undefined
      ? ['Searched for with the words of the question only.']
      : []),
  ];
}

const placesNamed = 3;

/** Where a person may look for what was not found. */
function nearestPlaces(context: StageContext): (questionId: string) => string[] {
  const { ranked } = RetrieveOutput.parse(context.earlier('retrieve'));
  const passages = passagesOf(questionsOf(context).library);
  const placeOf = (position: number): string[] => {
    const passage = passages[position];
    const [piece] = passage?.pieces ?? [];
    const unit = piece === undefined ? undefined : context.unit(piece.unitId);
    const document = context.documents.find(({ id }) => id === passage?.documentId);
    if (unit === undefined || document === undefined) return [];
    return [`${document.name}, ${describeLocator(unit.locator)}`];
  };
  return (questionId) => {
    const places = (ranked[questionId] ?? []).slice(0, placesNamed * 2).flatMap(placeOf);
    return [...new Set(places)].slice(0, placesNamed);
  };
}
