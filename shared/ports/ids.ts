import type { AttemptId, KeyId, TaskId, UploadId } from '#shared/domain/ids.ts';

/** New identifiers. Random ones sort by nothing and cannot be guessed. */
export interface Ids {
  taskId(): TaskId;
  /** The same seed gives the same id, on every machine. Idempotency keys and storage events become tasks through it (I2). */
  taskIdFrom(seed: string): TaskId;
  uploadId(): UploadId;
  attemptId(): AttemptId;
  keyId(): KeyId;
  /** The secret of a new API key: `qk_` and 43 characters of base 62, 256 bits. */
  apiKey(): string;
  /** UUID v4 under which a provider knows an attempt. */
  requestId(): string;
}
