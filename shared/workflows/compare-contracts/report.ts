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
import type { CompareResult, ResultChange } from './result.ts';
import { MemoOutput, type Risk } from './schemas.ts';
import { cutText } from './shown-change.ts';
import type { Versions } from './versions.ts';

interface Memo {
  readonly result: CompareResult;
  readonly language: string;
  readonly versions: Versions;
}

const maxShownText = 280;
const risks: readonly Risk[] = ['high', 'medium', 'low', 'none'];

/** The memo: first what matters, then every change, then what could not be judged or shown. */
export function writeMemo(context: RenderContext, memo: Memo): Report {
  const { result, language } = memo;
  const output = MemoOutput.safeParse(context.earlier('memo')).data;
  return {
    title: `Comparison of ${result.base} and ${result.revised}`,
    ...subtitleOf(context),
    language,
    blocks: [
      ...notices(context, memo, output === undefined),
      { kind: 'lead', runs: leadOf(result, output) },
      ...pointBlocks(result, output),
      ...materialBlocks(result),
      ...unjudgedBlocks(result),
      ...tableBlocks(result),
      ...remarkBlocks(memo),
    ],
    colophon: colophon(context),
  };
}

function notices(context: RenderContext, { result }: Memo, isWithoutMemo: boolean): ReportBlock[] {
  const { redline, counts } = result;
  const texts = [
    ...gapNotices(context, 'This comparison'),
    ...(counts.notJudged > 0
      ? [
          `${counted(counts.notJudged, 'change')} could not be judged. They are in the list and in the redline, marked “not judged”.`,
        ]
      : []),
    ...redline.remarks.filter((text) => !redline.hasLayout || text.includes('not in the redline')),
    ...(isWithoutMemo && counts.material > 0
      ? ['The last step, which sums up, did not succeed; the judgements are shown one by one.']
      : []),
    ...simulatedNotices(
      context,
      'The changes were judged by a program that goes by words and figures',
    ),
  ];
  return texts.map((text) => ({ kind: 'notice', text }));
}

function leadOf(result: CompareResult, output: MemoOutput | undefined): Run[] {
  const { counts } = result;
  const sentence =
    counts.changes === 0
      ? 'The two documents say the same.'
      : `${counted(counts.changes, 'change')}, ${counts.material} of ${counts.changes === 1 ? 'it' : 'them'} material.`;
  const headline = output?.headline;
  if (headline === undefined) return [{ text: sentence }];
  return [runFor(headline, result), { text: ` ${sentence}` }];
}

function pointBlocks(result: CompareResult, output: MemoOutput | undefined): ReportBlock[] {
  if (output === undefined || output.points.length === 0) return [];
  const items = output.points.map((point) => [runFor(point, result)]);
  return [
    { kind: 'heading', level: 1, text: 'What matters' },
    { kind: 'list', isOrdered: false, items },
  ];
}

/** A claim with the quotes of both documents that it rests on. */
function runFor(
  { text, from }: { text: string; from: readonly string[] },
  result: CompareResult,
): Run {
  const citations = result.changes
    .filter(({ id }) => from.includes(id))
    .flatMap((change) => [...change.citations.base, ...change.citations.revised]);
  return citations.length === 0 ? { text } : { text, citations: [...new Set(citations)] };
}

function materialBlocks({ changes }: CompareResult): ReportBlock[] {
  const blocks = risks.flatMap((risk): ReportBlock[] => {
    const own = changes.filter((change) => change.material === true && change.risk === risk);
    if (own.length === 0) return [];
    const heading = risk === 'none' ? 'Material, without risk' : `Material, ${risk} risk`;
    return [{ kind: 'heading', level: 2, text: heading }, ...own.flatMap(changeBlocks)];
  });
  if (blocks.length === 0) return [];
  return [{ kind: 'heading', level: 1, text: 'Material changes' }, ...blocks];
}

function changeBlocks(change: ResultChange): ReportBlock[] {
  const { clause, type, why, rules } = change;
  const ruleText = rules.length === 0 ? '' : ` Rules: ${rules.join(', ')}.`;
  return [
    {
      kind: 'paragraph',
      runs: [{ text: `${clause} (${type}). `, isBold: true }, { text: `${why}${ruleText}` }],
    },
    ...sideBlocks('Before', change.before, change.citations.base),
    ...sideBlocks('After', change.after, change.citations.revised),
  ];
}

function sideBlocks(label: string, text: string, citations: readonly string[]): ReportBlock[] {
  if (text === '') return [];
  const shown: Run = { text: cutText(text, maxShownText), isItalic: true };
  return [
    {
      kind: 'paragraph',
      runs: [
        { text: `${label}: ` },
        citations.length === 0 ? shown : { ...shown, citations: [...citations] },
      ],
    },
  ];
}

function unjudgedBlocks({ changes }: CompareResult): ReportBlock[] {
  const own = changes.filter(({ material }) => material === null);
  if (own.length === 0) return [];
  return [
    { kind: 'heading', level: 1, text: 'What could not be judged' },
    ...own.flatMap(changeBlocks),
  ];
}

function tableBlocks({ changes }: CompareResult): ReportBlock[] {
  if (changes.length === 0) return [];
  return [
    { kind: 'heading', level: 1, text: 'All changes' },
    {
      kind: 'table',
      header: ['Clause', 'Change', 'Before', 'After', 'Judgement'],
      rows: changes.map((change) => [
        [{ text: change.clause }],
        [{ text: change.type }],
        [{ text: cutText(change.before, maxShownText) }],
        [
          {
            text:
              change.type === 'moved' ? 'the same, elsewhere' : cutText(change.after, maxShownText),
          },
        ],
        [{ text: verdictOf(change) }],
      ]),
    },
  ];
}

/** The judgement in two words. */
export function verdictOf({ material, risk, opinions }: ResultChange): string {
  if (material === null) return 'not judged';
  const words = material ? `material, risk ${risk}` : 'not material';
  return opinions === undefined ? words : `${words} (disputed)`;
}

function remarkBlocks({ result, versions }: Memo): ReportBlock[] {
  const { counts, redline } = result;
  const tracked = [versions.base, versions.revised].filter(({ changes }) => changes.length > 0);
  const sentences = [
    `${counted(counts.unchanged, 'paragraph')} or table rows are the same in both documents.`,
    ...(counts.spacingOnly > 0
      ? [
          `${counted(counts.spacingOnly, 'paragraph')} differ only in white space or in the form of quotation marks and dashes, and are not listed.`,
        ]
      : []),
    ...(counts.renumberedOnly > 0
      ? [
          `${counted(counts.renumberedOnly, 'paragraph')} differ only in a typed number, and are not listed.`,
        ]
      : []),
    ...tracked.map(
      ({ name }) => `${name} has tracked changes of its own; they count as accepted here.`,
    ),
    'Formatting, pictures, charts and remarks in the margin are not compared.',
    ...(redline.hasLayout ? redline.remarks : []),
  ];
  return [
    { kind: 'heading', level: 1, text: 'What else to know' },
    { kind: 'list', isOrdered: false, items: sentences.map((text) => [{ text }]) },
  ];
}

function colophon(context: RenderContext): string[] {
  return [
    answeredBy(context, 'changes are judged by their words and figures, not by a language model'),
    `${coverageSentence(context)} Differences were found by program, and every quote stands in its document.`,
    'A judgement is no legal advice.',
    ...documentRemarks(context),
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
