import * as z from 'zod';
import { UnitId } from '#shared/domain/ids.ts';
import { Evidence } from '../evidence.ts';

/** Part of a unit that a turn says: characters [from, to) of its text. */
export const TurnPiece = z.object({ unitId: UnitId, from: z.int().min(0), to: z.int().min(0) });
export type TurnPiece = z.infer<typeof TurnPiece>;

/** What one person says without another between, or a part of it where that is long. */
export const Turn = z.object({
  /** `t1`, `t2`, … through all transcripts of the task. */
  id: z.string(),
  speaker: z.string().optional(),
  pieces: z.array(TurnPiece),
  /** All units that it is made of, those with nothing but the speaker's name included. */
  unitIds: z.array(UnitId).min(1),
  /** From the start of the recording, as the transcript says. */
  startInMs: z.int().min(0).optional(),
  /** It holds nothing but noises; nobody is asked about it. */
  isFiller: z.boolean().optional(),
});
export type Turn = z.infer<typeof Turn>;

export const TurnsOutput = z.object({
  turns: z.array(Turn),
  /** Points of the agenda, in order. */
  agenda: z.array(z.string()),
});
export type TurnsOutput = z.infer<typeof TurnsOutput>;

export const NoteKind = z.enum(['decision', 'action', 'point', 'question']);
export type NoteKind = z.infer<typeof NoteKind>;

const text = z.string().trim().min(1).max(1_000);
const bareId = z.string().transform((id) => id.replace(/[[\]\s]/g, ''));
const optionalText = z
  .string()
  .trim()
  .max(300)
  .nullish()
  .transform((value) => (value === null || value === '' ? undefined : value))
  .catch(undefined);

/** Answer to `minutes.notes`. */
export const NotesAnswer = z.object({
  notes: z.array(
    z.object({
      kind: NoteKind.catch('point'),
      text,
      quote: z.string().min(1).max(2_000),
      turn: bareId,
      /** Id of a point of the agenda, or a title of the model's own. */
      topic: z.string().trim().max(120).catch(''),
      owner: optionalText,
      due: optionalText,
      /** Turn in which was said what this note corrects. */
      corrects: optionalText.transform((id) => id?.replace(/[[\]\s]/g, '')),
      isWithdrawn: z.boolean().nullish().catch(false),
    }),
  ),
  /** Signals that are neither a decision nor an action, and why. */
  passedOver: z
    .array(z.object({ id: bareId, reason: z.string().trim().max(300).catch('') }))
    .catch([]),
});
export type NotesAnswer = z.infer<typeof NotesAnswer>;

/** A note as the model claims it. Code carries the quote from here on. */
export const Note = z.object({
  id: z.string(),
  kind: NoteKind,
  text: z.string(),
  quote: z.string(),
  turn: z.string(),
  topic: z.string(),
  owner: z.string().optional(),
  due: z.string().optional(),
  corrects: z.string().optional(),
  isWithdrawn: z.boolean().optional(),
});
export type Note = z.infer<typeof Note>;

export const NotesOutput = z.object({
  notes: z.array(Note),
  /** Sentences that sound like a decision or an action and that the model has looked at and passed over. */
  passedOver: z.array(z.object({ id: z.string(), reason: z.string() })),
  /** Signals of answered calls of which the answer says nothing. */
  unanswered: z.array(z.string()),
});
export type NotesOutput = z.infer<typeof NotesOutput>;

/** Who does something: as it was said, and whom code took that for. */
export const Owner = z.object({
  said: z.string(),
  names: z.array(z.string()),
  status: z.enum(['resolved', 'ambiguous', 'unknown', 'group', 'unsupported', 'none']),
  remark: z.string().optional(),
});
export type Owner = z.infer<typeof Owner>;

/** Until when: as it was said, and the day that code took that for. */
export const Due = z.object({
  said: z.string(),
  date: z.iso.date().optional(),
  status: z.enum(['resolved', 'as-said', 'impossible', 'unsupported', 'none']),
  remark: z.string().optional(),
});
export type Due = z.infer<typeof Due>;

/** A note whose quote code has found. */
export const Item = z.object({
  id: z.string(),
  kind: NoteKind,
  text: z.string(),
  topic: z.string(),
  evidence: z.array(Evidence).min(1),
  turn: z.string(),
  /** Where in the turn its quote begins, to put things in order. */
  at: z.int().min(0),
  owner: Owner,
  due: Due,
  corrects: z.string().optional(),
  isWithdrawn: z.boolean(),
  remarks: z.array(z.string()),
});
export type Item = z.infer<typeof Item>;

export const DroppedNote = z.object({
  kind: NoteKind,
  text: z.string(),
  reason: z.enum(['quote-not-found', 'figure-not-in-source']),
});
export type DroppedNote = z.infer<typeof DroppedNote>;

/** A sentence by its place. */
export const Passage = z.object({
  evidence: z.array(Evidence),
  turn: z.string(),
  at: z.int().min(0),
});
export type Passage = z.infer<typeof Passage>;

export const ResolveOutput = z.object({
  items: z.array(Item),
  dropped: z.array(DroppedNote),
  passedOver: z.array(Passage.extend({ reason: z.string() })),
  /** Sentences that sound like a decision or an action and of which nothing came, with their places. */
  unaccounted: z.array(Passage),
});
export type ResolveOutput = z.infer<typeof ResolveOutput>;

export const Topic = z.object({ id: z.string(), title: z.string(), isOnAgenda: z.boolean() });
export type Topic = z.infer<typeof Topic>;

export const DedupeOutput = z.object({
  /** In the order of the meeting; `topic` is the id of a topic. */
  items: z.array(Item),
  /** Of the agenda in its order, then the others as they came up. */
  topics: z.array(Topic),
  /** Items that said what another one says. */
  merged: z.int().min(0),
});
export type DedupeOutput = z.infer<typeof DedupeOutput>;

/** Answer to `minutes.compose`. */
export const ComposeAnswer = z.object({
  topics: z.array(
    z.object({
      id: bareId,
      title: optionalText,
      summary: z.string().trim().max(2_000).catch(''),
      from: z.array(bareId).catch([]),
    }),
  ),
});
export type ComposeAnswer = z.infer<typeof ComposeAnswer>;

export const ComposeOutput = z.object({
  topics: z.array(
    z.object({
      id: z.string(),
      title: z.string().optional(),
      summary: z.string(),
      from: z.array(z.string()),
    }),
  ),
});
export type ComposeOutput = z.infer<typeof ComposeOutput>;
