import * as z from 'zod';
import { ErrorCodeSchema } from '#shared/domain/errors.ts';
import { UnitId } from '#shared/domain/ids.ts';
import { Evidence } from '../evidence.ts';

const index = z.int().min(0);

/** Which lines of the two documents are the same ones; the lines themselves are read from the documents again. */
export const AlignOutput = z.object({
  /** By the paragraphs of two DOCX files, or by units where one of them can only be read. */
  mode: z.enum(['paragraphs', 'units']),
  parts: z.array(
    z.object({
      /** Index among the parts of each document. */
      base: index.optional(),
      revised: index.optional(),
      pairs: z.array(z.object({ base: index, revised: index, isMoved: z.boolean() })),
    }),
  ),
});
export type AlignOutput = z.infer<typeof AlignOutput>;

export const ChangeType = z.enum(['added', 'deleted', 'changed', 'moved', 'moved and changed']);
export type ChangeType = z.infer<typeof ChangeType>;

/** What a rule says about a change, by its words. */
export const RuleHit = z.object({
  rule: z.string(),
  /** Why the program itself takes the change for material; absent where only words of the rule stand in the clause. */
  decisive: z.enum(['figure', 'duty', 'clause']).optional(),
});
export type RuleHit = z.infer<typeof RuleHit>;

/** A difference between the two documents, as code has found it. */
export const Change = z.object({
  id: z.string(),
  type: ChangeType,
  clause: z.string(),
  before: z.string(),
  after: z.string(),
  /** Index of the aligned part, and of the lines in it. */
  part: index,
  baseLine: index.optional(),
  revisedLine: index.optional(),
  operations: z.array(z.object({ kind: z.enum(['keep', 'delete', 'insert']), text: z.string() })),
  evidence: z.object({ base: Evidence.optional(), revised: Evidence.optional() }),
  unitIds: z.array(UnitId),
  hits: z.array(RuleHit),
});
export type Change = z.infer<typeof Change>;

export const DiffOutput = z.object({
  changes: z.array(Change),
  /** Lines that are the same in both documents, and those that differ in a way that no reader minds. */
  same: index,
  spacing: index,
  renumbered: index,
});
export type DiffOutput = z.infer<typeof DiffOutput>;

export const Risk = z.enum(['none', 'low', 'medium', 'high']);
export type Risk = z.infer<typeof Risk>;

const kinds = [
  ...[
    'amount',
    'deadline',
    'duty',
    'right',
    'scope',
    'definition',
    'party',
    'wording',
    'structure',
  ],
  'other',
] as const;

/** Models write yes and no where true and false are asked for. */
const flag = z.union([
  z.boolean(),
  z.stringbool({ truthy: ['true', 'yes'], falsy: ['false', 'no'] }),
]);
const text = z.string().trim().min(1).max(1_500);

/** Answer to `compare-contracts.classify`. */
export const ClassifyAnswer = z.object({
  changes: z.array(
    z.object({
      id: z.string().transform((id) => id.replace(/[[\]\s]/gu, '')),
      kind: z.enum(kinds).catch('other'),
      material: flag,
      risk: Risk,
      why: text,
      rules: z.array(z.string().transform((id) => id.replace(/[[\]\s]/gu, ''))).catch([]),
    }),
  ),
});
export type ClassifyAnswer = z.infer<typeof ClassifyAnswer>;

/** What is thought of a change: the model's answer, as far as it stands up to what code can check. */
export const Judgement = z.object({
  id: z.string(),
  kind: z.string(),
  isMaterial: z.boolean(),
  risk: Risk,
  why: z.string(),
  rules: z.array(z.string()),
  /** The model calls it immaterial and the program does not: both opinions are shown. */
  isDisputed: z.boolean(),
});
export type Judgement = z.infer<typeof Judgement>;

export const ClassifyOutput = z.object({
  judged: z.array(Judgement),
  /** Changes that the answers have left out. */
  missing: z.array(z.string()),
  /** Changes whose call has failed. */
  failed: z.array(z.object({ id: z.string(), code: ErrorCodeSchema })),
});
export type ClassifyOutput = z.infer<typeof ClassifyOutput>;

/** Answer to `compare-contracts.memo`, and what is kept of it. */
export const MemoAnswer = z.object({
  headline: z.object({ text: z.string().trim().min(1).max(800), from: z.array(z.string()) }),
  points: z.array(z.object({ text, from: z.array(z.string()) })).max(60),
});
export type MemoAnswer = z.infer<typeof MemoAnswer>;

export const MemoOutput = MemoAnswer.partial({ headline: true });
export type MemoOutput = z.infer<typeof MemoOutput>;
