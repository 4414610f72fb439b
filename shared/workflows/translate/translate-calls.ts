import type { CallSpec } from '#shared/domain/call.ts';
import { callIdOf, documentIdOfUnit } from '#shared/domain/ids.ts';
import { withoutTags } from '#shared/domain/inline-tags.ts';
import { estimateTokens } from '#shared/domain/tokens.ts';
import type { PlanContext, StageContext } from '../definition.ts';
import { describeLanguage } from '../language-param.ts';
import { type PromptLine, writePrompt } from '../prompt.ts';
import { batchesOf } from './batches.ts';
import { glossaryFor, type TermPair, termsIn } from './glossary.ts';
import { TranslateParams } from './params.ts';
import { repairPrompt, translatePrompt } from './prompts.ts';
import { countExact } from './protected-texts.ts';
import type { CallEntry, Candidate, Entry, TranslateOutput } from './schemas.ts';
import { segmentsIn } from './segments.ts';
import { proposedTerms } from './terms.ts';

/** Entries on either side that a call sees as context. */
const neighbours = 3;
const maxNeighbourLength = 600;
/** Faulty entries that one call corrects: few, so that each gets attention. */
const repairedTogether = 8;

/** The calls of the first round: the entries of each document in batches, once a language. */
export function planTranslation(context: PlanContext): CallSpec[] {
  const asking = createAsking(context);
  const { chunkTokens } = TranslateParams.parse(context.params);
  const ids = [...new Set(asking.entries.map(({ id }) => documentIdOfUnit(id)))];
  const batches = ids.flatMap((documentId) => {
    const own = asking.entries.filter(({ id }) => documentIdOfUnit(id) === documentId);
    return batchesOf(own, chunkTokens);
  });
  return asking.languages
    .flatMap((language) => batches.map((batch) => asking.translation(batch, language)))
    .map((call, index) => ({ ...call, callId: callIdOf('translate', 0, index) }));
}

/** The calls of the second round: what has faults or no translation. */
export function planRepair(context: PlanContext, { languages }: TranslateOutput): CallSpec[] {
  const asking = createAsking(context);
  return Object.entries(languages)
    .flatMap(([language, candidates]) => {
      const faulty = candidates.filter(({ faults }) => faults.length > 0);
      const count = Math.ceil(faulty.length / repairedTogether);
      return Array.from({ length: count }, (_, index) =>
        asking.repair(
          faulty.slice(index * repairedTogether, (index + 1) * repairedTogether),
          language,
        ),
      );
    })
    .map((call, index) => ({ ...call, callId: callIdOf('translate', 1, index) }));
}

type Call = Omit<CallSpec, 'callId'>;

function createAsking(context: StageContext) {
  const { languages } = TranslateParams.parse(context.params);
  const { entries } = segmentsIn(context);
  const positions = new Map<string, number>(entries.map(({ id }, index) => [id, index]));
  const around = (from: number, to: number) => entries.slice(Math.max(0, from), Math.max(0, to));
  const call = createCall(context);
  return {
    entries,
    languages,
    translation(batch: readonly Entry[], language: string): Call {
      const first = positions.get(batch[0]?.id ?? '') ?? 0;
      const end = first + batch.length;
      const isOfSame = ({ id }: Entry) => isOfDocument(id, batch);
      return call(batch, language, {
        prompt: translatePrompt,
        before: { before: contextLines(around(first - neighbours, first).filter(isOfSame)) },
        after: { after: contextLines(around(end, end + neighbours).filter(isOfSame)) },
      });
    },
    repair(faulty: readonly Candidate[], language: string): Call {
      const batch = faulty.flatMap(({ id }) => entries[positions.get(id) ?? -1] ?? []);
      const linesAround = ({ id }: Entry) => {
        const at = positions.get(id) ?? 0;
        return [
          ...nearLines(id, 'before', around(at - 1, at)),
          ...nearLines(id, 'after', around(at + 1, at + 2)),
        ];
      };
      return call(batch, language, {
        prompt: repairPrompt,
        before: { around: batch.flatMap(linesAround) },
        after: faultLines(faulty),
      });
    },
  };
}

