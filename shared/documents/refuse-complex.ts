import { QuireError } from '#shared/domain/errors.ts';

/** Throws `file_too_complex` if there is more of something than {@link import('./limits.ts')} allows. `what` is a plural noun. */
export function refuseComplex(what: string, actual: number, limit: number): void {
  if (actual <= limit) return;
  throw new QuireError(
    'file_too_complex',
    `Expected at most ${limit} ${what}, the file has more. Split it and send the parts.`,
    { details: { limit } },
  );
}
