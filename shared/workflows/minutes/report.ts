import type { Document } from '#shared/domain/document.ts';
import type { Report, ReportBlock, Run } from '#shared/domain/report.ts';
import type { RenderContext } from '../definition.ts';
import {
  answeredBy,
  coverageSentence,
  documentRemarks,
  gapNotices,
  simulatedNotices,
} from '../notices.ts';
import { fieldsIn } from './inputs.ts';
import { type Labels, labelsOf } from './labels.ts';
import type {
  Cited,
  MinutedAction,
  MinutedDecision,
  MinutedTopic,
  MinutesContent,
} from './result.ts';

const subject = 'This record of the meeting';

/** The minutes as a report, for a template where one is given: what the template shows itself is not said twice. */
export function writeMinutes(
  context: RenderContext,
  content: MinutesContent,
  template: Document | undefined,
): Report {
  const { result, language, params } = content;
  const labels = labelsOf(language);
  const fields = template === undefined ? new Set<string>() : fieldsIn(template);
  return {
    title: result.title,
    subtitle: result.date,
    language,
    blocks: [
      ...notices(context, content, template).map((text): ReportBlock => ({ kind: 'notice', text })),
      ...aboutBlocks(content, labels, fields),
      { kind: 'heading', level: 1, text: labels.decisions },
      ...decisionBlocks(result.decisions, labels),
      { kind: 'heading', level: 1, text: labels.actions },
      ...actionBlocks(result.actions, labels),
      ...(params.style === 'full' ? topicBlocks(result.topics, labels) : []),
      ...listUnder(labels.questions, result.openQuestions),
      ...listUnder(labels.unaccounted, result.unaccounted),
    ],
    colophon: colophon(context, content),
  };
}

/** Texts for the placeholders of a template. */
export function fieldsOf({ result }: MinutesContent): Readonly<Record<string, string>> {
  return {
    title: result.title,
    subtitle: result.date,
    date: result.date,
    attendees: result.attendees.join(', '),
    silent: result.silent.join(', '),
    uninvited: result.uninvited.join(', '),
    agenda: result.topics
      .filter(({ isOnAgenda }) => isOnAgenda)
      .map(({ title }, index) => `${index + 1}. ${title}`)
      .join('; '),
  };
}

/** What is missing or assumed, for the first page. */
export function notices(
  context: RenderContext,
  content: MinutesContent,
  template: Document | undefined,
): string[] {
  const { result, isComposed, params } = content;
  const { unaccounted, dropped } = result;
  const reasons = context.reasons.filter(({ details }) => details?.['sentences'] === undefined);
  return [
    ...gapNotices({ ...context, reasons }, subject),
    ...(unaccounted.length === 0
      ? []
      : [
          `${subject} may not be complete: ${countOf(unaccounted.length, 'sentence')} that may be a decision or an action ${unaccounted.length === 1 ? 'was' : 'were'} not accounted for. See the last section, and look at: ${unaccounted
            .slice(0, 5)
            .map(({ time }) => time)
            .join(', ')}${unaccounted.length > 5 ? ', …' : ''}.`,
        ]),
    ...(result.isDateAssumed
      ? [
          `No date of the meeting was given. ${result.date}, the day on which the transcript was sent in, is assumed, and dates such as “by Friday” are reckoned from it.`,
        ]
      : []),
    ...doubtNotices(result.actions),
    ...(dropped === 0
      ? []
      : [
          `${countOf(dropped, 'statement')} of the model ${dropped === 1 ? 'was' : 'were'} left out because the quote or a figure does not stand in the transcript.`,
        ]),
    ...(isComposed || params.style === 'brief'
      ? []
      : ['The last step, which words the topics, did not succeed; the notes are shown as taken.']),
    ...(template === undefined ? [] : templateNotices(template, fieldsOf(content))),
    ...simulatedNotices(
      context,
      'These minutes were put together by a program from sentences of the transcript',
    ),
  ];
}

/** Owners and dates that nobody should rely on unseen. */
function doubtNotices(actions: readonly MinutedAction[]): string[] {
  const owners = actions.filter(
    ({ ownerStatus }) => ownerStatus === 'ambiguous' || ownerStatus === 'unsupported',
  );
  const dates = actions.filter(
    ({ dueStatus }) => dueStatus === 'impossible' || dueStatus === 'unsupported',
  );
  const numbersOf = (some: readonly MinutedAction[]) =>
    some.map((action) => actions.indexOf(action) + 1).join(', ');
  return [
    ...(owners.length === 0 ? [] : [`The owner is not certain for action ${numbersOf(owners)}.`]),
    ...(dates.length === 0 ? [] : [`The date cannot be right for action ${numbersOf(dates)}.`]),
  ];
}

