import { type InboxPlace, inboxPlaceOf, outboxPrefix } from '#shared/domain/inbox.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { EndedTask } from '#shared/domain/task.ts';
import { isoOf } from '#shared/domain/time.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import { type InboxMarker, readMarkers, writeMarker } from './inbox-marker.ts';

/** Told of the end of a task; may be told again. */
export type FillOutbox = (task: EndedTask) => Promise<void>;

/**
 * Gives a file of the inbox its results: the artifacts under `outbox/`, then the marker beside the file, so that who sees the marker
 * finds the artifacts. A resumed task replaces what its earlier run has left; a task over an older version of the file changes nothing.
 */
export function createFillOutbox({ objects }: { objects: ObjectStore }): FillOutbox {
  return async (task) => {
    if (task.origin?.kind !== 'inbox') return;
    const place = inboxPlaceOf(task.origin.objectKey);
    if (place === undefined) return;
    const marker = markerOf(task);
    const present = await readMarkers(objects, place);
    if (present.some((other) => isNewer(other, marker))) return;

    await copyArtifacts(objects, task, place);
    const isDone = task.status === 'SUCCEEDED' || task.status === 'PARTIAL';
    await writeMarker(objects, place, { outcome: isDone ? 'done' : 'failed', marker });
  };
}

function markerOf(task: EndedTask): InboxMarker {
  const problem = problemOfEnd(task);
  return {
    taskId: task.taskId,
    run: task.run,
    status: task.status,
    ...(problem === undefined ? {} : { code: problem.code, sentence: problem.message }),
    artifacts: artifactsOf(task),
    at: isoOf(task.endedAtInMs),
    submittedAt: isoOf(task.createdAtInMs),
  };
}

function problemOfEnd(task: EndedTask) {
  if (task.status === 'FAILED') return task.error;
  return task.status === 'PARTIAL' ? task.reasons[0] : undefined;
}

function artifactsOf(task: EndedTask): string[] {
  return 'artifacts' in task ? task.artifacts.map(({ name }) => name) : [];
}

/** Whether a marker tells of a later version of the file, or of a later run of the same task. */
function isNewer(other: InboxMarker, marker: InboxMarker): boolean {
  if (other.taskId === marker.taskId) return (other.run ?? 1) > (marker.run ?? 1);
  return other.submittedAt > marker.submittedAt;
}

async function copyArtifacts(
  objects: ObjectStore,
  task: EndedTask,
  place: InboxPlace,
): Promise<void> {
  for (const name of artifactsOf(task)) {
    await objects.copy(objectKeys.artifact(task.taskId, name), `${outboxPrefix(place)}${name}`);
  }
}
