import * as z from 'zod';

/** Identifies a task. Also the name of its execution, so it keeps to 1–80 characters of `[a-z0-9_]` (Step Functions, StartExecution). */
export const TaskId = z
  .string()
  .regex(/^tsk_[0-9a-z]{26}$/)
  .brand<'TaskId'>();
export type TaskId = z.infer<typeof TaskId>;

/** Identifies a file that a caller announced with `POST /v1/uploads`. */
export const UploadId = z
  .string()
  .regex(/^upl_[0-9a-z]{26}$/)
  .brand<'UploadId'>();
export type UploadId = z.infer<typeof UploadId>;

/** Identifies one try of a call at one provider. Minted before the request is sent, so that a crash leaves a trace. */
export const AttemptId = z
  .string()
  .regex(/^att_[0-9a-z]{26}$/)
  .brand<'AttemptId'>();
export type AttemptId = z.infer<typeof AttemptId>;

/** Names an API key, and tells nothing of its secret. */
export const KeyId = z
  .string()
  .regex(/^key_[0-9a-z]{26}$/)
  .brand<'KeyId'>();
export type KeyId = z.infer<typeof KeyId>;

/** `d1`, `d2`, … in the order in which the task names its inputs; `d1a2` is the second file attached to the first. */
export const DocumentId = z
  .string()
  .regex(/^d[1-9]\d*(?:a[1-9]\d*)*$/)
  .brand<'DocumentId'>();
export type DocumentId = z.infer<typeof DocumentId>;

/**
 * Identifies a unit within a task: `d1.u12` is the twelfth unit of the first document, `d1.s4` the fourth segment of a document that is
 * edited in place.
 */
export const UnitId = z
  .string()
  .regex(/^d[1-9]\d*(?:a[1-9]\d*)*\.[us][1-9]\d*$/)
  .brand<'UnitId'>();
export type UnitId = z.infer<typeof UnitId>;

/** Identifies a call within a task: stage, round and index, for example `notes-0-00012`. Stable across restarts. */
export const CallId = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*-\d+-\d{5}$/)
  .brand<'CallId'>();
export type CallId = z.infer<typeof CallId>;

/** Owner of tasks, files and usage. A local run has one: `local`. */
export const TenantId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
  .brand<'TenantId'>();
export type TenantId = z.infer<typeof TenantId>;

/** Builds the document id of the n-th input (n from 1). */
export function documentIdOf(position: number): DocumentId {
  return DocumentId.parse(`d${position}`);
}

/** Builds the document id of the n-th file attached to a document (n from 1). */
export function attachmentIdOf(documentId: DocumentId, position: number): DocumentId {
  return DocumentId.parse(`${documentId}a${position}`);
}

/** Builds the unit id of the n-th unit of a document (n from 1). */
export function unitIdOf(documentId: DocumentId, position: number): UnitId {
  return UnitId.parse(`${documentId}.u${position}`);
}

/** Builds the unit id of the n-th segment of a document that is edited in place (n from 1). */
export function segmentIdOf(documentId: DocumentId, position: number): UnitId {
  return UnitId.parse(`${documentId}.s${position}`);
}

/** The document a unit belongs to. */
export function documentIdOfUnit(unitId: UnitId): DocumentId {
  return DocumentId.parse(unitId.slice(0, unitId.indexOf('.')));
}

/** Builds the id of a call from its stage name, its round (from 0) and its index in the round (from 0). */
export function callIdOf(stage: string, round: number, index: number): CallId {
  return CallId.parse(`${stage}-${round}-${String(index).padStart(5, '0')}`);
}

/** Stage and round of a call. */
export function placeOfCall(callId: CallId): { readonly stage: string; readonly round: number } {
  const [, stage = '', round = '0'] = /^(.+)-(\d+)-\d{5}$/.exec(callId) ?? [];
  return { stage, round: Number(round) };
}