function templateNotices(template: Document, known: Readonly<Record<string, string>>): string[] {
  const fields = fieldsIn(template);
  const unknown = [...fields].filter((name) => name !== 'content' && !Object.hasOwn(known, name));
  return [
    ...(fields.has('content')
      ? []
      : [
          `The template ${template.name} has no paragraph {{content}}, so the minutes stand in place of its text.`,
        ]),
    ...(unknown.length === 0
      ? []
      : [
          `The template ${template.name} has fields that minutes do not fill in: ${unknown.join(', ')}.`,
        ]),
  ];
}

function aboutBlocks(
  { result }: MinutesContent,
  labels: Labels,
  fields: ReadonlySet<string>,
): ReportBlock[] {
  const rows: (readonly [string, string, string])[] = [
    ['date', labels.date, result.date],
    ['attendees', labels.attendees, result.attendees.join(', ')],
    ['uninvited', labels.uninvited, result.uninvited.join(', ')],
    ['silent', labels.silent, result.silent.join(', ')],
  ];
  return rows
    .filter(([field, , text]) => !fields.has(field) && text !== '')
    .map(([, label, text]) => ({
      kind: 'paragraph',
      runs: [{ text: `${label}: `, isBold: true }, { text }],
    }));
}

function decisionBlocks(decisions: readonly MinutedDecision[], labels: Labels): ReportBlock[] {
  if (decisions.length === 0) return [sentence(labels.noDecisions)];
  const items = decisions.map((decision) => [
    ...(decision.isWithdrawn ? [{ text: labels.withdrawn, isBold: true }] : []),
    runOf(decision.text, decision.citations),
    ...(decision.remarks.length === 0
      ? []
      : [{ text: ` (${decision.remarks.join(' ')})`, isItalic: true }]),
  ]);
  return [{ kind: 'list', isOrdered: true, items }];
}

function actionBlocks(actions: readonly MinutedAction[], labels: Labels): ReportBlock[] {
  if (actions.length === 0) return [sentence(labels.noActions)];
  return [
    {
      kind: 'table',
      header: [labels.number, labels.task, labels.owner, labels.due, labels.remarks],
      rows: actions.map((action, index) => [
        [{ text: String(index + 1) }],
        [
          ...(action.isWithdrawn ? [{ text: labels.withdrawn, isBold: true }] : []),
          runOf(action.text, action.citations),
        ],
        [{ text: action.owner || action.ownerSaid || labels.open }],
        [{ text: action.due || action.dueSaid || labels.open }],
        [{ text: remarksOf(action) }],
      ]),
    },
  ];
}

/** A date is shown with the words that it was read from, so that a reader can judge. */
function remarksOf(action: MinutedAction): string {
  const said = action.due === '' || action.dueSaid === '' ? [] : [`“${action.dueSaid}”.`];
  return [...said, ...action.remarks].join(' ');
}

function topicBlocks(topics: readonly MinutedTopic[], labels: Labels): ReportBlock[] {
  if (topics.length === 0) return [];
  return [
    { kind: 'heading', level: 1, text: labels.topics },
    ...topics.flatMap((topic): ReportBlock[] => {
      const isEmpty = topic.summary === '' && topic.points.length === 0;
      if (isEmpty && !topic.isOnAgenda) return [];
      return [
        { kind: 'heading', level: 2, text: topic.title || labels.otherTopics },
        ...(isEmpty ? [sentence(labels.notDiscussed)] : []),
        ...(topic.summary === ''
          ? []
          : [
              {
                kind: 'paragraph' as const,
                runs: [runOf(topic.summary, topic.summaryCitations)],
              },
            ]),
        ...(topic.points.length === 0 ? [] : [list(topic.points)]),
      ];
    }),
  ];
}

function listUnder(heading: string, claims: readonly Cited[]): ReportBlock[] {
  return claims.length === 0 ? [] : [{ kind: 'heading', level: 1, text: heading }, list(claims)];
}

function list(claims: readonly Cited[]): ReportBlock {
  const items = claims.map(({ text, citations }) => [runOf(text, citations)]);
  return { kind: 'list', isOrdered: false, items };
}

function sentence(text: string): ReportBlock {
  return { kind: 'paragraph', runs: [{ text }] };
}

function runOf(text: string, citations: readonly string[]): Run {
  return citations.length === 0 ? { text } : { text, citations: [...citations] };
}

function colophon(context: RenderContext, { result }: MinutesContent): string[] {
  const { passedOver, merged } = result;
  return [
    answeredBy(
      context,
      'sentences are picked from the transcript, not written by a language model',
    ),
    `${coverageSentence(context)} Every quote was found in the transcript by program; owners and dates were resolved by program.`,
    `${countOf(passedOver.length, 'sentence')} that may sound like a decision or an action ${passedOver.length === 1 ? 'was' : 'were'} judged to be neither; result.json lists them with the reasons.`,
    ...(merged === 0
      ? []
      : [
          `${countOf(merged, 'note')} said what another one says and ${merged === 1 ? 'was' : 'were'} merged with it.`,
        ]),
    ...documentRemarks(context),
  ];
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
