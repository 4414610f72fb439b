import { QuireError } from '#shared/domain/errors.ts';
import { unreachable } from './failures.ts';
import type { HttpResponse } from './pinned-request.ts';

const firstSizeInBytes = 64 * 1024;

/** The whole body, as it was sent; reading stops at the limit, whatever the server says of its length. */
export async function readBody(
  url: URL,
  { headers, body }: HttpResponse,
  maxSizeInBytes: number,
): Promise<Uint8Array> {
  refuseEncoding(url, headers['content-encoding']);
  const declared = Number(headers['content-length'] ?? 0);
  if (declared > maxSizeInBytes) throw tooLarge(url, maxSizeInBytes, declared);
  // One buffer that grows: kept apart, a million parts of one byte would cost a hundred times their size.
  let bytes = new Uint8Array(Math.min(firstSizeInBytes, maxSizeInBytes));
  let length = 0;
  for await (const part of body) {
    const needed = length + part.byteLength;
    if (needed > maxSizeInBytes) throw tooLarge(url, maxSizeInBytes);
    if (needed > bytes.byteLength) bytes = grown(bytes, needed, maxSizeInBytes);
    bytes.set(part, length);
    length = needed;
  }
  return bytes.subarray(0, length);
}

/** Nothing is inflated here: a server that encodes although `identity` was asked gets no second chance. */
function refuseEncoding(url: URL, encoding: string | string[] | undefined): void {
  if (encoding === undefined || /^(?:identity)?$/i.test(String(encoding).trim())) return;
  throw unreachable(url, `Expected the file as it is, ${url.hostname} sent it compressed`);
}

function grown(
  bytes: Uint8Array<ArrayBuffer>,
  needed: number,
  maxSizeInBytes: number,
): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.min(Math.max(needed, bytes.byteLength * 2), maxSizeInBytes));
  larger.set(bytes);
  return larger;
}

function tooLarge(url: URL, limit: number, actual?: number): QuireError {
  const got = actual === undefined ? 'sends more' : `has ${actual}`;
  return new QuireError(
    'file_too_large',
    `Expected at most ${limit} bytes, the file of ${url.hostname} ${got}. Split it, or remove embedded media.`,
    { details: { host: url.hostname, limit, ...(actual === undefined ? {} : { actual }) } },
  );
}
