import { join } from 'node:path';
import { Hono } from 'hono';
import { createLocalUploadForms, readUploadSecret } from '#shared/adapters/local/upload-forms.ts';
import { createApp } from '#shared/http/app.ts';
import { createCallbackRoutes } from '#shared/http/callbacks.ts';
import { createLocalUploads } from '#shared/http/local-uploads.ts';
import { createCreateUpload } from '#shared/steps/tasks/create-upload.ts';
import { createGetUsage } from '#shared/steps/tasks/get-usage.ts';
import { createKeyUseCases } from './key-use-cases.ts';
import { type LocalRuntime, localTenantId } from './local.ts';
import { createLocalCallerOf } from './local-callers.ts';

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
    callerOf: createLocalCallerOf(runtime, options.apiKey),
    keys: createKeyUseCases({ ...runtime, firstTenantId: localTenantId }),
  });
  const root = new Hono();
  root.route('/', createLocalUploads({ objects, logger, verify: uploadForms.verify }));
  root.route('/', createCallbackRoutes({ takeDelivery: runtime.takeDelivery, logger }));
  root.route('/', app);
  root.notFound((context) => app.fetch(context.req.raw, context.env));
  return root;
}
