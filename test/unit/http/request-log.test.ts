import { describe, expect, it } from '@jest/globals';
import { Hono } from 'hono';
import type { ApiVariables } from '#shared/http/dependencies.ts';
import { requestLog } from '#shared/http/request-log.ts';
import { createRecordingLogger } from '../../support/silent-logger.ts';

const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

/** Sends one request through the middleware. */
async function send(
  path: string,
  options: {
    headers?: Record<string, string>;
    platform?: { requestId?: string; traceId?: string };
  } = {},
) {
  const logger = createRecordingLogger();
  const { platform } = options;
  const app = new Hono<{ Variables: ApiVariables }>();
  app.use(
    '*',
    requestLog({ logger, ...(platform === undefined ? {} : { platformOf: () => platform }) }),
  );
  app.get('/v1/tasks/:taskId', (context) => context.json({ traceId: context.var.traceId }));
  app.get('/v1/broken', () => {
    throw new Error('the confidential clause');
  });
  app.onError((_error, context) => context.text('It broke.', 500));
  const response = await app.request(path, { headers: options.headers ?? {} });
  return { response, line: logger.lines[0], lines: logger.lines };
}

describe('the log of requests', () => {
  it('has the template of a route, never the path', async () => {
    const { line } = await send('/v1/tasks/what-somebody-typed');
    expect(line).toMatchObject({
      level: 'info',
      event: 'request',
      fields: { method: 'GET', route: '/v1/tasks/{taskId}', status: 200 },
    });
    const unknown = await send('/what-somebody-typed?q=too');
    expect(unknown.line?.fields).toMatchObject({ route: 'none', status: 404 });
    expect(JSON.stringify([line, unknown.line])).not.toContain('somebody');
  });

  it('has one line for a request that broke, as an error and without its reason', async () => {
    const { lines } = await send('/v1/broken');
    expect(lines).toMatchObject([{ level: 'error', fields: { status: 500 } }]);
    expect(JSON.stringify(lines)).not.toContain('clause');
  });

  it('names the request as the platform does, and answers with that name', async () => {
    const { response, line } = await send('/v1/tasks/1', {
      headers: { traceparent },
      platform: { requestId: 'lambda-1', traceId: '1-abc' },
    });
    expect(response.headers.get('x-request-id')).toBe('lambda-1');
    expect(line?.fields).toMatchObject({ requestId: 'lambda-1', traceId: '1-abc' });
  });

  it('takes the trace of the caller where the platform has none, and hands it on', async () => {
    const { response, line } = await send('/v1/tasks/1', { headers: { traceparent } });
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    expect(await response.json()).toEqual({ traceId });
    expect(line?.fields).toMatchObject({ traceId });
    expect(response.headers.get('traceparent')).toBe(traceparent);
  });

  it('echoes the id that a caller gives, and nothing that is no id', async () => {
    const good = await send('/v1/tasks/1', { headers: { 'x-correlation-id': 'order:7' } });
    expect(good.response.headers.get('x-correlation-id')).toBe('order:7');
    expect(good.line?.fields).toMatchObject({ correlationId: 'order:7' });
    const headers = { 'x-correlation-id': 'a whole sentence', traceparent: 'nonsense' };
    const bad = await send('/v1/tasks/1', { headers });
    expect(bad.response.headers.get('x-correlation-id')).toBeNull();
    expect(bad.response.headers.get('traceparent')).toBeNull();
    expect(JSON.stringify(bad.lines)).not.toMatch(/sentence|nonsense/);
  });
});
