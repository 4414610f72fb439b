import * as z from 'zod';
import type { Document, SourceFile } from '#shared/domain/document.ts';
import { DocumentId, TaskId } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { DocumentReader } from '#shared/ports/document-reader.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import type { Workflow } from '#shared/workflows/definition.ts';
import { putJson } from './json-objects.ts';
import { loadInput } from './load-input.ts';
import type { Step } from './step.ts';
import { type FindWorkflow, requireRunningTask, requireWorkflow } from './task-state.ts';

const ReadDocumentInput = z.object({ taskId: TaskId, documentId: DocumentId });

export interface ReadDocumentOutput {
  readonly documentId: DocumentId;
}

interface ReadDocumentPorts {
  readonly tasks: TaskStore;
  readonly objects: ObjectStore;
  readonly documentReader: DocumentReader;
  readonly findWorkflow: FindWorkflow;
}

/** Parses one input into a document, with those attached to it, and keeps them; what has been parsed is not parsed again. */
export function createReadDocument(
  ports: ReadDocumentPorts,
): Step<z.infer<typeof ReadDocumentInput>, ReadDocumentOutput> {
  return {
    input: ReadDocumentInput,
    async run({ taskId, documentId }) {
      const key = objectKeys.document(taskId, documentId);
      if ((await ports.objects.head(key)) !== undefined) return { documentId };
      const task = await requireRunningTask(ports.tasks, taskId);
      const workflow = requireWorkflow(ports.findWorkflow, task);
      const file = await loadInput(ports.objects, task, documentId);
      const documents = await ports.documentReader.read(file, workflow.acceptedFormats);
      await putEditView(ports, { file, taskId, workflow, document: documents[0] });
      // The document of the file itself comes last: where it is, those attached to it and its view are.
      for (const document of documents.toReversed()) {
        await putJson(ports.objects, objectKeys.document(taskId, document.id), document);
      }
      return { documentId };
    },
  };
}

async function putEditView(
  { documentReader, objects }: Pick<ReadDocumentPorts, 'documentReader' | 'objects'>,
  {
    file,
    taskId,
    workflow,
    document,
  }: { file: SourceFile; taskId: TaskId; workflow: Workflow; document: Document | undefined },
): Promise<void> {
  if (workflow.editView === undefined || document === undefined) return;
  const view = await documentReader.view(file, document.format, workflow.editView);
  await putJson(objects, objectKeys.editView(taskId, file.documentId), view);
}
