import * as z from 'zod';
import { CallSpec } from '#shared/domain/call.ts';
import { Document } from '#shared/domain/document.ts';
import { EditView } from '#shared/domain/edit-view.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { DocumentId, TaskId } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { Task } from '#shared/domain/task.ts';
import { isoOf } from '#shared/domain/time.ts';
import type { CallStore } from '#shared/ports/call-store.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { CallOutcome, StageContext, Workflow } from '#shared/workflows/definition.ts';
import { createStageContext } from '#shared/workflows/stage-context.ts';
import { loadResult } from './calls/call-results.ts';
import { getJson, requireJson } from './json-objects.ts';

/** What a model stage has planned for one round. Written once; a restart asks the very same questions. */
export const StagePlan = z.object({
  calls: z.array(CallSpec),
  /** It was made after a person had changed the parameters of the task. */
  hasNewParams: z.boolean().optional(),
});
export type StagePlan = z.infer<typeof StagePlan>;

/** What a model stage has made of one round. */
export const RoundOutput = z.object({ output: z.unknown(), isComplete: z.boolean() });
export type RoundOutput = z.infer<typeof RoundOutput>;

/** Output of a stage as later stages see it; `null` where an advisory stage has failed. */
const StageOutput = z.object({ output: z.unknown() });

/** How many objects are read at once; enough to hide latency, few enough for a small function. */
const readConcurrency = 16;

/** Everything a stage sees: documents, parameters, outputs of the stages before it. */
export async function loadStageContext(
  objects: ObjectStore,
  task: Task,
  upTo: { workflow: Workflow; stage: string | undefined },
): Promise<StageContext> {
  const documents = await loadDocuments(objects, task);
  const stages = upTo.workflow.stages.map((stage) => stage.name);
  const end = upTo.stage === undefined ? stages.length : stages.indexOf(upTo.stage);
  const outputs = new Map<string, unknown>();
  for (const stage of stages.slice(0, end)) {
    const stored = await getJson(objects, objectKeys.stageOutput(task.taskId, stage), StageOutput);
    outputs.set(stage, stored?.output ?? undefined);
  }
  return createStageContext({
    params: upTo.workflow.params.parse(task.params),
    submittedAt: isoOf(task.createdAtInMs),
    documents,
    editViews: await loadEditViews(objects, task, upTo.workflow),
    outputs,
  });
}

async function loadEditViews(
  objects: ObjectStore,
  { taskId, inputs }: Task,
  { editView }: Workflow,
): Promise<ReadonlyMap<DocumentId, EditView>> {
  if (editView === undefined) return new Map();
  const views = await inSequenceOf(inputs, async ({ documentId }) => {
    const key = objectKeys.editView(taskId, documentId);
    return [documentId, await requireJson(objects, key, EditView)] as const;
  });
  return new Map(views);
}

/** Each input's document, followed by those attached to it. */
async function loadDocuments(objects: ObjectStore, task: Task): Promise<readonly Document[]> {
  const load = async (documentId: DocumentId): Promise<Document[]> => {
    const key = objectKeys.document(task.taskId, documentId);
    const document = await requireJson(objects, key, Document);
    return [document, ...(await inSequenceOf(document.attachments, load)).flat()];
  };
  return (await inSequenceOf(task.inputs, ({ documentId }) => load(documentId))).flat();
}

/** The plan of a round, if it has been made. */
export function loadPlan(
  objects: ObjectStore,
  place: { taskId: TaskId; stage: string; round: number },
): Promise<StagePlan | undefined> {
  return getJson(objects, objectKeys.plan(place.taskId, place.stage, place.round), StagePlan);
}

/** The output of a round, if it has been assembled. */
export function loadRoundOutput(
  objects: ObjectStore,
  place: { taskId: TaskId; stage: string; round: number },
): Promise<RoundOutput | undefined> {
  return getJson(
    objects,
    objectKeys.roundOutput(place.taskId, place.stage, place.round),
    RoundOutput,
  );
}

/** What became of each planned call of a round. Calls are read from their committed results, in the order of the plan. */
export async function loadOutcomes(
  ports: { objects: ObjectStore; calls: CallStore },
  place: { taskId: TaskId; stage: string; round: number },
  plan: StagePlan,
): Promise<readonly CallOutcome[]> {
  const records = await ports.calls.list(place.taskId, place.stage, place.round);
  const byId = new Map(records.map((record) => [record.callId, record]));
  return await inSequenceOf(plan.calls, async (spec): Promise<CallOutcome> => {
    const record = byId.get(spec.callId);
    if (record?.state === 'committed') {
      const result = await loadResult(ports.objects, place.taskId, record);
      return { spec, isAnswered: true, answer: result.answer };
    }
    if (record?.state === 'failed') return { spec, isAnswered: false, error: record.error };
    throw new QuireError(
      'internal_error',
      `Expected call ${spec.callId} to have ended before its answer is used.`,
      {
        details: { taskId: place.taskId, callId: spec.callId },
      },
    );
  });
}

/** Maps a list with bounded concurrency, results in the order of the list. */
async function inSequenceOf<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += readConcurrency) {
    results.push(...(await Promise.all(items.slice(start, start + readConcurrency).map(work))));
  }
  return results;
}
