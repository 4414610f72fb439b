import type { Report, ReportBlock, Run } from '#shared/domain/report.ts';
import type { RenderContext } from '../definition.ts';
import {
  answeredBy,
  coverageSentence,
  documentRemarks,
  gapNotices,
  simulatedNotices,
  subtitleOf,
} from '../notices.ts';
import type { SummarizeParams } from './params.ts';
import { ReduceOutput } from './schemas.ts';

/** A claim with the ids of its citations. */
export interface CitedClaim {
  readonly text: string;
  readonly citations: readonly string[];
  /** Headings above it in the document, outermost first. */
  readonly place: readonly string[];
}

/** Content of `result.json`. */
export interface SummarizeResult {
  readonly title: string;
  readonly headline: string;
  readonly headlineCitations: readonly string[];
  readonly points: readonly CitedClaim[];
  readonly decisions: readonly CitedClaim[];
  readonly risks: readonly CitedClaim[];
  readonly openQuestions: readonly CitedClaim[];
  readonly numbers: readonly {
    readonly label: string;
    readonly value: string;
    readonly citations: readonly string[];
  }[];
  /** Claims of the model that were left out because code could not find their quote or their figures in the document. */
  readonly dropped: number;
  readonly documents: readonly {
    readonly id: string;
    readonly name: string;
    readonly title?: string;
    readonly units: number;
  }[];
}

interface Summary {
  readonly params: SummarizeParams;
  readonly result: SummarizeResult;
  readonly language: string;
  readonly isPolished: boolean;
}

export function writeReport(context: RenderContext, summary: Summary): Report {
  const { result, params, language } = summary;
  return {
    title: result.title,
    ...subtitleOf(context),
    language,
    blocks: [
      ...notices(context, summary),
      { kind: 'lead', runs: [runOf(result.headline, result.headlineCitations)] },
      ...(params.style === 'section'
        ? sectionBlocks(result.points)
        : listUnder('Key points', result.points)),
      ...numberBlocks(result),
      ...listUnder('Decisions', result.decisions),
      ...listUnder('Risks', result.risks),
      ...listUnder('Open questions', result.openQuestions),
    ],
    colophon: colophon(context, summary),
  };
}

/** What the reader must know before reading: what is missing, and who wrote it if it was no model. */
function notices(context: RenderContext, { isPolished, result }: Summary): ReportBlock[] {
  const { failedCalls } = ReduceOutput.safeParse(context.earlier('reduce')).data ?? {
    failedCalls: context.earlier('reduce') === undefined ? 1 : 0,
  };
  const texts = [
    ...gapNotices(context, 'This summary'),
    ...(failedCalls > 0
      ? ['Some notes could not be merged; the summary may repeat itself or weigh points unevenly.']
      : []),
    ...(!isPolished && result.points.length > 0
      ? [
          'The last step, which improves the wording, did not succeed; the points are shown as noted.',
        ]
      : []),
    ...simulatedNotices(
      context,
      'This summary was put together by a program from sentences of the document',
    ),
  ];
  return texts.map((text) => ({ kind: 'notice', text }));
}

function sectionBlocks(points: readonly CitedClaim[]): ReportBlock[] {
  const shared = sharedDepth(points.map(({ place }) => place));
  const groups = new Map<string, CitedClaim[]>();
  for (const point of points) {
    const name = point.place[shared] ?? 'Opening';
    groups.set(name, [...(groups.get(name) ?? []), point]);
  }
  const blocks = [...groups].flatMap(([text, claims]): ReportBlock[] => [
    { kind: 'heading', level: 2, text },
    list(claims),
  ]);
  return blocks.length === 0 ? [] : [{ kind: 'heading', level: 1, text: 'By section' }, ...blocks];
}

/** How many of the outermost headings all points share: they tell nothing apart. */
function sharedDepth(places: readonly (readonly string[])[]): number {
  const [first = []] = places;
  let depth = 0;
  while (depth < first.length && places.every((place) => place[depth] === first[depth])) depth += 1;
  return depth;
}

function numberBlocks({ numbers }: SummarizeResult): ReportBlock[] {
  if (numbers.length === 0) return [];
  return [
    { kind: 'heading', level: 1, text: 'Numbers' },
    {
      kind: 'table',
      header: ['What', 'Value'],
      rows: numbers.map(({ label, value, citations }) => [
        [{ text: label }],
        [runOf(value, citations)],
      ]),
    },
  ];
}

function listUnder(heading: string, claims: readonly CitedClaim[]): ReportBlock[] {
  return claims.length === 0 ? [] : [{ kind: 'heading', level: 1, text: heading }, list(claims)];
}

function list(claims: readonly CitedClaim[]): ReportBlock {
  const items = claims.map(({ text, citations }) => [runOf(text, citations)]);
  return { kind: 'list', isOrdered: false, items };
}

function runOf(text: string, citations: readonly string[]): Run {
  return citations.length === 0 ? { text } : { text, citations: [...citations] };
}

function colophon(context: RenderContext, { result }: Summary): string[] {
  return [
    answeredBy(context, 'sentences are picked from the document, not written by a language model'),
    `${coverageSentence(context)} Every quote was found in the document by program.`,
    result.dropped === 0
      ? 'No claim had to be dropped.'
      : `${result.dropped} ${result.dropped === 1 ? 'claim was' : 'claims were'} dropped because the quote or a figure could not be found in the document.`,
    ...documentRemarks(context),
  ];
}
