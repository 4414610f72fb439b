import { randomUUID } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { LogFields } from '#shared/ports/logger.ts';
import type { ApiDependencies, ApiVariables } from './dependencies.ts';

type Variables = { Variables: ApiVariables };

/**
 * Names each request and writes one line about it: the template of its route and never its path, status, duration, whose it was. The
 * answer carries the request id, and the caller's own ids as they came.
 */
export function requestLog(
  deps: Pick<ApiDependencies, 'logger' | 'platformOf'>,
): MiddlewareHandler<Variables> {
  return async (context, next) => {
    const startedAtInMs = performance.now();
    const { requestId, traceId, echoed } = namesOf(context, deps.platformOf?.(context.env));
    if (traceId !== undefined) context.set('traceId', traceId);

    await next();

    context.header('x-request-id', requestId);
    for (const [name, value] of Object.entries(echoed)) context.header(name, value);
    const { status } = context.res;
    deps.logger[status >= 500 ? 'error' : 'info']('request', {
      method: context.req.method,
      route: routeOf(context),
      status,
      durationInMs: Math.round(performance.now() - startedAtInMs),
      requestId,
      correlationId: echoed['x-correlation-id'],
      ...(traceId === undefined ? {} : { traceId }),
      ...callerOf(context),
    });
  };
}

interface RequestNames {
  readonly requestId: string;
  readonly traceId: string | undefined;
  /** Headers of the caller that go back to it. */
  readonly echoed: Readonly<Record<string, string>>;
}

function namesOf(
  context: Context,
  platform: { requestId?: string | undefined; traceId?: string | undefined } = {},
): RequestNames {
  const echoed = Object.fromEntries(
    Object.entries(callerNames).flatMap(([name, form]) => {
      const value = context.req.header(name);
      return value !== undefined && form.test(value) ? [[name, value]] : [];
    }),
  );
  return {
    requestId: platform.requestId ?? randomUUID(),
    traceId: platform.traceId ?? echoed['traceparent']?.split('-')[1],
    echoed,
  };
}

/** What a caller may call its request: ids only, since they stand in the log. `traceparent` is that of W3C Trace Context. */
const callerNames = {
  'x-correlation-id': /^[\w.:-]{1,128}$/,
  traceparent: /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/,
};

/** The template of the route that has answered, for example `/v1/tasks/{taskId}`; a path may hold anything. */
export function routeOf(context: Context): string {
  const template = routePath(context, -1);
  return template.endsWith('*') ? 'none' : template.replaceAll(/:(\w+)/g, '{$1}');
}

/** Who has asked, where that is known; a request without a valid key is nobody's. */
function callerOf(context: Context<Variables>): LogFields {
  const known: Partial<ApiVariables> & { caller?: { keyId?: string } } = context.var;
  return {
    ...(known.tenantId === undefined ? {} : { tenantId: known.tenantId }),
    ...(known.caller?.keyId === undefined ? {} : { keyId: known.caller.keyId }),
    ...(known.problemCode === undefined ? {} : { code: known.problemCode }),
  };
}
