import * as z from 'zod';
import type { ErrorEntry } from './error-entry.ts';
import { errorTable } from './error-table.ts';

/** Stable names of everything that can go wrong. Callers match on them; they never change meaning. */
export type ErrorCode = keyof typeof errorTable;

/** Facts that go with an error: ids, sizes, names of fields. Never document text, prompts, headers or keys (I9). */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** Every code, for schemas and tables. */
export const errorCodes = Object.keys(errorTable) as readonly ErrorCode[];

/** A code as it crosses JSON. */
export const ErrorCodeSchema = z.enum(errorCodes as [ErrorCode, ...ErrorCode[]]);

/** An error as it is stored with a task or a call and sent to callers. */
export const Problem = z.object({
  code: ErrorCodeSchema,
  message: z.string(),
  details: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
    .optional(),
});
export type Problem = z.infer<typeof Problem>;

/** The row of a code. */
export function errorEntry(code: ErrorCode): ErrorEntry {
  return errorTable[code];
}

/**
 * The one error class. `message` says what was expected, what came and what to do; `code` decides everything else.
 * It is recognised by `code`, since errors cross JSON between steps.
 */
export class QuireError extends Error {
  override readonly name = 'QuireError' as const;
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(
    code: ErrorCode,
    message: string,
    options: { details?: ErrorDetails; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** Whether a value is one of our errors, also when it was made by another copy of this module. */
export function isQuireError(value: unknown): value is QuireError {
  return (
    value instanceof Error &&
    'code' in value &&
    typeof value.code === 'string' &&
    value.code in errorTable
  );
}

/** Any thrown value as a problem. What is not ours becomes `internal_error` without its message, which might quote a document. */
export function problemOf(error: unknown): Problem {
  if (!isQuireError(error)) {
    const name = error instanceof Error ? error.name : typeof error;
    return { code: 'internal_error', message: `An unexpected ${name} stopped the work.` };
  }
  const details = Object.entries(error.details).map(([key, value]) => [
    key,
    typeof value === 'object' ? [...value] : value,
  ]);
  return {
    code: error.code,
    message: error.message,
    ...(details.length > 0 ? { details: Object.fromEntries(details) } : {}),
  };
}

/** A problem as an error again. */
export function errorOf(problem: Problem): QuireError {
  return new QuireError(problem.code, problem.message, { details: problem.details ?? {} });
}

/** Failures of the platform that a state machine may answer by running the same step again; steps are idempotent. */
export const infrastructureErrors = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'States.Timeout',
] as const;

/** Static retry of a step for {@link infrastructureErrors}: 4 tries, at most 2 + 6 + 18 s of waiting. */
export const stepRetry = {
  intervalInSeconds: 2,
  backoffRate: 3,
  maxAttempts: 3,
  maxDelayInSeconds: 60,
} as const;
