import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import {
  type ErrorCode,
  errorEntry,
  isQuireError,
  Problem,
  problemOf,
} from '#shared/domain/errors.ts';
import type { Logger } from '#shared/ports/logger.ts';
import { routeOf } from './request-log.ts';

/** An RFC 9457 problem with our stable code. */
export const ProblemBody = z
  .object({
    type: z.string().openapi({ example: 'urn:quire:error:invalid_params' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: Problem.shape.code,
    remedy: z.string(),
    details: Problem.shape.details,
  })
  .openapi('Problem');

/** Answers with the problem that an error stands for. */
export function problemResponse(context: Context, error: unknown, logger: Logger): Response {
  const problem = problemOf(error);
  const entry = errorEntry(problem.code);
  if (entry.httpStatus >= 500) {
    const name = error instanceof Error ? error.name : typeof error;
    logger.error('request-failed', { code: problem.code, name, route: routeOf(context) });
  }
  context.set('problemCode', problem.code);
  const body = {
    type: `urn:quire:error:${problem.code}`,
    title: entry.title,
    status: entry.httpStatus,
    detail: isQuireError(error)
      ? problem.message
      : 'Something unexpected happened; the log has the reason.',
    code: problem.code,
    remedy: entry.remedy,
    ...(problem.details === undefined ? {} : { details: problem.details }),
  };
  return context.json(body, entry.httpStatus as ContentfulStatusCode, {
    'content-type': 'application/problem+json',
  });
}

/** OpenAPI responses for the codes that a route may answer with, grouped by status. */
export function problemResponses(...codes: readonly ErrorCode[]) {
  const all: ErrorCode[] = ['unauthorized', 'forbidden', 'internal_error', ...codes];
  const statuses = [...new Set(all.map((code) => errorEntry(code).httpStatus))];
  return Object.fromEntries(
    statuses.map((status) => {
      const meant = all.filter((code) => errorEntry(code).httpStatus === status);
      const content = { 'application/problem+json': { schema: ProblemBody } };
      return [status, { description: `Problem: ${meant.join(', ')}`, content }];
    }),
  );
}
