import type { StageContext } from '../definition.ts';
import { hasTerm, termsIn } from './glossary.ts';
import { type DeliveredDocument, type DeliveredSegment, plainText } from './ledger.ts';
import { type FaultKind, FaultKind as FaultKinds } from './schemas.ts';
import { proposedTerms } from './terms.ts';

/** Counts of a language. Segments = translated + kept + failed. */
export interface LanguageSummary {
  readonly language: string;
  readonly segments: number;
  readonly translated: number;
  readonly kept: number;
  readonly failed: number;
  readonly faults: Readonly<
    Record<'repairedByModel' | 'repairedByCode' | 'kept' | 'named', number>
  >;
}

export function summaryOf(
  documents: readonly DeliveredDocument[],
  languages: readonly string[],
): LanguageSummary[] {
  const segments = documents.flatMap((each) => each.segments);
  return languages.map((language) => {
    const states = segments.map(({ texts }) => texts[language]?.state ?? 'failed');
    const actions = segments.flatMap(({ texts }) =>
      (texts[language]?.faults ?? []).map(({ action }) => action),
    );
    const count = <Item>(items: readonly Item[], wanted: Item) =>
      items.filter((item) => item === wanted).length;
    return {
      language,
      segments: states.length,
      translated: count(states, 'translated'),
      kept: count(states, 'kept'),
      failed: count(states, 'failed'),
      faults: {
        repairedByModel: count(actions, 'repaired-by-model'),
        repairedByCode: count(actions, 'repaired-by-code'),
        kept: count(actions, 'kept'),
        named: count(actions, 'named'),
      },
    };
  });
}

/** Content of `qa.json`: what was found wrong, by kind, with the segment and what was done about it. */
export function qaReport(
  context: StageContext,
  documents: readonly DeliveredDocument[],
  {
    summary,
    ...shared
  }: {
    readonly summary: readonly LanguageSummary[];
    readonly source: string;
    readonly notices: readonly string[];
    readonly untouched: readonly unknown[];
  },
): unknown {
  const segments = documents.flatMap((each) => each.segments);
  return {
    ...shared,
    languages: summary.map(({ faults: actions, ...counts }) => ({
      ...counts,
      actions,
      faults: faultsByKind(segments, counts.language),
      terms: consistencyOf(context, segments, counts.language),
    })),
  };
}

function faultsByKind(segments: readonly DeliveredSegment[], language: string) {
  const found: Partial<Record<FaultKind, { id: string; place: string; action: string }[]>> = {};
  for (const kind of FaultKinds.options) {
    const list = segments.flatMap(({ id, place, texts }) =>
      (texts[language]?.faults ?? [])
        .filter((fault) => fault.kind === kind)
        .map(({ action }) => ({ id, place, action })),
    );
    if (list.length > 0) found[kind] = list;
  }
  return found;
}

/** For each term that was proposed: in how many segments it occurs, and in how many of those the proposal was used. */
function consistencyOf(
  context: StageContext,
  segments: readonly DeliveredSegment[],
  language: string,
) {
  return proposedTerms(context, language).map(({ term, translation }) => {
    const pair = { term, translation, isCaseSensitive: false };
    const occurring = segments.filter(
      ({ source, texts }) =>
        texts[language]?.state === 'translated' && termsIn(plainText(source), [pair]).length > 0,
    );
    const used = occurring.filter(({ texts }) =>
      hasTerm(plainText(texts[language]?.text ?? ''), pair),
    );
    return { term, translation, segments: occurring.length, used: used.length };
  });
}
