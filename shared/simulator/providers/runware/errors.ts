import type { core } from 'zod';
import type { Failure, FailureKind } from '../../core/failures.ts';
import type { AnyTask } from './task-schema.ts';

/** An error of one task, with the status that it has where nothing else has gone well. */
export interface TaskError {
  readonly status: number;
  readonly body: {
    readonly code: string;
    readonly message: string;
    readonly parameter?: string | readonly string[];
    readonly taskType?: string;
    readonly taskUUID?: string;
  };
}

interface Named {
  readonly code: string;
  /** Where Runware has another one than the rest. */
  readonly status?: number;
}

const codes: Readonly<Record<FailureKind, Named>> = {
  'rate-limit': { code: 'rateLimitExceeded' },
  throttled: { code: 'providerRateLimitExceeded' },
  'bad-request': { code: 'invalidMessages' },
  'missing-key': { code: 'missingApiKey' },
  'bad-key': { code: 'invalidApiKey' },
  'key-burst': { code: 'unauthorized' },
  payment: { code: 'insufficientCredits' },
  balance: { code: 'insufficientCredits', status: 402 },
  forbidden: { code: 'forbidden' },
  'not-found': { code: 'modelNotFound' },
  'unknown-model': { code: 'invalidModel', status: 400 },
  context: { code: 'valueTooLong' },
  upstream: { code: 'internalServerError' },
  unavailable: { code: 'serviceUnavailable' },
  overloaded: { code: 'noAvailableServer' },
  sensitive: { code: 'contentPolicyViolation', status: 400 },
  conflict: { code: 'conflictTaskUUID', status: 400 },
};

export function taskError(failure: Failure, task: AnyTask = {}): TaskError {
  const { code, status = failure.status } = codes[failure.kind];
  const { message } = failure;
  const isAuthentication = /-key$/.test(failure.kind);
  const parameter = isAuthentication ? 'apiKey' : failure.parameter;
  const about = isAuthentication ? { taskType: 'authentication' } : nameOf(task);
  return { status, body: { code, message, ...(parameter && { parameter }), ...about } };
}

/** Everything that a schema finds wrong with a task. */
export function schemaErrors(issues: readonly core.$ZodIssue[], task: AnyTask): TaskError[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) =>
        validationError('unsupportedParameter', { path: [...path, key], task, issue }),
      );
    }
    const last = path.findLast((part) => !/^\d+$/.test(part)) ?? 'task';
    const prefix = valueAt(task, path) === undefined ? 'missing' : 'invalid';
    const code = `${prefix}${last.slice(0, 1).toUpperCase()}${last.slice(1)}`;
    return [validationError(code, { path, task, issue })];
  });
}

function validationError(
  code: string,
  { path, task, issue }: { path: readonly string[]; task: AnyTask; issue: { message: string } },
): TaskError {
  const parameter = path.join('.');
  const message = `${parameter}: ${issue.message}`;
  return { status: 400, body: { code, message, parameter, ...nameOf(task) } };
}

function nameOf({ taskType, taskUUID }: AnyTask): { taskType?: string; taskUUID?: string } {
  return { ...(taskType && { taskType }), ...(taskUUID && { taskUUID }) };
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const part of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Object.entries(current).find(([name]) => name === part)?.[1];
  }
  return current;
}
