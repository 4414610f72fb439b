import { createHash } from 'node:crypto';
import { openBudget } from '#shared/domain/budget.ts';
import { type DocumentId, documentIdOf, type TaskId } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { QueuedTask, RunningTask, StoredInput, Task } from '#shared/domain/task.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { Ids } from '#shared/ports/ids.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { ChildInput, ChildSpec, Workflow } from '#shared/workflows/definition.ts';
import { canonicalJson } from '../tasks/canonical-json.ts';
import { parseParams } from '../tasks/parse-request.ts';

/** Tasks of children that have ended, by their names in the plan. */
export type EndedChildren = ReadonlyMap<string, Task>;

/**
 * The id of a child's task: of the same parent, of the same name and over the same files it is the same task, however often it is started.
 * Where a child before it has gone on since and delivered anew, it is another one.
 */
export function childTaskIdOf(
  ids: Ids,
  parent: Task,
  { spec, ended }: { spec: ChildSpec; ended: EndedChildren },
): TaskId {
  const sources = spec.inputs.map((input) => {
    if ('documentId' in input) return input.documentId;
    const source = ended.get(input.childId);
    return `${source?.taskId} ${source?.run} ${input.artifact}`;
  });
  return ids.taskIdFrom(canonicalJson(['child', parent.taskId, spec.childId, sources]));
}

/** A file that a child is to work on, where it is now. */
interface Source {
  readonly name: string;
  readonly key: string;
  readonly sizeInBytes: number;
}

/** Where the files of a child are; `undefined` for one that is not there. */
export function sourcesOf(
  parent: Task,
  { spec, ended }: { spec: ChildSpec; ended: EndedChildren },
): readonly (Source | undefined)[] {
  return spec.inputs.map((input) => sourceOf(parent, input, ended));
}

function sourceOf(parent: Task, input: ChildInput, ended: EndedChildren): Source | undefined {
  if ('documentId' in input) {
    const stored = parent.inputs.find(({ documentId }) => documentId === input.documentId);
    return stored && { name: stored.name, key: stored.objectKey, sizeInBytes: stored.sizeInBytes };
  }
  const source = ended.get(input.childId);
  const artifacts = source !== undefined && 'artifacts' in source ? source.artifacts : [];
  const artifact = artifacts.find(({ name }) => name === input.artifact);
  if (source === undefined || artifact === undefined) return undefined;
  const { name, sizeInBytes } = artifact;
  return { name, key: objectKeys.artifact(source.taskId, name), sizeInBytes };
}

/** Copies the files of a child to where it keeps its inputs. */
export async function storeSources(
  objects: ObjectStore,
  taskId: TaskId,
  sources: readonly Source[],
): Promise<StoredInput[]> {
  return await Promise.all(
    sources.map(async ({ name, key, sizeInBytes }, index) => {
      const documentId: DocumentId = documentIdOf(index + 1);
      const objectKey = objectKeys.input(taskId, documentId);
      await objects.copy(key, objectKey);
      return { documentId, name, objectKey, sizeInBytes };
    }),
  );
}

/**
 * A child as it is stored. What its submitter has chosen for the parent holds for it too, but nobody is asked or called back about it, and
 * the month's allowances were taken from for the parent. Its own budget is as large as the parent's and only tells what it has spent.
 */
export function queuedChild(
  { clock }: { readonly clock: Clock },
  parent: RunningTask,
  facts: {
    readonly taskId: TaskId;
    readonly spec: ChildSpec;
    readonly workflow: Workflow;
    readonly inputs: StoredInput[];
  },
): QueuedTask {
  const { taskId, spec, workflow, inputs } = facts;
  const { providers, webSearch, maskSensitiveInfo } = parent.options;
  const nowInMs = clock.now();
  const identity = canonicalJson({ ...spec, parent: parent.taskId });
  return {
    status: 'QUEUED',
    taskId,
    tenantId: parent.tenantId,
    workflowId: workflow.id,
    workflowVersion: workflow.version,
    inputs,
    params: parseParams(workflow, { ...spec.params }),
    options: {
      ...(providers === undefined ? {} : { providers }),
      ...(webSearch === undefined ? {} : { webSearch }),
      ...(maskSensitiveInfo === undefined ? {} : { maskSensitiveInfo }),
    },
    requestHash: createHash('sha256').update(identity).digest('hex'),
    createdAtInMs: nowInMs,
    deadlineAtInMs: parent.deadlineAtInMs,
    run: 1,
    budget: openBudget(parent.budget.limitInMicroUsd),
    allowances: [],
    ...(parent.keyId === undefined ? {} : { keyId: parent.keyId }),
    origin: { kind: 'task', parentTaskId: parent.taskId, childId: spec.childId },
    ...(parent.traceId === undefined ? {} : { traceId: parent.traceId }),
    callsPlanned: 0,
    callsEnded: 0,
    timeline: [{ atInMs: nowInMs, event: 'Accepted' }],
  };
}
