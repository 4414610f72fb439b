import type * as z from 'zod';
import type { ApprovalKind } from '#shared/domain/approval.ts';
import type { CallSpec } from '#shared/domain/call.ts';
import type { Chunk } from '#shared/domain/chunk.ts';
import type { Citation } from '#shared/domain/citation.ts';
import type { Coverage } from '#shared/domain/coverage.ts';
import type { Document, DocumentFormat, Unit } from '#shared/domain/document.ts';
import type { EditView, EditViewKind } from '#shared/domain/edit-view.ts';
import type { ErrorCode, Problem } from '#shared/domain/errors.ts';
import type { Range, StageEstimate } from '#shared/domain/estimate.ts';
import type { DocumentId, UnitId } from '#shared/domain/ids.ts';
import type { Report } from '#shared/domain/report.ts';
import type { ArtifactContent, ArtifactSpec } from './artifact-content.ts';

/** What every stage sees: the parsed documents, the task's parameters and the outputs of the stages before it. */
export interface StageContext {
  /** Valid by the workflow's params schema, defaults filled in. The stage parses it again to get its type. */
  readonly params: unknown;
  /** When the task was submitted, ISO 8601 in UTC: the only time that a stage knows, so that it makes the same of it each time. */
  readonly submittedAt: string;
  readonly documents: readonly Document[];
  /** Finds a unit of any document. */
  readonly unit: (unitId: UnitId) => Unit | undefined;
  /** What can be rewritten in an input, where the workflow has an `editView`; `none` for what was attached to another. */
  readonly editViewOf: (documentId: DocumentId) => EditView;
  /** Output of an earlier stage, or `undefined` where an advisory stage failed. The reader parses it with that stage's schema. */
  readonly earlier: (stage: string) => unknown;
}

/** Context of {@link ModelStage.plan}. */
export interface PlanContext extends StageContext {
  /** Round of the stage, from 0: a reduce asks in several rounds. */
  readonly round: number;
  /** Chunks of all documents, where the stage has `chunkTokens`; otherwise none. */
  readonly chunks: readonly Chunk[];
  /** Output of the round before; `undefined` in round 0. */
  readonly previous: unknown;
}

/** A call with what became of it. */
export type CallOutcome =
  | { readonly spec: CallSpec; readonly isAnswered: true; readonly answer: unknown }
  | { readonly spec: CallSpec; readonly isAnswered: false; readonly error: Problem };

/** Context of {@link ModelStage.assemble}. */
export interface AssembleContext extends StageContext {
  readonly round: number;
  readonly outcomes: readonly CallOutcome[];
  readonly previous: unknown;
}

/** A fault found in an answer. The model is asked again with the sentences; a fatal one that remains fails the call. */
export interface AnswerFault {
  readonly sentence: string;
  readonly isFatal: boolean;
}

/**
 * A stage that asks the model. `plan` and `assemble` are pure: the same context gives the same specs and the same output, so that a
 * restart goes on where it stopped.
 */
export interface ModelStage {
  readonly kind: 'model';
  readonly name: string;
  /** Stage in words for a progress bar, for example `Reading for key points`. */
  readonly title: string;
  /** Chunk the documents to this size and hand the chunks to `plan`. */
  readonly chunkTokens?: (params: unknown) => number;
  /** The units of its calls are the coverage of the task: used when a call commits, failed when it fails. One stage a workflow. */
  readonly tracksCoverage: boolean;
  /**
   * Failure of every call costs only polish: the task goes on without the stage's output, and a failed call does not make it PARTIAL.
   */
  readonly isAdvisory: boolean;
  /**
   * It only finds out what is to be asked, with few calls, and with none where the task says it: a plan is approved behind it, and
   * `proposal` says what it has found.
   */
  readonly isPreliminary?: boolean;
  /** What a preliminary stage has found, in lines for the person who approves the plan. */
  proposal?(output: unknown): readonly string[];
  /** A later round asks about failed calls again in smaller ones: a first round without any answer does not end the task yet. */
  readonly asksAgainInSmallerCalls?: boolean;
  /** No more rounds than this in one run, whatever `assemble` says. */
  readonly maxRounds: number;
  /**
   * Whether something is missing in the output of a stage that is over, although its calls were answered, and may be had by asking again:
   * the next run of the task then asks another round about it, behind those that were paid for.
   */
  leavesHoles?(output: unknown): boolean;
  plan(context: PlanContext): readonly CallSpec[];
  /** Tokens of the answer to a call, thinking included, as the estimate of a task reckons with them; a guess by its cap if absent. */
  answerTokens?(spec: CallSpec): Range;
  /** Shape of an answer. */
  readonly answer: z.ZodType;
  /** The stage's own invariants on an answer of the right shape, for example that every quote stands in the text. */
  check(answer: unknown, spec: CallSpec, context: StageContext): readonly AnswerFault[];
  /** `isComplete: false` asks for another round. */
  assemble(context: AssembleContext): { readonly output: unknown; readonly isComplete: boolean };
}

