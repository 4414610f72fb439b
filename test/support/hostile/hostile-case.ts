import type { ErrorCode } from '#shared/domain/errors.ts';

/** A file that is made to hurt its reader. */
export interface HostileCase {
  readonly kind: string;
  readonly name: string;
  make(): Uint8Array;
  /** What may become of it: one of these codes, or a reading with bounded work. */
  readonly outcomes: readonly (ErrorCode | 'read')[];
}
