import { createHash, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { Hono } from 'hono';
import { createLocalUploadForms, readUploadSecret } from '#shared/adapters/local/upload-forms.ts';
import { createApp } from '#shared/http/app.ts';
import { createCallbackRoutes } from '#shared/http/callbacks.ts';
import { createLocalUploads } from '#shared/http/local-uploads.ts';
import { createCreateUpload } from '#shared/steps/tasks/create-upload.ts';
import { createGetUsage } from '#shared/steps/tasks/get-usage.ts';
import { workflows } from '#shared/workflows/catalog.ts';
import { type LocalRuntime, localTenantId } from './local.ts';

/** The REST API of a local runtime, with the local twin of S3's upload forms. */
export async function createLocalApi(
  runtime: LocalRuntime,
  options: {
    readonly dataDirectory: string;
    /** Where the API is reached; asked for late, since the port is known only when the server listens. */
    readonly publicUrl: () => string;
    /** Without one the API asks for no key. */
    readonly apiKey: string | undefined;
  },
): Promise<Hono> {
  const { objects, logger } = runtime;
  const uploadForms = createLocalUploadForms({
    url: () => `${options.publicUrl()}/local-uploads`,
    secret: await readUploadSecret(join(options.dataDirectory, 'secrets')),
    clock: runtime.clock,
  });
  const app = createApp({
    ...runtime,
    createUpload: createCreateUpload({ ...runtime, uploadForms }),
    getUsage: createGetUsage(runtime),
    workflows,
    tenantOf: (request) => (isAllowed(request, options.apiKey) ? localTenantId : undefined),
  });
  const root = new Hono();
  root.route('/', createLocalUploads({ objects, logger, verify: uploadForms.verify }));
  root.route('/', createCallbackRoutes({ takeDelivery: runtime.takeDelivery, logger }));
  root.route('/', app);
  root.notFound((context) => app.fetch(context.req.raw));
  return root;
}

function isAllowed(request: Request, apiKey: string | undefined): boolean {
  if (apiKey === undefined || apiKey === '') return true;
  const [scheme, token] = (request.headers.get('authorization') ?? '').split(' ');
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return scheme?.toLowerCase() === 'bearer' && timingSafeEqual(digest(token ?? ''), digest(apiKey));
}
