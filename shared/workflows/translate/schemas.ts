import * as z from 'zod';
import { SegmentKind } from '#shared/domain/edit-view.ts';
import { DocumentId, UnitId } from '#shared/domain/ids.ts';

/** A segment of a file under the id that coverage counts it by. */
export const TrackedSegment = z.object({
  id: UnitId,
  /** Id within the file, by which its text is written back. */
  segmentId: z.string(),
  kind: SegmentKind,
  place: z.string(),
  /** The entry whose translation it gets; absent where it stays as it is. */
  entry: UnitId.optional(),
  /** Why it stays as it is. */
  kept: z.string().optional(),
});
export type TrackedSegment = z.infer<typeof TrackedSegment>;

/** A text that is translated once a language, for all segments of its kind that read the same. */
export const Entry = z.object({
  /** That of its first segment. */
  id: UnitId,
  kind: SegmentKind,
  /** As the model sees it: with tags, line breaks as tags too, without white space around it. */
  text: z.string(),
  count: z.int().min(1),
});
export type Entry = z.infer<typeof Entry>;

export const SegmentsOutput = z.object({
  /** Language tag; `auto` where it cannot be told. */
  source: z.string(),
  /** The input that is the glossary. */
  glossaryId: DocumentId.optional(),
  documents: z.array(z.object({ id: DocumentId, segments: z.array(TrackedSegment) })),
  entries: z.array(Entry),
});
export type SegmentsOutput = z.infer<typeof SegmentsOutput>;

/** What can be wrong with the translation of a segment. */
export const FaultKind = z.enum([
  'missing',
  'untranslated',
  'tags',
  'numbers',
  'placeholders',
  'urls',
  'do-not-translate',
  'glossary',
  'language',
  'length',
]);
export type FaultKind = z.infer<typeof FaultKind>;

/** Answer to `translate.terms`. */
export const TermsAnswer = z.object({
  terms: z.array(z.object({ id: z.string(), translation: z.string().trim().max(200) })),
});
export type TermsAnswer = z.infer<typeof TermsAnswer>;

/** A frequent term with the translation that the model proposes for the whole task. */
export const ProposedTerm = z.object({ term: z.string(), translation: z.string() });
export type ProposedTerm = z.infer<typeof ProposedTerm>;

export const TermsOutput = z.object({ languages: z.record(z.string(), z.array(ProposedTerm)) });
export type TermsOutput = z.infer<typeof TermsOutput>;

/** Answer to `translate.translate` and `translate.repair`. */
export const TranslateAnswer = z.object({
  segments: z.array(
    z.object({
      id: z.string().transform((id) => id.replace(/[[\]\s]/g, '')),
      text: z.string().transform((text) => text.replace(/[\r\n\t]+/g, ' ').trim()),
    }),
  ),
});
export type TranslateAnswer = z.infer<typeof TranslateAnswer>;

/** What stands for an entry in a language so far. */
export const Candidate = z.object({
  id: UnitId,
  /** Absent where no call has given one. */
  text: z.string().optional(),
  faults: z.array(FaultKind),
  /** Faults of an earlier round that the text no longer has. */
  repaired: z.array(FaultKind),
});
export type Candidate = z.infer<typeof Candidate>;

export const TranslateOutput = z.object({
  languages: z.record(z.string(), z.array(Candidate)),
});
export type TranslateOutput = z.infer<typeof TranslateOutput>;

/** A fault with what was done about it. */
export const HandledFault = z.object({
  kind: FaultKind,
  /** `kept`: the source text stands in the file. `named`: the translation is delivered with the fault, and this says so. */
  action: z.enum(['repaired-by-model', 'repaired-by-code', 'kept', 'named']),
});
export type HandledFault = z.infer<typeof HandledFault>;

/** An entry in a language as it is delivered. A failed one keeps its source text. */
export const FinalEntry = z.object({
  id: UnitId,
  state: z.enum(['translated', 'failed']),
  text: z.string(),
  faults: z.array(HandledFault),
});
export type FinalEntry = z.infer<typeof FinalEntry>;

export const QaOutput = z.object({ languages: z.record(z.string(), z.array(FinalEntry)) });
export type QaOutput = z.infer<typeof QaOutput>;

/** What a call keeps of an entry, to check its translation. */
export const CallEntry = z.object({
  id: z.string(),
  text: z.string(),
  kept: z.array(z.string()),
  terms: z.array(
    z.object({ term: z.string(), translation: z.string(), isCaseSensitive: z.boolean() }),
  ),
});
export type CallEntry = z.infer<typeof CallEntry>;
