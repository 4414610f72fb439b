import type { Document } from '#shared/domain/document.ts';
import type { UnitId } from '#shared/domain/ids.ts';
import { withoutTags } from '#shared/domain/inline-tags.ts';
import type { StageContext } from '../definition.ts';
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
