import type { CallSpec } from '#shared/domain/call.ts';
import { callIdOf, UnitId } from '#shared/domain/ids.ts';
import type { AnswerFault, ModelStage, StageContext } from '../definition.ts';
import { unsupportedFigures } from '../figures.ts';
import { describeLanguage } from '../language-param.ts';
import { type PromptLine, writePrompt } from '../prompt.ts';
import { SummarizeParams } from './params.ts';
import { reducePrompt } from './prompts.ts';
import { type Finding, type Note, NotesOutput, ReduceAnswer, ReduceOutput } from './schemas.ts';

/** Groups of notes that one call merges. */
export const fanIn = 8;
/** Most findings in one question, about 15,000 tokens. */
const maxFindingsPerCall = 320;

/**
 * Merges the notes as a tree, group by group, until one group is left. A call that fails costs nothing: what it was asked about is
 * carried on as it is.
 */
export const reduceStage: ModelStage = {
  kind: 'model',
  name: 'reduce',
  title: 'Merging the notes',
  tracksCoverage: false,
  // Without any merging the notes themselves are summarized: that is poorer, and the report says so, but nothing is lost.
  isAdvisory: true,
  maxRounds: 6,
  answer: ReduceAnswer,

  plan(context) {
    const notes = notesById(context);
    const bundles = bundlesOf(groupsBefore(context)).filter(isWorthACall);
    return bundles.map((bundle, index) => planCall(context, { bundle, index, notes }));
  },

  check(answer, spec) {
    const { points } = ReduceAnswer.parse(answer);
    const known = knownIds(spec);
    if (points.length === 0 && known.length > 0) return [fault('At least one point must be kept.')];
    return points.flatMap((point, index) => checkPoint(point, index + 1, { known, spec }));
  },

  assemble(context) {
    const before = ReduceOutput.safeParse(context.previous).data;
    const bundles = bundlesOf(groupsBefore(context));
    const outcomes = context.outcomes[Symbol.iterator]();
    let failedCalls = before?.failedCalls ?? 0;
    let setAside = before?.setAside ?? 0;
    const groups = bundles.flatMap((bundle) => {
      if (!isWorthACall(bundle)) return [...bundle];
      const outcome = outcomes.next().value;
      const merged = outcome?.isAnswered ? mergeBundle(bundle, outcome) : undefined;
      if (merged === undefined) {
        failedCalls += 1;
        return [...bundle];
      }
      setAside += merged.setAside;
      return [merged.group];
    });
    const isAnyAnswered = context.outcomes.some((outcome) => outcome.isAnswered);
    const output: ReduceOutput = { groups, failedCalls, setAside };
    return { output, isComplete: groups.length <= 1 || !isAnyAnswered };
  },
};

/** The findings with which the next stage works: those of the last round, or the notes where nothing could be merged. */
export function findingsOf(context: StageContext): Finding[] {
  const output = ReduceOutput.safeParse(context.earlier('reduce')).data;
  return (output?.groups ?? groupsOfNotes(context)).flat();
}

/** Notes of the stage before, by id. */
export function notesById(context: StageContext): ReadonlyMap<string, Note> {
  const { groups } = NotesOutput.parse(context.earlier('notes'));
  return new Map(groups.flatMap((group) => group.notes.map((note) => [note.id, note] as const)));
}

type Bundle = readonly Finding[][];

function groupsBefore(context: StageContext & { readonly previous: unknown }): Finding[][] {
  return ReduceOutput.safeParse(context.previous).data?.groups ?? groupsOfNotes(context);
}

function groupsOfNotes(context: StageContext): Finding[][] {
  const { groups } = NotesOutput.parse(context.earlier('notes'));
  return groups
    .map(({ notes }) =>
      notes.map(({ id, text, kind, weight }): Finding => ({ text, kind, weight, notes: [id] })),
    )
    .filter((group) => group.length > 0);
}

/** Groups that one call merges: of even size, so that no call is left with a single group if another has eight. */
function bundlesOf(groups: readonly Finding[][]): Bundle[] {
  const count = Math.ceil(groups.length / fanIn);
  const size = Math.ceil(groups.length / Math.max(1, count));
  const bundles: Finding[][][] = [];
  let findings = 0;
  for (const group of groups) {
    const current = bundles.at(-1);
    const isFull =
      current === undefined ||
      current.length >= size ||
      findings + group.length > maxFindingsPerCall;
    if (isFull) {
      bundles.push([group]);
      findings = group.length;
      continue;
    }
    current.push(group);
    findings += group.length;
  }
  return bundles;
}

