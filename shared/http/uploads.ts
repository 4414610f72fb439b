import { createRoute } from '@hono/zod-openapi';
import { isoOf } from '#shared/domain/time.ts';
import { type Api, createApi } from './api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { problemResponses } from './problems.ts';
import { json, UploadBody, UploadRequestBody } from './schemas.ts';

const announce = createRoute({
  method: 'post',
  path: '/v1/uploads',
  summary: 'Announce a file; send it as a form of `fields` and, last, `file` to `url`',
  request: {
    body: { required: true, content: { 'application/json': { schema: UploadRequestBody } } },
  },
  responses: {
    201: json(UploadBody, 'Where and how to send the file'),
    ...problemResponses('invalid_request', 'file_too_large'),
  },
});

export function uploadRoutes(deps: ApiDependencies): Api {
  return createApi().openapi(announce, async (context) => {
    const { name, sizeInBytes } = context.req.valid('json');
    const upload = await deps.createUpload(context.var.tenantId, { name, sizeInBytes });
    const { uploadId, method, url, fields, maxSizeInBytes, expiresAtInMs } = upload;
    const body = {
      uploadId,
      method,
      url,
      fields: { ...fields },
      maxSizeInBytes,
      expiresAt: isoOf(expiresAtInMs),
    };
    return context.json(body, 201);
  });
}
