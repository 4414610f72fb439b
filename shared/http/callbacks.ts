import { Hono } from 'hono';
import { QuireError } from '#shared/domain/errors.ts';
import type { Logger } from '#shared/ports/logger.ts';
import type { TakeDelivery } from '#shared/steps/tasks/take-delivery.ts';
import { problemResponse } from './problems.ts';

/** The longest answer that the model can give fits; a delivery may hold it whole. */
const maxBodyInBytes = 1024 * 1024;

/**
 * Where providers announce answers. Open: the token in the path is the right to say that this one answer is there. The body is not even
 * read, and the reply is the same whatever the token is worth, so that nothing can be learnt here.
 */
export function createCallbackRoutes(deps: {
  readonly takeDelivery: TakeDelivery;
  readonly logger: Logger;
}): Hono {
  const app = new Hono();
  app.onError((error, context) => problemResponse(context, error, deps.logger));
  app.post('/v1/callbacks/runware/:token', async (context) => {
    const sizeInBytes = Number(context.req.header('content-length') ?? 0);
    if (!(sizeInBytes <= maxBodyInBytes)) throw tooLarge(sizeInBytes);
    await deps.takeDelivery(context.req.param('token'));
    return context.body(null, 204);
  });
  return app;
}

function tooLarge(sizeInBytes: number): QuireError {
  return new QuireError(
    'file_too_large',
    `Expected a delivery of at most ${maxBodyInBytes} bytes, got ${sizeInBytes}.`,
    { details: { limit: maxBodyInBytes, actual: sizeInBytes } },
  );
}
