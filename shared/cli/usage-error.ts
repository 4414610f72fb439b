/** A command line that cannot be carried out; the message says what was expected. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError' as const;
}
