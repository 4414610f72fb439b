import { allInFirstGroup, withoutTags } from '#shared/domain/inline-tags.ts';
import type { CodeStage, StageContext } from '../definition.ts';
import { faultsOf, isGrave, type Original } from './check-translation.ts';
import { glossaryFor, termsIn } from './glossary.ts';
import { TranslateParams } from './params.ts';
import { countExact } from './protected-texts.ts';
import {
  type Candidate,
  type Entry,
  type FaultKind,
  type FinalEntry,
  QaOutput,
  TranslateOutput,
} from './schemas.ts';
import { segmentsIn } from './segments.ts';
import { createSheetNames } from './sheet-names.ts';

/**
 * Checks every translation once more, by program alone, and decides what is delivered: the translation, the translation with its tags put
 * right, or the source text where nothing of it can be trusted.
 */
export const qaStage: CodeStage = {
  kind: 'code',
  name: 'qa',
  title: 'Checking the translations',
  run(context): QaOutput {
    const { doNotTranslate } = TranslateParams.parse(context.params);
    const { entries, source } = segmentsIn(context);
    const { languages } = TranslateOutput.parse(context.earlier('translate'));
    const finals = Object.entries(languages).map(([language, candidates]) => {
      const glossary = glossaryFor(context, language);
      const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
      const nameSheet = createSheetNames();
      return [
        language,
        entries.map((entry): FinalEntry => {
          const plain = withoutTags(entry.text);
          const kept = doNotTranslate.filter((term) => countExact(plain, term) > 0);
          const terms = termsIn(plain, glossary);
          const original = { text: entry.text, source, language, terms, kept };
          const final = decide(entry, original, byId.get(entry.id));
          return entry.kind === 'sheet-name' ? nameSheet(final) : final;
        }),
      ] as const;
    });
    return { languages: Object.fromEntries(finals) };
  },
};

/** Output of the stage. */
export function finalsOf(context: Pick<StageContext, 'earlier'>): QaOutput['languages'] {
  return QaOutput.parse(context.earlier('qa')).languages;
}

function decide(
  { id, text: source }: Entry,
  original: Original,
  candidate: Candidate | undefined,
): FinalEntry {
  const repaired = (candidate?.repaired ?? []).map(
    (kind) => ({ kind, action: 'repaired-by-model' }) as const,
  );
  const given = candidate?.text;
  if (given === undefined) {
    return {
      id,
      state: 'failed',
      text: source,
      faults: [...repaired, { kind: 'missing', action: 'kept' }],
    };
  }
  const faults = faultsOf(original, given);
  const hasBadTags = faults.includes('tags');
  const text = hasBadTags ? allInFirstGroup({ text: source }, withoutStrayTags(given)) : given;
  const left = hasBadTags ? faultsOf(original, text) : faults;
  const byCode = faults
    .filter((kind) => !left.includes(kind))
    .map((kind) => ({ kind, action: 'repaired-by-code' }) as const);
  if (left.some(isGrave)) {
    const named = faults.map((kind: FaultKind) => ({ kind, action: 'kept' }) as const);
    return { id, state: 'failed', text: source, faults: [...repaired, ...named] };
  }
  const named = left.map((kind) => ({ kind, action: 'named' }) as const);
  return { id, state: 'translated', text, faults: [...repaired, ...byCode, ...named] };
}

/** The words of a text whose tags are broken, those that are no tags any more included. */
function withoutStrayTags(text: string): string {
  return withoutTags(text)
    .replace(/<\/?[gx]\d{0,6}\s*\/?>?/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}
