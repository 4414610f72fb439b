import { strFromU8, unzipSync } from 'fflate';
import { Citation } from '#shared/domain/citation.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import type { MinutesResult } from '#shared/workflows/minutes/result.ts';
import { meetingFile, type TranscriptFormat } from './meetings/files.ts';
import { fatesOfLies } from './meetings/lies.ts';
import { type Meeting, planMeeting } from './meetings/meeting.ts';
import { type Case, type CaseRun, describeLie, jsonOf, rulesFor, runCase } from './run-case.ts';
import { faultFailures, type Score, type ScoreCase } from './score.ts';

interface MeetingCase {
  readonly minutes: number;
  readonly language: 'en' | 'de';
  readonly format: TranscriptFormat;
}

const cases: readonly MeetingCase[] = [
  { minutes: 10, language: 'en', format: 'vtt' },
  { minutes: 30, language: 'en', format: 'srt' },
  { minutes: 60, language: 'en', format: 'teams' },
  { minutes: 180, language: 'en', format: 'vtt' },
  { minutes: 30, language: 'en', format: 'txt' },
  { minutes: 30, language: 'en', format: 'docx' },
  { minutes: 30, language: 'en', format: 'zoom' },
  { minutes: 30, language: 'en', format: 'amazon' },
  { minutes: 30, language: 'de', format: 'vtt' },
  { minutes: 60, language: 'de', format: 'txt' },
];
const lies: readonly FaultName[] = [
  'invented-quote',
  'wrong-number',
  'wrong-owner',
  'wrong-due',
  'missing-ids',
];
const date = '2026-03-11';
/** Of small parts, so that there are many answers to lie in, and without the stage that only words what is verified. */
const brief = { style: 'brief', chunkTokens: 600 };

/** Meetings made by code, whose decisions and actions are known; and the same under models that lie in every answer. */
export function minutesCases(): ScoreCase[] {
  const workflow = 'minutes';
  return [
    ...cases.map((each, index) => ({
      workflow,
      name: nameOf(each),
      isQuick: each.minutes <= 10,
      run: async () => [await scoreOf(each, index + 1)],
    })),
    ...lies.map((fault) => ({
      workflow,
      name: `120 min, ${describeLie({ fault, oneIn: 1 })}`,
      isQuick: false,
      run: async () => [await scoreOfLie(fault)],
    })),
  ];
}

function nameOf({ minutes, language, format }: MeetingCase): string {
  return `${minutes} min, ${language}, ${format}`;
}

async function scoreOf(given: MeetingCase, seed: number): Promise<Score> {
  const meeting = planMeeting(given.minutes, { language: given.language, seed, date });
  const input = await meetingFile(meeting, given.format);
  const run = await runMeeting(meeting, input, {});
  const verdict = judge(meeting, run, textOf(input));
  const { owners, dates } = verdict;
  const score = scoreFrom(
    `${nameOf(given)}; owners ${ratio(owners)}, dates ${ratio(dates)}`,
    run,
    verdict,
  );
  return {
    ...score,
    failures: [
      ...score.failures,
      ...(run.measured.status === 'SUCCEEDED' ? [] : [`It ended as ${run.measured.status}.`]),
      ...(verdict.recall === 1 ? [] : ['A decision or an action was not found.']),
      ...(owners.right === owners.all ? [] : ['An owner is wrong.']),
      ...(dates.right === dates.all ? [] : ['A date is wrong.']),
    ],
  };
}

/** The liar lies in each answer, re-asked or not, so that nothing can be repaired by asking again: what is left must be caught by code. */
async function scoreOfLie(fault: FaultName): Promise<Score> {
  const lie = { fault, oneIn: 1 };
  const meeting = planMeeting(120, { language: 'en', seed: 77, date });
  const input = await meetingFile(meeting, 'vtt');
  const run = await runMeeting(meeting, input, { params: brief, faults: rulesFor(lie) });
  const verdict = judge(meeting, run, textOf(input));
  const faults = fatesOfLies(fault, run, { meeting });
  const score = scoreFrom(`120 min, ${describeLie(lie)}`, run, verdict);
  return { ...score, faults, failures: [...score.failures, ...faultFailures(faults)] };
}

async function runMeeting(
  { attendees, date: day }: Meeting,
  file: { name: string; bytes: Uint8Array },
  { params = {}, faults = [] }: Pick<Case, 'params' | 'faults'>,
): Promise<CaseRun> {
  const all = { attendees, date: day, ...params };
  return runCase({ workflow: 'minutes', files: [file], params: all, faults });
}

interface Tally {
  readonly all: number;
  readonly right: number;
  /** Wrong, and said to be uncertain. */
  readonly named: number;
}

interface Verdict {
  readonly recall: number;
  readonly precision: number;
  readonly owners: Tally;
  readonly dates: Tally;
  readonly citations: { readonly shipped: number; readonly found: number };
}

function judge({ actions, decisions }: Meeting, run: CaseRun, source: string): Verdict {
  const result = resultOf(run);
  const matches = actions.flatMap((planted) => {
    const action = result.actions.find(({ quote }) => quote.includes(planted.mark));
    return action === undefined ? [] : [{ planted, action }];
  });
  const decided = decisions.filter((mark) =>
    result.decisions.some(({ quote }) => quote.includes(mark)),
  );
  const shown = result.actions.length + result.decisions.length;
  const owners = matches.map(({ planted, action }) => {
    const isRight = planted.isAmbiguous
      ? action.owner === '' && action.ownerStatus === 'ambiguous'
      : action.owner === planted.owner && action.isWithdrawn === planted.isWithdrawn;
    return { isRight, isNamed: action.remarks.length > 0 };
  });
  const dates = matches.map(({ planted, action }) => ({
    isRight:
      action.due === (planted.date ?? '') &&
      (action.dueStatus === 'impossible') === planted.isImpossible,
    isNamed: action.remarks.length > 0,
  }));
  const citations = Citation.array().parse(jsonOf(run, 'citations.json') ?? []);
  return {
    recall: (matches.length + decided.length) / (actions.length + decisions.length),
    precision: (matches.length + decided.length) / Math.max(1, shown),
    owners: tally(owners),
    dates: tally(dates),
    citations: {
      shipped: citations.length,
      found: citations.filter(({ quote }) => source.includes(quote)).length,
    },
  };
}

function tally(verdicts: readonly { isRight: boolean; isNamed: boolean }[]): Tally {
  return {
    all: verdicts.length,
    right: verdicts.filter(({ isRight }) => isRight).length,
    named: verdicts.filter(({ isRight, isNamed }) => !isRight && isNamed).length,
  };
}

function scoreFrom(name: string, run: CaseRun, verdict: Verdict): Score {
  const { recall, precision, citations } = verdict;
  const lost = citations.shipped - citations.found;
  return {
    workflow: 'minutes',
    name,
    ...run.measured,
    accuracy: { recall, precision },
    citations,
    failures: lost === 0 ? [] : [`${lost} citations do not stand in the transcript.`],
  };
}

function resultOf(run: CaseRun): MinutesResult {
  return jsonOf(run, 'result.json') as MinutesResult;
}

function ratio({ right, all }: Tally): string {
  return `${right}/${all}`;
}

/** The file as text, read by nothing of ours. */
function textOf({ name, bytes }: { name: string; bytes: Uint8Array }): string {
  if (!name.endsWith('.docx'))
    return name.endsWith('.json') ? JSON.stringify(JSON.parse(strFromU8(bytes))) : strFromU8(bytes);
  const xml = strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array());
  return xml
    .replace(/<[^>]+>/g, '')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"');
}