/** Makes a call for a batch: what the model is to know of it, and what the check of its answer needs. */
function createCall(context: StageContext) {
  const { languages, doNotTranslate, tone } = TranslateParams.parse(context.params);
  const { source } = segmentsIn(context);
  const glossaries = new Map(languages.map((tag) => [tag, glossaryFor(context, tag)]));
  const proposals = new Map(languages.map((tag) => [tag, proposalsFor(context, tag)]));
  return (batch: readonly Entry[], language: string, asked: Asked): Call => {
    const checked = batch.map((entry): CallEntry => {
      const plain = withoutTags(entry.text);
      return {
        id: entry.id,
        text: entry.text,
        kept: doNotTranslate.filter((term) => countExact(plain, term) > 0),
        terms: termsIn(plain, glossaries.get(language) ?? []),
      };
    });
    const text = batch.map((entry) => withoutTags(entry.text)).join('\n');
    const proposed = termsIn(text, proposals.get(language) ?? []);
    return {
      prompt: asked.prompt.id,
      messages: writePrompt({
        ...asked.prompt,
        facts: {
          From: describeLanguage(source),
          To: describeLanguage(language),
          Tone: tone,
          Segments: String(batch.length),
        },
        sections: {
          document: documentLines(context, batch),
          keep: linesOf('n', distinct(checked.flatMap(({ kept }) => kept))),
          glossary: linesOf('t', distinct(checked.flatMap(({ terms }) => terms).map(pairLine))),
          terms: linesOf('k', distinct(proposed.map(pairLine))),
          ...asked.before,
          segments: batch.map(({ id, kind, text: own }) => ({ tag: `${id} ${kind}`, text: own })),
          ...asked.after,
        },
      }),
      maxOutputTokens: Math.min(40_000, Math.max(8_000, 4_000 + estimateTokens(text) * 5)),
      temperature: 0.3,
      unitIds: batch.map(({ id }) => id),
      context: { language, source, entries: checked },
    };
  };
}

interface Asked {
  readonly prompt: typeof translatePrompt;
  readonly before: Readonly<Record<string, readonly PromptLine[]>>;
  readonly after: Readonly<Record<string, readonly PromptLine[]>>;
}

function nearLines(id: string, side: 'before' | 'after', entries: readonly Entry[]): PromptLine[] {
  return entries.map(({ text }) => ({ tag: `${id} ${side}`, text: clip(withoutTags(text)) }));
}

function faultLines(faulty: readonly Candidate[]): Asked['after'] {
  return {
    attempts: faulty.flatMap(({ id, text }) => (text === undefined ? [] : [{ tag: id, text }])),
    faults: faulty.map(({ id, faults }) => ({ tag: id, text: faults.join(', ') })),
  };
}

function proposalsFor(context: StageContext, language: string): TermPair[] {
  return proposedTerms(context, language)
    .map((each) => ({ ...each, isCaseSensitive: false }))
    .toSorted((left, right) => right.term.length - left.term.length);
}

function documentLines({ documents }: StageContext, batch: readonly Entry[]): PromptLine[] {
  return documents
    .filter(({ id }) => batch.some((entry) => entry.id.startsWith(`${id}.`)))
    .map(({ id, name, title }) => ({
      tag: id,
      text: title === undefined ? name : `${name}: ${clip(title)}`,
    }));
}

function contextLines(entries: readonly Entry[]): PromptLine[] {
  return entries.map(({ kind, text }) => ({ tag: kind, text: clip(withoutTags(text)) }));
}

function linesOf(letter: string, texts: readonly string[]): PromptLine[] {
  return texts.map((text, index) => ({ tag: `${letter}${index + 1}`, text }));
}

function pairLine({ term, translation }: TermPair): string {
  return `${term} => ${translation}`;
}

function isOfDocument(id: Entry['id'], [first]: readonly Entry[]): boolean {
  return first !== undefined && documentIdOfUnit(id) === documentIdOfUnit(first.id);
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function clip(text: string): string {
  return text.length <= maxNeighbourLength ? text : `${text.slice(0, maxNeighbourLength)}…`;
}
