import { chunkDocuments } from '#shared/documents/chunk.ts';
import type { CallSpec } from '#shared/domain/call.ts';
import type { Document } from '#shared/domain/document.ts';
import type { EditView } from '#shared/domain/edit-view.ts';
import type { Problem } from '#shared/domain/errors.ts';
import { type CallId, type DocumentId, placeOfCall } from '#shared/domain/ids.ts';
import type { Report } from '#shared/domain/report.ts';
import { coverageOf, reasonsOf } from '#shared/steps/task-coverage.ts';
import type {
  CallOutcome,
  ModelStage,
  Rendering,
  Stage,
  StageContext,
  Workflow,
} from '#shared/workflows/definition.ts';
import { stageContextOf } from './stage-context.ts';

/** Answers a question; `undefined` fails the call. */
export type Answerer = (spec: CallSpec) => unknown;

export interface DriverRun {
  readonly rendering: Rendering;
  /** The report of the rendering; empty where a workflow makes none. */
  readonly report: Report;
  readonly outputs: ReadonlyMap<string, unknown>;
  readonly outcomes: readonly CallOutcome[];
  /** Sentences of all faults that checks have found. */
  readonly faults: readonly string[];
  readonly context: StageContext;
}

const failure: Problem = { code: 'model_unavailable', message: 'The provider is down.' };

/** Runs the pure stages of a workflow one after the other, without steps, stores or re-asking. */
export function driveWorkflow(
  workflow: Workflow,
  documents: readonly Document[],
  options: {
    params?: unknown;
    answer: Answerer;
    providerTitles?: readonly string[];
    /** Of the documents, for a workflow that edits them. */
    editViews?: ReadonlyMap<DocumentId, EditView>;
  },
): DriverRun {
  const params = workflow.params.parse(options.params ?? {});
  const { editViews = new Map() } = options;
  const outputs = new Map<string, unknown>();
  const outcomes: CallOutcome[] = [];
  const faults: string[] = [];
  const context = stageContextOf({ params, documents, outputs, editViews });
  for (const stage of workflow.stages) {
    if (stage.kind === 'code') {
      outputs.set(stage.name, throughJson(stage.run(context)));
      continue;
    }
    if (stage.kind === 'children') throw new Error('Children are run by steps, not by the driver.');
    const run = driveStage(stage, context, options.answer);
    outputs.set(stage.name, throughJson(run.output));
    outcomes.push(...run.outcomes);
    faults.push(...run.faults);
  }
  const isAdvisory = ({ callId }: CallSpec) =>
    workflow.stages.some((stage) => isModelStage(stage, callId) && stage.isAdvisory);
  const isTracked = ({ callId }: CallSpec) =>
    workflow.stages.some((stage) => isModelStage(stage, callId) && stage.tracksCoverage);
  const account = workflow.account?.(context);
  const required = outcomes.filter(({ spec }) => !isAdvisory(spec));
  const tracked = outcomes.filter(({ spec }) => isTracked(spec));
  const rendering = workflow.render({
    ...context,
    coverage: coverageOf(documents, tracked, account),
    reasons: [...reasonsOf(required), ...(account?.problems ?? [])],
    providerTitles: options.providerTitles ?? ['EmpirioLabs'],
  });
  const report = rendering.report ?? { title: '', language: 'en', blocks: [], colophon: [] };
  return { rendering, report, outputs, outcomes, faults, context };
}

function driveStage(stage: ModelStage, context: StageContext, answer: Answerer) {
  const outcomes: CallOutcome[] = [];
  const faults: string[] = [];
  const size = stage.chunkTokens?.(context.params);
  const chunks = size === undefined ? [] : chunkDocuments(context.documents, { maxTokens: size });
  let previous: unknown;
  for (let round = 0; round < stage.maxRounds; round += 1) {
    const specs = stage.plan({ ...context, round, chunks, previous });
    const roundOutcomes = specs.map((spec): CallOutcome => {
      const parsed = stage.answer.safeParse(answer(spec));
      if (!parsed.success) return { spec, isAnswered: false, error: failure };
      faults.push(...stage.check(parsed.data, spec, context).map(({ sentence }) => sentence));
      return { spec, isAnswered: true, answer: throughJson(parsed.data) };
    });
    outcomes.push(...roundOutcomes);
    const isAllFailed = specs.length > 0 && roundOutcomes.every((each) => !each.isAnswered);
    if (isAllFailed && round === 0 && stage.isAdvisory) {
      return { output: undefined, outcomes, faults };
    }
    const assembled = stage.assemble({ ...context, round, outcomes: roundOutcomes, previous });
    previous = throughJson(assembled.output);
    if (assembled.isComplete) break;
  }
  return { output: previous, outcomes, faults };
}

/** As the steps do it: every output crosses JSON. */
function throughJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function isModelStage(stage: Stage, callId: CallId): stage is ModelStage {
  return stage.kind === 'model' && stage.name === placeOfCall(callId).stage;
}
