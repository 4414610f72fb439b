import * as z from 'zod';
import { ApprovalKind } from '#shared/domain/approval.ts';
import { DocumentFormat } from '#shared/domain/document.ts';
import { AnswerSchema } from './answer-schema.ts';

const kebab = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const kebabError = 'expected lower-case words joined by hyphens, such as sort-mail';

/** Ids of workflows become names of state machines, which have a limit. */
const id = z.string().regex(kebab, { error: kebabError }).max(40);
const stageName = z.string().regex(kebab, { error: kebabError }).max(30);
const title = z.string().trim().min(1).max(120);
const prompt = z.string().trim().min(1).max(20_000);
const tokens = z.int().min(200).max(40_000);

/** A parameter, in the words of JSON Schema. */
const Param = z.strictObject({
  type: z.enum(['string', 'integer', 'number', 'boolean', 'array']),
  description: z.string().trim().min(1).max(500).optional(),
  enum: z.array(z.string()).min(1).max(60).optional(),
  default: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.int().min(1).max(20_000).optional(),
  /** Of an array: it always holds texts. */
  items: z.strictObject({ type: z.literal('string') }).optional(),
});
export type Param = z.infer<typeof Param>;

const paramName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/, { error: 'expected letters and digits, a letter first' });

const Params = z.strictObject({
  type: z.literal('object').default('object'),
  properties: z.record(paramName, Param),
  required: z.array(z.string()).default([]),
});

const base = { name: stageName, title: title.optional() };

const ReadStage = z.strictObject({
  kind: z.literal('read'),
  name: stageName.default('read'),
  formats: z.array(DocumentFormat).min(1).optional(),
  maxDocuments: z.int().min(1).max(200).default(20),
});

const SplitStage = z.strictObject({
  kind: z.literal('split'),
  name: stageName.default('split'),
  /** What one question reads of a document. */
  tokens,
});

const MapStage = z.strictObject({
  kind: z.literal('map'),
  ...base,
  /** `document`: one question an input with what is attached to it, as far as it fits; `chunk`: one a part. */
  each: z.enum(['chunk', 'document']).default('chunk'),
  prompt,
  schema: AnswerSchema,
});

const ModelStage = z.strictObject({
  kind: z.literal('model'),
  ...base,
  /** Stages whose outputs it reads; the documents themselves where there are none. */
  from: z.array(z.string()).min(1).optional(),
  tokens: tokens.default(24_000),
  prompt,
  schema: AnswerSchema,
});

const ReduceStage = z.strictObject({
  kind: z.literal('reduce'),
  ...base,
  from: z.string(),
  tokens: tokens.default(8_000),
  prompt,
  schema: AnswerSchema,
});

/** What code finds by itself, wherever it stands. */
export const patternNames = ['email', 'phone', 'iban', 'card', 'ip-address'] as const;

const VerifyStage = z.strictObject({
  kind: z.literal('verify'),
  ...base,
  of: z.string(),
  /** Figures of texts must stand where the quote stands. */
  figures: z.boolean().default(false),
  /** Further records, found by code, for what the model has passed over. */
  patterns: z
    .array(
      z.strictObject({
        pattern: z.enum(patternNames),
        /** The list of the answer that they are added to, and the field that holds what was found. */
        list: z.string(),
        field: z.string(),
        with: z.record(z.string(), z.string()).default({}),
      }),
    )
    .max(20)
    .default([]),
});

const ApproveStage = z.strictObject({
  kind: z.literal('approve'),
  name: stageName.default('approve'),
  what: ApprovalKind,
});

const fileName = (extensions: string) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9][\\w-]{0,60}\\.(?:${extensions})$`), {
    error: `expected a file name that ends in .${extensions.replaceAll('|', ' or .')}`,
  });

const ReportArtifact = z.strictObject({
  kind: z.literal('report'),
  name: fileName('docx|md'),
  title: z.string().trim().min(1).max(200).optional(),
  template: z.string().min(1).max(50_000),
});

const TableArtifact = z.strictObject({
  kind: z.literal('table'),
  name: fileName('xlsx|csv'),
  sheet: z
    .string()
    .regex(/^[^[\]:*?/\\]{1,31}$/)
    .default('List'),
  rows: z.string(),
  /** Of records that are alike in this field only the first is shown. */
  distinct: z.string().optional(),
  columns: z
    .array(
      z.strictObject({
        title,
        value: z.string().min(1).max(500),
        width: z.int().min(3).max(120).optional(),
      }),
    )
    .min(1)
    .max(60),
});

const JsonArtifact = z.strictObject({
  kind: z.literal('json'),
  name: fileName('json'),
  from: z.string(),
});

const ReplaceArtifact = z.strictObject({
  kind: z.literal('replace'),
  /** Goes into the names of the files: `letter.redacted.docx`. */
  name: stageName,
  find: z.string(),
  field: z.string(),
  with: z.string().max(200),
});

export const ArtifactDefinition = z.discriminatedUnion('kind', [
  ReportArtifact,
  TableArtifact,
  JsonArtifact,
  ReplaceArtifact,
]);

const RenderStage = z.strictObject({
  kind: z.literal('render'),
  name: stageName.default('render'),
  artifacts: z.array(ArtifactDefinition).min(1).max(20),
});

export const StageDefinition = z.discriminatedUnion('kind', [
  ReadStage,
  SplitStage,
  MapStage,
  ModelStage,
  ReduceStage,
  VerifyStage,
  ApproveStage,
  RenderStage,
]);

/** A workflow of the user's own, as its file says it. */
export const WorkflowDefinition = z.strictObject({
  id,
  version: z.int().min(1),
  title,
  description: z.string().trim().min(1).max(1_000),
  params: Params.default({ type: 'object', properties: {}, required: [] }),
  stages: z.array(StageDefinition).min(2).max(30),
});
export type WorkflowDefinition = z.infer<typeof WorkflowDefinition>;

export type StageDefinition = z.infer<typeof StageDefinition>;
export type ArtifactDefinition = z.infer<typeof ArtifactDefinition>;
export type DefinitionOf<Kind extends StageDefinition['kind']> = Extract<
  StageDefinition,
  { kind: Kind }
>;
export type ArtifactOf<Kind extends ArtifactDefinition['kind']> = Extract<
  ArtifactDefinition,
  { kind: Kind }
>;
/** Stages that have an answer of the model. */
export type AskingDefinition = DefinitionOf<'map' | 'model' | 'reduce'>;
