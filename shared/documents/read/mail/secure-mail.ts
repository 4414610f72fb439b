import { QuireError } from '#shared/domain/errors.ts';
import type { MailPart } from './message.ts';

/** Object identifiers of PKCS #7 (RFC 5652, 4 and 6) as they are encoded: 1.2.840.113549.1.7 and the kind of content. */
const contentTypes = Buffer.from([0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07]);
const envelopedData = 3;
const authEnvelopedData = 0x17;

/** Whether a part is a sealed message. Signed ones have the same media type; their first object identifier tells. */
export function isEnvelopedData({
  mediaType,
  bytes,
  name,
}: Pick<MailPart, 'mediaType' | 'bytes' | 'name'>): boolean {
  const isSecure = /^application\/(?:x-)?pkcs7-mime$/.test(mediaType) || /\.p7m$/i.test(name ?? '');
  if (!isSecure) return false;
  const head = Buffer.from(bytes.subarray(0, 64));
  const at = head.indexOf(contentTypes);
  if (at >= 0) return head[at + contentTypes.length] === envelopedData;
  return head.includes(Buffer.from([0x09, 0x10, 0x01, authEnvelopedData]));
}

export function passwordProtected(): QuireError {
  return new QuireError(
    'password_protected',
    'Expected an e-mail that anybody can read; it is encrypted. Save it without encryption in the mail program and send the new file.',
  );
}
