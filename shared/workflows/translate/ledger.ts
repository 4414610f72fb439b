import type { Document } from '#shared/domain/document.ts';
import type { DocumentId, UnitId } from '#shared/domain/ids.ts';
import { withoutTags } from '#shared/domain/inline-tags.ts';
import type { Account, StageContext, TrackedUnit, UnitFate } from '../definition.ts';
import { gapsIn, problemsOf } from './gaps.ts';
import { decodeLines } from './line-marks.ts';
import { TranslateParams } from './params.ts';
import { finalsOf } from './qa.ts';
import type { FinalEntry, HandledFault, TrackedSegment } from './schemas.ts';
import { segmentsIn, segmentsOf } from './segments.ts';

/** A segment in one language, as it stands in the file of that language. */
export interface DeliveredText {
  /** With tags, as it is written into the file. */
  readonly text: string;
  readonly state: 'translated' | 'kept' | 'failed';
  readonly faults: readonly HandledFault[];
}

/** A segment with all of its languages. */
export interface DeliveredSegment extends TrackedSegment {
  /** With tags. */
  readonly source: string;
  readonly texts: Readonly<Record<string, DeliveredText>>;
}

export interface DeliveredDocument {
  readonly document: Document;
  readonly segments: readonly DeliveredSegment[];
}

/** Every segment of every document with what becomes of it in each language. */
export function deliveredDocuments(context: StageContext): DeliveredDocument[] {
  const { documents } = segmentsIn(context);
  const { languages } = TranslateParams.parse(context.params);
  const finals = finalsOf(context);
  const byLanguage = languages.map((language) => {
    const entries = finals[language] ?? [];
    return [language, new Map(entries.map((entry) => [entry.id, entry]))] as const;
  });
  return context.documents.flatMap((document) => {
    const listed = documents.find(({ id }) => id === document.id)?.segments;
    if (listed === undefined) return [];
    const sources = segmentsOf(context, document);
    const segments = listed.map((segment, index): DeliveredSegment => {
      const source = sources[index]?.text ?? '';
      const texts = byLanguage.map(
        ([language, entries]) => [language, deliver(segment, source, entries)] as const,
      );
      return { ...segment, source, texts: Object.fromEntries(texts) };
    });
    return [{ document, segments }];
  });
}

/**
 * The ledger by segments: used where it is translated into every language, failed where one of them is missing. The task is not whole either
 * while a translation lacks a term that the user's glossary fixes.
 */
export function accountOf(context: StageContext): Account {
  const tracked = new Map<DocumentId, readonly TrackedUnit[]>();
  const fates = new Map<UnitId, UnitFate>();
  const delivered = deliveredDocuments(context);
  for (const { document, segments } of delivered) {
    tracked.set(
      document.id,
      segments.map(({ id, place }) => ({ unitId: id, place })),
    );
    for (const segment of segments) fates.set(segment.id, fateOf(segment));
  }
  const { glossaryId } = segmentsIn(context);
  for (const { id, units } of context.documents) {
    if (id === glossaryId) for (const unit of units) fates.set(unit.id, { state: 'used' });
  }
  const { languages } = TranslateParams.parse(context.params);
  return { tracked, fates, problems: problemsOf(gapsIn(delivered, languages)) };
}

/** The text of a segment as a reader sees it. */
export function plainText(text: string): string {
  return withoutTags(text);
}

function deliver(
  { entry, kept }: TrackedSegment,
  source: string,
  entries: ReadonlyMap<UnitId, FinalEntry>,
): DeliveredText {
  const final = entry === undefined ? undefined : entries.get(entry);
  if (kept !== undefined) return { text: source, state: 'kept', faults: [] };
  if (final === undefined) {
    return { text: source, state: 'failed', faults: [{ kind: 'missing', action: 'kept' }] };
  }
  const text = final.state === 'failed' ? source : decodeLines(final.text, source);
  return { text, state: final.state, faults: final.faults };
}

function fateOf({ kept, texts }: DeliveredSegment): UnitFate {
  if (kept !== undefined) return { state: 'skipped', reason: kept };
  const isFailed = Object.values(texts).some(({ state }) => state === 'failed');
  return isFailed ? { state: 'failed', code: 'answer_invalid' } : { state: 'used' };
}
