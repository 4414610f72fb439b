import type { CallSpec } from '#shared/domain/call.ts';
import { callIdOf } from '#shared/domain/ids.ts';
import type { AnswerFault, ModelStage, StageContext } from '../definition.ts';
import { unsupportedFigures } from '../figures.ts';
import { countWords } from '../language.ts';
import { describeLanguage } from '../language-param.ts';
import { writePrompt } from '../prompt.ts';
import { createSourceText } from '../source-text.ts';
import { fitToRoom, shareWords } from './fit.ts';
import { SummarizeParams } from './params.ts';
import { polishPrompt } from './prompts.ts';
import {
  NotesOutput,
  type Point,
  PolishAnswer,
  type PolishOutput,
  VerifyOutput,
} from './schemas.ts';

export const maxHeadlineWords = 30;
/** The model is offered this much more than fits, and chooses. */
const choice = 1.6;
const maxOffered = 200;
const maxAbout = 20;
/** A model counts words badly; the last cut is made in code. */
const wordTolerance = 1.15;

/** Gives the points their final wording and the summary its headline. */
export const polishStage: ModelStage = {
  kind: 'model',
  name: 'polish',
  title: 'Polishing the wording',
  tracksCoverage: false,
  isAdvisory: true,
  maxRounds: 1,
  answer: PolishAnswer,

  plan(context) {
    const points = offeredPoints(context);
    return points.length === 0 ? [] : [planCall(context, points)];
  },

  check(answer, _spec, context) {
    const { headline, points } = PolishAnswer.parse(answer);
    const params = SummarizeParams.parse(context.params);
    const offered = new Map(offeredPoints(context).map((point) => [point.id, point]));
    const sources = createSources(context);
    const words = points.reduce((sum, { text }) => sum + countWords(text), 0);
    return [
      ...points.flatMap(({ id, text }) => {
        const point = offered.get(bareId(id));
        if (point === undefined)
          return fault(`There is no point ${idForPeople(id)}; use ids that are given.`);
        return unsupportedFigures(text, sources(point)).length === 0
          ? []
          : fault(
              `Point ${point.id} has a figure that is not in the point; write figures as given.`,
            );
      }),
      ...headlineFaults(headline, { offered, sources }),
      ...(words > shareWords(params.maxWords).text * wordTolerance
        ? [fault(`The points have ${words} words; leave out or shorten until they fit.`)]
        : []),
    ];
  },

  assemble({ outcomes, ...context }) {
    const [outcome] = outcomes;
    if (outcome?.isAnswered !== true) return { output: undefined, isComplete: true };
    const { headline, points } = PolishAnswer.parse(outcome.answer);
    const offered = new Map(offeredPoints(context).map((point) => [point.id, point]));
    const sources = createSources(context);
    const seen = new Set<string>();
    const kept = points.flatMap(({ id, text }) => {
      const point = offered.get(bareId(id));
      if (point === undefined || seen.has(point.id)) return [];
      seen.add(point.id);
      const isTrue = unsupportedFigures(text, sources(point)).length === 0;
      return [{ id: point.id, text: isTrue ? text : point.text }];
    });
    const isHeadlineTrue = headlineFaults(headline, { offered, sources }).length === 0;
    const from = headline.from.map(bareId);
    const output: PolishOutput = {
      ...(isHeadlineTrue ? { headline: { text: headline.text, from } } : {}),
      points: kept,
    };
    return { output, isComplete: true };
  },
};

function offeredPoints(context: StageContext): Point[] {
  const { points } = VerifyOutput.parse(context.earlier('verify'));
  const { maxWords } = SummarizeParams.parse(context.params);
  const words = shareWords(maxWords).text * choice;
  return fitToRoom(points, { words, most: {} }).slice(0, maxOffered);
}

function planCall(context: StageContext, points: readonly Point[]): CallSpec {
  const params = SummarizeParams.parse(context.params);
  const { groups } = NotesOutput.parse(context.earlier('notes'));
  const about = groups.filter(({ summary }) => summary.trim() !== '').slice(0, maxAbout);
  return {
    callId: callIdOf('polish', 0, 0),
    prompt: polishPrompt.id,
    messages: writePrompt({
      ...polishPrompt,
      facts: {
        Audience: params.audience,
        Language: describeLanguage(params.language),
        ...(params.focus === undefined ? {} : { Focus: params.focus }),
        Style: params.style,
        Words: `at most ${shareWords(params.maxWords).text} in all`,
      },
      sections: {
        about: about.map(({ summary }, index) => ({
          tag: `a${index + 1}`,
          text: summary.slice(0, 300),
        })),
        points: points.map(({ id, kind, weight, text }) => ({
          tag: `${id} ${kind} ${weight}`,
          text,
        })),
      },
    }),
    maxOutputTokens: Math.max(6_000, 3_000 + params.maxWords * 2),
    temperature: 0.3,
    unitIds: [],
    context: {},
  };
}

type SourcesOf = (point: Point) => readonly string[];

/** What a point may take its figures from: its own text and the units that its evidence is from. */
function createSources(context: StageContext): SourcesOf {
  const sourceText = createSourceText(context.documents);
  return (point) => [
    point.text,
    ...point.evidence.flatMap(({ unitId }) => {
      const unit = context.unit(unitId);
      return unit === undefined ? [] : sourceText.around(unit);
    }),
  ];
}

function headlineFaults(
  headline: PolishAnswer['headline'],
  { offered, sources }: { offered: ReadonlyMap<string, Point>; sources: SourcesOf },
): AnswerFault[] {
  const from = headline.from.map((id) => offered.get(bareId(id)));
  const known = from.filter((point) => point !== undefined);
  if (known.length === 0 || known.length < from.length) {
    return [fault('The headline must name the points that support it, by ids that are given.')];
  }
  const isTrue = unsupportedFigures(headline.text, known.flatMap(sources)).length === 0;
  const isShort = countWords(headline.text) <= maxHeadlineWords;
  return [
    ...(isTrue ? [] : [fault('The headline has a figure that is in none of its points.')]),
    ...(isShort ? [] : [fault(`The headline has more than ${maxHeadlineWords} words.`)]),
  ];
}

function bareId(id: string): string {
  return id.replace(/[[\]\s]/g, '');
}

/** Ids come from the model: only what looks like one is repeated in a fault. */
function idForPeople(id: string): string {
  return /^p\d{1,5}$/.test(bareId(id)) ? bareId(id) : 'of that name';
}

function fault(sentence: string): AnswerFault {
  return { sentence, isFatal: false };
}
