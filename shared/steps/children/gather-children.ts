import * as z from 'zod';
import { Citation } from '#shared/domain/citation.ts';
import { Coverage } from '#shared/domain/coverage.ts';
import type { Problem } from '#shared/domain/errors.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { EndedTask } from '#shared/domain/task.ts';
import { noUsage } from '#shared/domain/usage.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { ChildOutcome } from '#shared/workflows/children.ts';
import type { ChildSpec } from '#shared/workflows/definition.ts';
import { getJson } from '../json-objects.ts';

/** How a child stands when nothing of the plan is under way any more. */
export type SettledChild =
  | { readonly spec: ChildSpec; readonly task: EndedTask }
  | { readonly spec: ChildSpec; readonly task: undefined; readonly problem: Problem };

/** What became of a child, with what it has found, for the result of its parent. */
export async function gatherChild(
  objects: ObjectStore,
  child: SettledChild,
): Promise<ChildOutcome> {
  const { spec, task } = child;
  const known = { ...spec, inputs: [...spec.inputs], params: { ...spec.params } };
  if (task === undefined) {
    const nothing = { artifacts: [], usage: noUsage, citations: [] };
    return { ...known, ...nothing, status: 'NOT_RUN', problems: [child.problem] };
  }
  const { taskId, status, usage } = task;
  const outcome = { ...known, status, taskId, usage, problems: problemsOf(task) };
  if (!('artifacts' in task)) return { ...outcome, artifacts: [], citations: [] };
  const coverage = await getJson(objects, objectKeys.artifact(taskId, 'coverage.json'), Coverage);
  const citations = await getJson(
    objects,
    objectKeys.artifact(taskId, 'citations.json'),
    z.array(Citation),
  );
  return {
    ...outcome,
    artifacts: task.artifacts,
    ...(coverage === undefined ? {} : { coverage }),
    citations: citations ?? [],
  };
}

/** Why a child that has ended is not whole. */
export function problemsOf(task: EndedTask): Problem[] {
  switch (task.status) {
    case 'SUCCEEDED':
      return [];
    case 'PARTIAL':
      return task.reasons;
    case 'FAILED':
      return [task.error];
    case 'CANCELLED':
      return [{ code: 'task_cancelled', message: 'Expected the task to go on; it was cancelled.' }];
  }
}
