import { Hono } from 'hono';
import { QuireError } from '#shared/domain/errors.ts';
import type { Logger } from '#shared/ports/logger.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import { problemResponse } from './problems.ts';

export interface LocalUploadDependencies {
  readonly objects: ObjectStore;
  readonly logger: Logger;
  /** What the fields of a form allow; `undefined` where they are forged or too old. */
  readonly verify: (
    fields: Readonly<Record<string, string | undefined>>,
  ) => { readonly key: string; readonly maxSizeInBytes: number } | undefined;
}

/** Bytes that the fields and borders of a form may take besides the file. */
const formOverheadInBytes = 64_000;

/** The local twin of S3's presigned POST. The form itself carries the right to send this one file; no key is asked for. */
export function createLocalUploads(deps: LocalUploadDependencies): Hono {
  const app = new Hono();
  app.onError((error, context) => problemResponse(context, error, deps.logger));
  app.post('/local-uploads', async (context) => {
    refuseLarge(Number(context.req.header('content-length') ?? Number.NaN));
    const form = await context.req.formData().catch(() => undefined);
    if (form === undefined)
      throw invalid('a multipart form with the fields of the upload and `file`');
    const fields = Object.fromEntries(
      [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    );
    const allowed = deps.verify(fields);
    if (allowed === undefined) throw invalid('the fields of the upload, unchanged and in time');
    const file = form.get('file');
    if (file === null || typeof file === 'string') throw invalid('a field `file` with the file');
    refuseLarge(file.size, allowed.maxSizeInBytes);
    await deps.objects.put(allowed.key, new Uint8Array(await file.arrayBuffer()));
    return context.body(null, 204);
  });
  return app;
}

function refuseLarge(sizeInBytes: number, limit = 50 * 1024 * 1024 + formOverheadInBytes): void {
  if (Number.isNaN(sizeInBytes)) throw invalid('a Content-Length');
  if (sizeInBytes <= limit) return;
  throw new QuireError('file_too_large', `Expected at most ${limit} bytes, got ${sizeInBytes}.`, {
    details: { limit, actual: sizeInBytes },
  });
}

function invalid(expected: string): QuireError {
  return new QuireError('invalid_request', `Expected ${expected}; the upload has something else.`);
}
