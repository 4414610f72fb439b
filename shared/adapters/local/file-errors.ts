import { QuireError } from '#shared/domain/errors.ts';

/** Whether an error is one of the system with the code, such as `EEXIST`. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    codes.includes(String(error.code))
  );
}

/** Reads or removes a file, with another value where there is none. */
export async function ifMissing<Value, Other>(
  act: () => Promise<Value>,
  other: Other,
): Promise<Value | Other> {
  try {
    return await act();
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) return other;
    throw folderFault('readable and writable', error);
  }
}

/** A fault of the disk or of the rights to it. */
export function folderFault(
  expected: 'readable and writable' | 'writable',
  cause: unknown,
): QuireError {
  const reason =
    typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'unknown';
  return new QuireError(
    'store_unavailable',
    `Expected the data folder to be ${expected}; the system answered ${reason}. Check its rights and the free space.`,
    { details: { reason }, cause },
  );
}
