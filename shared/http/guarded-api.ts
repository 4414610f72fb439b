import { bodyLimit } from 'hono/body-limit';
import { type Caller, grants, type Scope } from '#shared/domain/api-key.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { type Api, createApi } from './api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { problemResponse } from './problems.ts';
import { requestLog } from './request-log.ts';
import { requiredScope } from './required-scope.ts';

/** Bodies are small: documents go to the store. Inline text and a list of inputs fit. */
const maxBodyInBytes = 1024 * 1024;

const open = new Set(['/v1/health', '/v1/openapi.json']);

/** What stands before every route, whichever process serves it: problems, the log, the size of a body, and who may ask. */
export function createGuardedApi(
  deps: Pick<ApiDependencies, 'callerOf' | 'logger' | 'platformOf'>,
): Api {
  const app = createApi();
  app.onError((error, context) => problemResponse(context, asOurs(error), deps.logger));
  app.notFound((context) => {
    const error = new QuireError(
      'route_not_found',
      `Expected a route of /v1/openapi.json, got ${context.req.method} and another path.`,
    );
    return problemResponse(context, error, deps.logger);
  });
  app.use('*', requestLog(deps));
  app.use(
    '*',
    bodyLimit({
      maxSize: maxBodyInBytes,
      onError: () => {
        throw tooLarge();
      },
    }),
  );
  app.use('*', async (context, next) => {
    if (open.has(context.req.path)) return await next();
    const caller = await deps.callerOf(context.req.raw, context.env);
    if (caller === undefined) {
      throw new QuireError(
        'unauthorized',
        'Expected a valid API key as `Authorization: Bearer …`, got none or another.',
      );
    }
    requireScope(caller, requiredScope(context.req.method, context.req.path));
    context.set('caller', caller);
    context.set('tenantId', caller.tenantId);
    await next();
  });
  return app;
}

function requireScope(caller: Caller, scope: Scope): void {
  if (grants(caller.scopes, scope)) return;
  throw new QuireError(
    'forbidden',
    `Expected a key with the scope “${scope}”; this one has ${caller.scopes.join(', ')}.`,
    { details: { required: scope, scopes: [...caller.scopes] } },
  );
}

/** What the framework throws for a body that is no JSON is the sender's fault. */
function asOurs(error: unknown): unknown {
  const isMalformed =
    error instanceof SyntaxError ||
    (error instanceof Error && error.message.startsWith('Malformed JSON'));
  if (!isMalformed) return error;
  return new QuireError(
    'invalid_request',
    'Expected a body of JSON, got something that cannot be parsed.',
    { cause: error },
  );
}

function tooLarge(): QuireError {
  return new QuireError(
    'file_too_large',
    `Expected a body of at most ${maxBodyInBytes} bytes; upload documents with POST /v1/uploads.`,
    {
      details: { limit: maxBodyInBytes },
    },
  );
}
