import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '#shared/ports/clock.ts';
import type { UploadForms } from '#shared/ports/object-store.ts';
import { readSecretFile } from './secret-file.ts';

/** What a signed form allows. */
export interface AllowedUpload {
  readonly key: string;
  readonly maxSizeInBytes: number;
}

export interface LocalUploadForms extends UploadForms {
  /** What the fields of a posted form allow now, or `undefined` where they are forged, changed or too old. */
  verify(fields: Readonly<Record<string, string | undefined>>): AllowedUpload | undefined;
}

/**
 * The local twin of S3's presigned POST: the same form, sent to this server. The signature binds key, size and expiry, so that a form
 * uploads the announced file and nothing else.
 */
export function createLocalUploadForms(options: {
  /** Where the form is posted to; asked for late, since the port is known only when the server listens. */
  url: () => string;
  secret: Uint8Array;
  clock: Pick<Clock, 'now'>;
}): LocalUploadForms {
  const { url, secret, clock } = options;
  return {
    async create(key, { expiresInSeconds, maxSizeInBytes }) {
      const expiresAtInMs = clock.now() + expiresInSeconds * 1_000;
      const policy = {
        key,
        maxSizeInBytes: String(maxSizeInBytes),
        expires: String(expiresAtInMs),
      };
      return {
        method: 'POST',
        url: url(),
        fields: { ...policy, signature: sign(secret, policy).toString('hex') },
        maxSizeInBytes,
        expiresAtInMs,
      };
    },
    verify({ key, maxSizeInBytes, expires, signature }) {
      if (key === undefined || maxSizeInBytes === undefined || expires === undefined)
        return undefined;
      const wanted = sign(secret, { key, maxSizeInBytes, expires });
      const got = Buffer.from(signature ?? '', 'hex');
      if (got.length !== wanted.length || !timingSafeEqual(got, wanted)) return undefined;
      if (clock.now() > Number(expires)) return undefined;
      return { key, maxSizeInBytes: Number(maxSizeInBytes) };
    },
  };
}

/** The secret of a data folder: forms stay valid over a restart. */
export function readUploadSecret(directory: string): Promise<Uint8Array> {
  return readSecretFile(directory, 'upload-secret');
}

function sign(
  secret: Uint8Array,
  policy: { key: string; maxSizeInBytes: string; expires: string },
): Buffer {
  // As JSON, so that no character of one field can pass for the border to the next.
  const text = JSON.stringify([policy.key, policy.maxSizeInBytes, policy.expires]);
  return createHmac('sha256', secret).update(text).digest();
}
