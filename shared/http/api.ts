import { OpenAPIHono } from '@hono/zod-openapi';
import { QuireError } from '#shared/domain/errors.ts';
import type { ApiVariables } from './dependencies.ts';

export type Api = OpenAPIHono<{ Variables: ApiVariables }>;

/** A group of routes whose malformed parameters become our problems. */
export function createApi(): Api {
  return new OpenAPIHono<{ Variables: ApiVariables }>({
    defaultHook: (result) => {
      if (result.success) return;
      const fields = result.error.issues.map((issue) => issue.path.join('.') || 'body');
      const [first] = result.error.issues;
      throw new QuireError(
        'invalid_request',
        `Expected the request as documented; wrong: ${fields.join(', ')} (${first?.message ?? 'no value'}).`,
        { details: { fields } },
      );
    },
  });
}
