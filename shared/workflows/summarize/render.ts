import { type CitationList, createCitationList } from '../citation-list.ts';
import type { RenderContext, Rendering } from '../definition.ts';
import { countWords, guessLanguage } from '../language.ts';
import { describeValue, fitNumbers, fitToRoom, groupOf, type Room, shareWords } from './fit.ts';
import { SummarizeParams } from './params.ts';
import { maxHeadlineWords } from './polish.ts';
import { type SummarizeResult, writeReport } from './report.ts';
import { type Point, PolishOutput, VerifyOutput } from './schemas.ts';

/** An executive summary is read in one go. */
const executiveRoom: Room['most'] = { key: 9, risk: 5, question: 5, decision: 5 };

/** Names and lists say nothing about the language of a document. */
const minProseWords = 8;
const maxProseUnits = 200;

/** Makes the result, its citations and the report. What is shown has been verified; polishing only changes its wording and order. */
export function renderSummary(context: RenderContext): Rendering {
  const params = SummarizeParams.parse(context.params);
  const { points, dropped } = VerifyOutput.parse(context.earlier('verify'));
  const polish = PolishOutput.safeParse(context.earlier('polish')).data;
  const words = shareWords(params.maxWords);
  const most = params.style === 'executive' ? executiveRoom : {};
  const headline = chooseHeadline(points, polish);
  const shown = fitToRoom(
    wordedPoints(points, polish).filter(({ text }) => text !== headline?.text),
    { words: words.text - (headline?.words ?? 0), most },
  );

  const citations = createCitationList(context);
  const cite = (point: Point) => citations.cite(point.evidence, point.text);
  const cited = (group: ReturnType<typeof groupOf>) =>
    shown
      .filter(({ kind }) => groupOf(kind) === group)
      .map((point) => ({
        text: point.text,
        citations: cite(point),
        place: placeOf(context, point),
      }));
  const headlineCitations = (headline?.support ?? []).flatMap((point) =>
    citations.cite(point.evidence.slice(0, 1), headline?.text ?? point.text),
  );
  const result: SummarizeResult = {
    title: titleOf(context),
    headline: headline?.text ?? 'No statement of the document could be supported by a quote.',
    headlineCitations,
    points: cited('key'),
    decisions: cited('decision'),
    risks: cited('risk'),
    openQuestions: cited('question'),
    numbers: citedNumbers(points, words.numbers, citations),
    dropped: dropped.length,
    documents: context.documents.map(({ id, name, title, units }) => ({
      id,
      name,
      ...(title === undefined ? {} : { title }),
      units: units.length,
    })),
  };
  const language = languageOf(context, params);
  return {
    result,
    citations: citations.all,
    report: writeReport(context, { params, result, language, isPolished: polish !== undefined }),
  };
}

/** Points in the order and wording of the polish; without one, as they were verified. */
function wordedPoints(points: readonly Point[], polish: PolishOutput | undefined): Point[] {
  if (polish === undefined || polish.points.length === 0) return [...points];
  const byId = new Map(points.map((point) => [point.id, point]));
  return polish.points.flatMap(({ id, text }) => {
    const point = byId.get(id);
    return point === undefined ? [] : [{ ...point, text }];
  });
}

interface Headline {
  readonly text: string;
  readonly words: number;
  readonly support: readonly Point[];
}

function chooseHeadline(
  points: readonly Point[],
  polish: PolishOutput | undefined,
): Headline | undefined {
  const support = points.filter(({ id }) => polish?.headline?.from.includes(id));
  if (polish?.headline !== undefined && support.length > 0) {
    return headlineOf(polish.headline.text, support);
  }
  const [heaviest] = points.toSorted((left, right) => right.weight - left.weight);
  if (heaviest === undefined) return undefined;
  const short = points.filter(({ text }) => countWords(text) <= maxHeadlineWords);
  const best = short.toSorted((left, right) => right.weight - left.weight)[0] ?? heaviest;
  return headlineOf(shorten(best.text), [best]);
}

function headlineOf(text: string, support: readonly Point[]): Headline {
  return { text, words: countWords(text), support };
}

function shorten(text: string): string {
  const words = text.split(' ');
  if (words.length <= maxHeadlineWords) return text;
  return `${words.slice(0, maxHeadlineWords - 1).join(' ')} …`;
}

function citedNumbers(
  points: readonly Point[],
  words: number,
  citations: CitationList,
): SummarizeResult['numbers'] {
  const facts = points
    .toSorted((left, right) => right.weight - left.weight)
    .flatMap((point) => point.numbers.map((number) => ({ number, point })));
  const chosen = new Set(fitNumbers(facts, words));
  const inOrder = points.flatMap((point) => facts.filter((fact) => fact.point === point));
  return inOrder
    .filter((fact) => chosen.has(fact))
    .map(({ number, point }) => ({
      label: number.label,
      value: describeValue(number),
      citations: citations.cite(point.evidence, point.text),
    }));
}

/** Headings above the first evidence of a point, outermost first, with the name of the document where there are several. */
function placeOf(context: RenderContext, point: Point): string[] {
  const [first] = point.evidence;
  const unit = first === undefined ? undefined : context.unit(first.unitId);
  const own = unit?.kind === 'heading' ? [unit.text] : [];
  const headings = [...(unit?.locator.headingPath ?? []), ...own];
  if (context.documents.length === 1) return headings;
  const document = context.documents.find(({ id }) => unit?.id.startsWith(`${id}.`));
  return [document?.title ?? document?.name ?? '', ...headings];
}

function titleOf(context: RenderContext): string {
  const [first] = context.documents;
  if (first === undefined || context.documents.length > 1) {
    return `Summary of ${context.documents.length} documents`;
  }
  return `Summary of ${first.title ?? first.name}`;
}

function languageOf(context: RenderContext, params: SummarizeParams): string {
  if (params.language !== 'auto') return params.language;
  const texts = context.documents.flatMap(({ units }) => units.map(({ text }) => text));
  const prose = texts.filter((text) => countWords(text) >= minProseWords).slice(0, maxProseUnits);
  return guessLanguage((prose.length > 0 ? prose : texts.slice(0, maxProseUnits)).join(' '));
}
