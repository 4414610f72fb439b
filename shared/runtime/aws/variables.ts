import { environmentNames } from '#shared/domain/environment.ts';
import { QuireError } from '#shared/domain/errors.ts';

/** A variable that the stack sets; without it the function cannot work, and says so when it starts. */
export function requireVariable(name: string): string {
  const value = process.env[name];
  if (value !== undefined && value !== '') return value;
  throw new QuireError(
    'internal_error',
    `Expected the variable ${name}, which the stack sets; it is missing.`,
    {
      details: { name },
    },
  );
}

/** Days until the rows of a task expire. */
export function retentionInDays(): number {
  return Number(process.env[environmentNames.retentionDays] ?? 30);
}