/** A stage of plain code between model stages, for example the verification of quotes. Pure like the others. */
export interface CodeStage {
  readonly kind: 'code';
  readonly name: string;
  readonly title: string;
  run(context: StageContext): unknown;
}

/** A file that a child task works on: a document of its parent, or what another child has delivered. */
export type ChildInput =
  | { readonly documentId: DocumentId }
  | { readonly childId: string; readonly artifact: string };

/** A task of its own that is part of a task. */
export interface ChildSpec {
  /** Names it and its files; a slug. */
  readonly childId: string;
  readonly workflowId: string;
  /** In the order in which the workflow takes them. */
  readonly inputs: readonly ChildInput[];
  readonly params: Readonly<Record<string, unknown>>;
  /** What it is for. */
  readonly why: string;
}

/**
 * A stage that has the work done by tasks of other workflows, each as soon as its inputs are there, under the budget of this one. Its output is
 * a {@link ChildrenOutput}. A person who approves the plan approves these tasks.
 */
export interface ChildrenStage {
  readonly kind: 'children';
  readonly name: string;
  readonly title: string;
  /** Pure, and called until it is kept: no child waits for one behind it. Throws where there is nothing that can be run. */
  plan(context: StageContext): readonly ChildSpec[];
}

export type Stage = ModelStage | CodeStage | ChildrenStage;

/** What became of a unit. */
export type UnitFate =
  | { readonly state: 'used' }
  | { readonly state: 'skipped'; readonly reason: string }
  | { readonly state: 'failed'; readonly code: ErrorCode };

/** A unit that coverage counts, with its place in words. */
export interface TrackedUnit {
  readonly unitId: UnitId;
  readonly place: string;
}

/** What a workflow knows of the fate of its units that its calls alone do not tell. */
export interface Account {
  /** Of units of code's making, such as the segments of an edited file (`d1.s1`), in place of the units of that document. */
  readonly tracked?: ReadonlyMap<DocumentId, readonly TrackedUnit[]>;
  /** Overrides what the calls tell; units that neither names are skipped. */
  readonly fates?: ReadonlyMap<UnitId, UnitFate>;
  /** Why the result is not whole although its calls were answered, such as rows that the model has left out: the task is PARTIAL. */
  readonly problems?: readonly Problem[];
}

/** Context of {@link Workflow.render}. */
export interface RenderContext extends StageContext {
  readonly coverage: Coverage;
  /** Why the task is not whole, if so; the artifact says it on its first page. */
  readonly reasons: readonly Problem[];
  /** Providers that answered, by name for people. */
  readonly providerTitles: readonly string[];
}

/** What a workflow delivers, before it is written to files. */
export interface Rendering {
  /** Content of `result.json`. */
  readonly result: unknown;
  /** Content of `citations.json`: every citation that an artifact shows, each verified. */
  readonly citations: readonly Citation[];
  /** Content of the DOCX and Markdown artifacts that have none of their own. */
  readonly report?: Report;
  /** Content of artifacts by their names; what the workflow's list does not name is delivered behind it. */
  readonly contents?: Readonly<Record<string, ArtifactContent>>;
}

/** An input as far as it is known before it is read. */
export interface NamedInput {
  readonly name: string;
  readonly format: DocumentFormat;
}

/** A versioned definition. The state machine, the API's description, the steps and the docs all read it. */
export interface Workflow {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  /** One or two sentences for `GET /v1/workflows`. */
  readonly description: string;
  readonly acceptedFormats: readonly DocumentFormat[];
  readonly maxDocuments: number;
  /** What a person looks at in tasks whose options do not say it; `none` in the options is an answer too. */
  readonly approval?: ApprovalKind;
  /** Inputs without which it has nothing to do; 1 if absent. */
  readonly minDocuments?: number;
  /** It edits its inputs in place: what of them can be rewritten is read with them. */
  readonly editView?: EditViewKind;
  /** A zod object; its defaults are the workflow's. */
  readonly params: z.ZodType;
  readonly stages: readonly Stage[];
  /** What it delivers whatever the documents; see {@link Rendering.contents}. */
  readonly artifacts: readonly ArtifactSpec[];
  /** Files that it delivers besides, so that a plan may hand them on. */
  readonly furtherArtifacts?: {
    /** Their names in words, for whoever makes a plan. */
    readonly described: string;
    /** Their names for these inputs. `params` are valid by the workflow's schema. */
    names(params: unknown, inputs: readonly NamedInput[]): readonly string[];
  };
  /** Coverage as the calls tell it, if absent. Called before `render`, with the outputs of all stages. */
  account?(context: StageContext): Account;
  render(context: RenderContext): Rendering;
  /**
   * The stages behind the first that asks, as far as they can be told from its questions. `calls` are the real ones of its first round,
   * planned from the really parsed documents; further rounds of that stage are part of what is returned.
   */
  estimateRest?(context: StageContext, calls: readonly CallSpec[]): readonly StageEstimate[];
}
