import * as z from 'zod';
import { DocumentId, TaskId } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { DocumentReader } from '#shared/ports/document-reader.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import { putJson } from './json-objects.ts';
import { loadInput } from './load-input.ts';
import type { Step } from './step.ts';
import { type FindWorkflow, requireRunningTask, requireWorkflow } from './task-state.ts';

const ReadDocumentInput = z.object({ taskId: TaskId, documentId: DocumentId });

export interface ReadDocumentOutput {
  readonly documentId: DocumentId;
}

/** Parses one input into a document, with those attached to it, and keeps them; what has been parsed is not parsed again. */
export function createReadDocument(ports: {
  tasks: TaskStore;
  objects: ObjectStore;
  documentReader: DocumentReader;
  findWorkflow: FindWorkflow;
}): Step<z.infer<typeof ReadDocumentInput>, ReadDocumentOutput> {
  return {
    input: ReadDocumentInput,
    async run({ taskId, documentId }) {
      const key = objectKeys.document(taskId, documentId);
      if ((await ports.objects.head(key)) !== undefined) return { documentId };
      const task = await requireRunningTask(ports.tasks, taskId);
      const workflow = requireWorkflow(ports.findWorkflow, task);
      const file = await loadInput(ports.objects, task, documentId);
      const documents = await ports.documentReader.read(file, workflow.acceptedFormats);
      // The document of the file itself comes last: where it is, those attached to it are.
      for (const document of documents.toReversed()) {
        await putJson(ports.objects, objectKeys.document(taskId, document.id), document);
      }
      return { documentId };
    },
  };
}
