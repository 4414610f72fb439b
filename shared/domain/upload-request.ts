import * as z from 'zod';

/** The body of `POST /v1/uploads`. */
export const UploadRequest = z.strictObject({
  name: z.string().min(1).max(255),
  sizeInBytes: z.int().min(0).optional(),
  contentType: z.string().optional(),
});
