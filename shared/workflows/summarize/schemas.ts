import * as z from 'zod';
import { DocumentId } from '#shared/domain/ids.ts';
import { Evidence } from '../evidence.ts';

/** What a note is about. */
export const NoteKind = z.enum(['point', 'number', 'risk', 'question', 'decision']);
export type NoteKind = z.infer<typeof NoteKind>;

const weight = z
  .number()
  .catch(3)
  .transform((value) => Math.min(5, Math.max(1, Math.round(value))));

const text = z.string().trim().min(1).max(1_000);

/** A figure with its name. */
export const NumberFact = z.object({
  label: z.string().trim().min(1).max(200),
  value: z
    .union([z.string(), z.number()])
    .transform(String)
    .pipe(z.string().trim().min(1).max(100)),
  unit: z
    .string()
    .trim()
    .max(50)
    .nullish()
    .transform((unit) => (unit === null || unit === '' ? undefined : unit)),
});
export type NumberFact = z.infer<typeof NumberFact>;

/** A figure that is not of the right form is left out; it does not cost its note. */
const number = NumberFact.optional().catch(undefined);

/** Answer to `summarize.notes`. */
export const NotesAnswer = z.object({
  notes: z.array(
    z.object({
      text,
      quote: z.string().min(1).max(2_000),
      unit: z.string().transform((unit) => unit.replace(/[[\]\s]/g, '')),
      kind: NoteKind.catch('point'),
      weight,
      number,
    }),
  ),
  sectionSummary: z.string().catch(''),
});
export type NotesAnswer = z.infer<typeof NotesAnswer>;

/** A note with its evidence as the model claims it. Code carries the quote from here on; the model only names the note. */
export const Note = z.object({
  id: z.string(),
  text,
  kind: NoteKind,
  weight,
  number,
  /** Unit id as the model wrote it. */
  unit: z.string(),
  quote: z.string(),
});
export type Note = z.infer<typeof Note>;

/** Notes of one part of a document. */
export const NoteGroup = z.object({
  documentId: DocumentId,
  /** Headings above the part, outermost first. */
  section: z.array(z.string()),
  summary: z.string(),
  notes: z.array(Note),
});
export type NoteGroup = z.infer<typeof NoteGroup>;

export const NotesOutput = z.object({ groups: z.array(NoteGroup) });
export type NotesOutput = z.infer<typeof NotesOutput>;

/** Answer to `summarize.reduce`: a point without a text keeps the text of its first note. */
export const ReduceAnswer = z.object({
  points: z.array(
    z.object({
      from: z.array(z.string()),
      text: text.optional().catch(undefined),
      kind: NoteKind.optional().catch(undefined),
      weight,
    }),
  ),
});
export type ReduceAnswer = z.infer<typeof ReduceAnswer>;

/** One note, or several that say the same. */
export const Finding = z.object({
  text,
  kind: NoteKind,
  weight,
  /** Ids of the notes it stands for. */
  notes: z.array(z.string()).min(1),
});
export type Finding = z.infer<typeof Finding>;

export const ReduceOutput = z.object({
  groups: z.array(z.array(Finding)),
  /** Calls that failed; what they had before them was carried on as it was. */
  failedCalls: z.int().min(0),
  /** Findings that the model has left out as less important. */
  setAside: z.int().min(0),
});
export type ReduceOutput = z.infer<typeof ReduceOutput>;

/** A claim with verified evidence. */
export const Point = z.object({
  id: z.string(),
  text,
  kind: NoteKind,
  weight,
  numbers: z.array(NumberFact),
  evidence: z.array(Evidence).min(1),
});
export type Point = z.infer<typeof Point>;

export const VerifyOutput = z.object({
  points: z.array(Point),
  /** Claims that are not shipped, and why. */
  dropped: z.array(
    z.object({ text: z.string(), reason: z.enum(['quote-not-found', 'figure-not-in-source']) }),
  ),
});
export type VerifyOutput = z.infer<typeof VerifyOutput>;

/** Answer to `summarize.polish`. */
export const PolishAnswer = z.object({
  headline: z.object({ text: z.string().trim().min(1).max(600), from: z.array(z.string()) }),
  points: z.array(z.object({ id: z.string(), text })),
});
export type PolishAnswer = z.infer<typeof PolishAnswer>;

export const PolishOutput = z.object({
  headline: z.object({ text: z.string(), from: z.array(z.string()) }).optional(),
  points: z.array(z.object({ id: z.string(), text })),
});
export type PolishOutput = z.infer<typeof PolishOutput>;
