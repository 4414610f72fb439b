import type { SourceFile } from '#shared/domain/document.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { Task } from '#shared/domain/task.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';

/** An input of a task as submitted. */
export async function loadInput(
  objects: ObjectStore,
  { taskId, inputs }: Task,
  documentId: DocumentId,
): Promise<SourceFile> {
  const input = inputs.find((each) => each.documentId === documentId);
  const bytes = input === undefined ? undefined : await objects.get(input.objectKey);
  if (input === undefined || bytes === undefined) {
    throw new QuireError(
      'object_not_found',
      `Expected the file of document ${documentId}; it is gone.`,
      { details: { taskId, documentId } },
    );
  }
  return { documentId, name: input.name, bytes };
}