/** A group alone has nothing to be merged with. */
function isWorthACall(bundle: Bundle): boolean {
  return bundle.length > 1;
}

/** About twice as many findings as the summary has room for, so that the last selection still has a choice. */
function findingsWanted(params: SummarizeParams): number {
  return Math.min(160, Math.max(16, Math.ceil(params.maxWords / 12)));
}

function planCall(
  context: StageContext & { readonly round: number },
  { bundle, index, notes }: { bundle: Bundle; index: number; notes: ReadonlyMap<string, Note> },
): CallSpec {
  const params = SummarizeParams.parse(context.params);
  const findings = bundle.flat();
  const sections = findings.map((finding) => sectionOf(finding, { context, notes }));
  const used = [...new Set(sections)];
  return {
    callId: callIdOf('reduce', context.round, index),
    prompt: reducePrompt.id,
    messages: writePrompt({
      ...reducePrompt,
      facts: {
        Audience: params.audience,
        Language: describeLanguage(params.language),
        ...(params.focus === undefined ? {} : { Focus: params.focus }),
        Points: `at most ${findingsWanted(params)}`,
      },
      sections: {
        sections: used.map((text, position): PromptLine => ({ tag: `s${position + 1}`, text })),
        notes: findings.map(({ kind, weight, text }, position): PromptLine => {
          const section = used.indexOf(sections[position] ?? '') + 1;
          return { tag: `n${position + 1} ${kind} ${weight} s${section}`, text };
        }),
      },
    }),
    maxOutputTokens: Math.max(8_000, 3_000 + findingsWanted(params) * 70),
    temperature: 0.3,
    unitIds: [],
    context: {
      sources: findings.map((finding) => [
        finding.text,
        ...finding.notes.flatMap((id) => notes.get(id)?.quote ?? []),
      ]),
    },
  };
}

/** Headings above the first note of a finding, in words. */
function sectionOf(
  finding: Finding,
  { context, notes }: { context: StageContext; notes: ReadonlyMap<string, Note> },
): string {
  const unitId = UnitId.safeParse(notes.get(finding.notes[0] ?? '')?.unit).data;
  const unit = unitId === undefined ? undefined : context.unit(unitId);
  return unit?.locator.headingPath.join(' › ') || 'Without heading';
}

function mergeBundle(
  bundle: Bundle,
  outcome: { readonly answer: unknown },
): { group: Finding[]; setAside: number } | undefined {
  const findings = bundle.flat();
  const free = new Map(findings.map((finding, index) => [`n${index + 1}`, finding]));
  const group = ReduceAnswer.parse(outcome.answer).points.flatMap((point): Finding[] => {
    const from = [...new Set(point.from.map(bareId))].flatMap((id) => {
      const finding = free.get(id);
      free.delete(id);
      return finding === undefined ? [] : [finding];
    });
    const [first] = from;
    if (first === undefined) return [];
    return [
      {
        text: point.text ?? first.text,
        kind: point.kind ?? first.kind,
        weight: point.weight,
        notes: from.flatMap((finding) => finding.notes),
      },
    ];
  });
  return group.length === 0 ? undefined : { group, setAside: free.size };
}

function checkPoint(
  point: ReduceAnswer['points'][number],
  position: number,
  { known, spec }: { known: readonly string[]; spec: CallSpec },
): AnswerFault[] {
  const from = point.from.map(bareId);
  if (from.length === 0 || from.some((id) => !known.includes(id))) {
    return [fault(`Point ${position}: "from" must name ids of the notes that are given.`)];
  }
  const { sources } = spec.context;
  const texts = Array.isArray(sources)
    ? from.flatMap((id) => sources[Number(id.slice(1)) - 1] as string[])
    : [];
  const unsupported = unsupportedFigures(point.text ?? '', texts);
  return unsupported.length === 0
    ? []
    : [fault(`Point ${position}: the text has a figure that is in none of its notes.`)];
}

function knownIds(spec: CallSpec): string[] {
  const { sources } = spec.context;
  return Array.isArray(sources) ? sources.map((_, index) => `n${index + 1}`) : [];
}

function bareId(id: string): string {
  return id.replace(/[[\]\s]/g, '');
}

function fault(sentence: string): AnswerFault {
  return { sentence, isFatal: false };
}
