import type { CallId, DocumentId, TaskId, UploadId } from './ids.ts';

/** Where things are in the object store. The only place that builds keys. */
export const objectKeys = {
  upload: (uploadId: UploadId) => `uploads/${uploadId}`,
  input: (taskId: TaskId, documentId: DocumentId) => `tasks/${taskId}/input/${documentId}`,
  /** Named by its content too: two submissions of one task may be handed different files by the same URL. */
  fetchedInput: (taskId: TaskId, documentId: DocumentId, digest: string) =>
    `tasks/${taskId}/input/${documentId}.${digest}`,
  document: (taskId: TaskId, documentId: DocumentId) =>
    `tasks/${taskId}/document/${documentId}.json`,
  editView: (taskId: TaskId, documentId: DocumentId) =>
    `tasks/${taskId}/document/${documentId}.edit.json`,
  plan: (taskId: TaskId, stage: string, round: number) =>
    `tasks/${taskId}/plan/${stage}-${round}.json`,
  call: (taskId: TaskId, callId: CallId, fence: number) =>
    `tasks/${taskId}/calls/${callId}.${fence}.json`,
  stageOutput: (taskId: TaskId, stage: string) => `tasks/${taskId}/stage/${stage}.json`,
  roundOutput: (taskId: TaskId, stage: string, round: number) =>
    `tasks/${taskId}/stage/${stage}-${round}.json`,
  artifact: (taskId: TaskId, name: string) => `tasks/${taskId}/output/${name}`,
  artifactsOf: (taskId: TaskId) => `tasks/${taskId}/output/`,
} as const;
