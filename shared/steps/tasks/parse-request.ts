import * as z from 'zod';
import { type ErrorCode, QuireError } from '#shared/domain/errors.ts';
import { TaskRequest } from '#shared/domain/task.ts';
import type { Workflow } from '#shared/workflows/definition.ts';

/** A body of the documented form. */
export function parseRequest(body: unknown): TaskRequest {
  const parsed = TaskRequest.safeParse(body);
  if (parsed.success) return parsed.data;
  throw faultOf('invalid_request', 'the request', parsed.error);
}

/** Parameters as the workflow takes them, defaults filled in. */
export function parseParams(
  workflow: Workflow,
  params: Record<string, unknown>,
): Record<string, unknown> {
  const parsed = workflow.params.safeParse(params);
  if (parsed.success) return z.record(z.string(), z.unknown()).parse(parsed.data);
  throw faultOf('invalid_params', `the parameters of ${workflow.id}`, parsed.error);
}

/** Names the fields and what was expected of each; values stay out, since they may be long or private. */
function faultOf(code: ErrorCode, what: string, error: z.ZodError): QuireError {
  const faults = error.issues.slice(0, 5).map((issue) => {
    const field = issue.path.join('.') || 'body';
    return `${field}: ${issue.message.replace(/^Invalid input: /, '')}`;
  });
  const fields = error.issues.map((issue) => issue.path.join('.') || 'body');
  return new QuireError(code, `Expected ${what} as documented. ${faults.join('; ')}.`, {
    details: { fields },
  });
}
