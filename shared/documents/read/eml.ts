import PostalMime, { type Attachment, decodeWords, type Email } from 'postal-mime';
import type { SourceFile } from '#shared/domain/document.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { ReadContent } from '../read-content.ts';
import { contentOfMessage, type MailField, type MailPart } from './mail/message.ts';
import { isEnvelopedData, passwordProtected } from './mail/secure-mail.ts';

const limits = {
  /** Of parts within parts. */
  maxNestingDepth: 50,
  maxHeadersSize: 2 * 1024 * 1024,
} as const;
/** Every boundary begins so, and so do signatures and dashed rules; a message of more is one of empty parts. */
const maxDashedLines = 100_000;

const shownFields = ['from', 'sender', 'to', 'cc', 'bcc', 'reply-to', 'date', 'subject'];

/**
 * Reads an e-mail as it was sent (RFC 5322, MIME): fields of its header, its body in one of its forms, its attachments. Messages within
 * it are attachments.
 */
export async function readEml(file: SourceFile): Promise<ReadContent> {
  refuseDashes(file.bytes);
  const email = await parse(file.bytes);
  const parts = email.attachments.map(partOf);
  refuseEncrypted(email, parts);
  return await contentOfMessage(file, {
    fields: fieldsOf(email),
    subject: email.subject,
    text: email.text,
    html: email.html,
    parts,
    warnings: [],
  });
}

function refuseDashes(bytes: Uint8Array): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 0;
  for (let at = buffer.indexOf('\n--'); at >= 0; at = buffer.indexOf('\n--', at + 3)) count += 1;
  if (count > maxDashedLines) throw tooComplex();
}

async function parse(bytes: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(bytes, { ...limits, forceRfc822Attachments: true });
  } catch (cause) {
    const isLimit = cause instanceof Error && /nesting|header/i.test(cause.message);
    throw isLimit
      ? tooComplex(cause)
      : new QuireError(
          'corrupt_file',
          'Expected an e-mail; its parts cannot be told apart. Save it again and send the new file.',
          { cause },
        );
  }
}

function tooComplex(cause?: unknown): QuireError {
  return new QuireError(
    'file_too_complex',
    'Expected an e-mail of a usual make; this one has too many parts, parts too deep within parts, or too long a header. Send its attachments by themselves.',
    cause === undefined ? {} : { cause },
  );
}

function fieldsOf({ headers }: Email): MailField[] {
  return headers.flatMap(({ key, originalKey, value }, index): MailField[] =>
    shownFields.includes(key)
      ? [{ name: originalKey, value: decodeWords(value), position: index + 1 }]
      : [],
  );
}

function partOf(attachment: Attachment): MailPart {
  const { filename, mimeType, content, related, disposition } = attachment;
  return {
    name: filename ?? attachment.description,
    mediaType: mimeType.toLowerCase(),
    bytes:
      typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
    isInline: related === true || (disposition === 'inline' && mimeType.startsWith('image/')),
  };
}

/** S/MIME (RFC 8551) and PGP/MIME (RFC 3156): nothing can be read without a key. */
function refuseEncrypted(email: Email, parts: readonly MailPart[]): void {
  const isPgp = parts.some((part) => part.mediaType === 'application/pgp-encrypted');
  const isEnveloped = parts.some(isEnvelopedData);
  const hasBody = (email.text ?? '').trim() !== '' || (email.html ?? '').trim() !== '';
  if (isPgp || (isEnveloped && !hasBody)) throw passwordProtected();
}
