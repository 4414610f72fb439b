import type { CallSpec } from '#shared/domain/call.ts';
import { estimateTokens } from '#shared/domain/tokens.ts';
import type { AnswerFault, CallOutcome, ModelStage } from '../definition.ts';
import { faultsOf, isGrave } from './check-translation.ts';
import { TranslateParams } from './params.ts';
import {
  CallEntry,
  type Candidate,
  type FaultKind,
  type SegmentsOutput,
  TranslateAnswer,
  TranslateOutput,
} from './schemas.ts';
import { segmentsIn } from './segments.ts';
import { planRepair, planTranslation } from './translate-calls.ts';

/** Translates all entries into each language, then once more, by few at a time, those whose translation has faults. */
export const translateStage: ModelStage = {
  kind: 'model',
  name: 'translate',
  title: 'Translating',
  tracksCoverage: true,
  isAdvisory: false,
  maxRounds: 2,
  answer: TranslateAnswer,

  plan(context) {
    if (context.round === 0) return planTranslation(context);
    return planRepair(context, TranslateOutput.parse(context.previous));
  },

  answerTokens({ messages, context }) {
    const tokens = entriesOf({ context }).reduce(
      (sum, { text }) => sum + estimateTokens(text) + 16,
      0,
    );
    const read = messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
    return { low: tokens, expected: tokens * 1.4 + read * 0.3, high: tokens * 2 + read + 1_500 };
  },

  check(answer, spec) {
    const given = TranslateAnswer.parse(answer).segments;
    const entries = entriesOf(spec);
    const known = new Set<string>(entries.map(({ id }) => id));
    const unknown = given.filter(({ id }) => !known.has(id)).length;
    const repeated =
      given.length -
      unknown -
      new Set(given.map(({ id }) => id).filter((id) => known.has(id))).size;
    return [
      ...(unknown === 0
        ? []
        : [fault(`${unknown} ids are not among those of "segments"; use those only.`)]),
      ...(repeated === 0 ? [] : [fault('An id is given more than once; give each exactly once.')]),
      ...entries.flatMap((entry) => {
        const text = given.find(({ id }) => id === entry.id)?.text;
        return faultsIn(spec, entry, text).map((kind) => fault(`${entry.id}: ${sentences[kind]}`));
      }),
    ];
  },

  assemble({ round, outcomes, previous, ...context }) {
    const segments = segmentsIn(context);
    const before =
      TranslateOutput.safeParse(previous).data ?? emptyOutput(segments, context.params);
    const output: TranslateOutput = { languages: {} };
    for (const [language, candidates] of Object.entries(before.languages)) {
      const answered = answersIn(outcomes, language);
      output.languages[language] = candidates.map((candidate) =>
        better(candidate, answered.get(candidate.id)),
      );
    }
    const isWhole = Object.values(output.languages).every((candidates) =>
      candidates.every(({ faults }) => faults.length === 0),
    );
    return { output, isComplete: isWhole || round > 0 };
  },
};

const sentences: Readonly<Record<FaultKind, string>> = {
  missing: 'there is no translation of it; give each id with its text.',
  untranslated: 'it is not translated.',
  tags: 'the tags are not those of the source; give back each exactly once, well nested, <x…/> in their order.',
  numbers: 'the figures are not those of the source; write each with the same digits.',
  placeholders: 'the placeholders are not those of the source; copy each as it is.',
  urls: 'the addresses are not those of the source; copy each as it is.',
  'do-not-translate': 'a text of section "keep" is missing; copy it as it is.',
  glossary: 'a translation that section "glossary" fixes is missing.',
  language: 'it is still in the language of the source.',
  length: 'its length says that something was left out or added.',
};

function entriesOf({ context }: Pick<CallSpec, 'context'>): CallEntry[] {
  return CallEntry.array().parse(context['entries']);
}

function faultsIn({ context }: CallSpec, entry: CallEntry, text: string | undefined): FaultKind[] {
  if (text === undefined) return ['missing'];
  const [source, language] = [String(context['source']), String(context['language'])];
  return faultsOf({ ...entry, source, language }, text);
}

/** Nothing is translated yet. */
function emptyOutput({ entries }: SegmentsOutput, params: unknown): TranslateOutput {
  const candidates = entries.map(
    ({ id }): Candidate => ({ id, faults: ['missing'], repaired: [] }),
  );
  const { languages } = TranslateParams.parse(params);
  return { languages: Object.fromEntries(languages.map((language) => [language, candidates])) };
}

type Answered = Pick<Candidate, 'faults'> & { readonly text: string | undefined };

function answersIn(outcomes: readonly CallOutcome[], language: string): Map<string, Answered> {
  const answers = new Map<string, Answered>();
  for (const { spec, ...outcome } of outcomes) {
    if (!outcome.isAnswered || spec.context['language'] !== language) continue;
    const { segments } = TranslateAnswer.parse(outcome.answer);
    for (const entry of entriesOf(spec)) {
      const text = segments.find(({ id }) => id === entry.id)?.text;
      answers.set(entry.id, { text, faults: faultsIn(spec, entry, text) });
    }
  }
  return answers;
}

/** The text with the lesser faults; a later one must be better to count. */
function better(candidate: Candidate, answered: Answered | undefined): Candidate {
  if (answered?.text === undefined) return candidate;
  const isBetter =
    candidate.text === undefined || weight(answered.faults) < weight(candidate.faults);
  if (!isBetter) return candidate;
  const repaired = candidate.faults.filter(
    (kind) => candidate.text !== undefined && !answered.faults.includes(kind),
  );
  return { id: candidate.id, text: answered.text, faults: answered.faults, repaired };
}

function weight(faults: readonly FaultKind[]): number {
  return faults.reduce((sum, kind) => sum + (isGrave(kind) ? 100 : 1), 0);
}

function fault(sentence: string): AnswerFault {
  return { sentence, isFatal: false };
}
