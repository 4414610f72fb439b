import type { DocumentWarning, SourceFile, Unit } from '#shared/domain/document.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { AttachedFile, ReadContent } from '../../read-content.ts';
import { createUnitList, type UnitList } from '../../unit-list.ts';
import { readHtml } from '../html.ts';
import { plainUnits } from './plain-text.ts';

/** An e-mail, whatever file it came in. */
export interface MailMessage {
  /** The fields of the header that a mail program shows, with their positions (from 1) among those of the file. */
  readonly fields: readonly MailField[];
  readonly subject: string | undefined;
  /** The body in either form or both; then they are alternatives of each other. */
  readonly text: string | undefined;
  readonly html: string | undefined;
  readonly parts: readonly MailPart[];
  readonly warnings: readonly DocumentWarning[];
}

export interface MailField {
  readonly name: string;
  readonly value: string;
  readonly position: number;
}

/** What came with a message besides its body. */
export interface MailPart {
  readonly name: string | undefined;
  /** Media type in small letters. */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** The body shows it, for example the logo of a signature. */
  readonly isInline: boolean;
}

/** More than this nobody attaches; a message of a million empty parts is an attack. */
const maxParts = 1_000;

/** Makes units of the header and the body, and files of the attachments. One form of the body is read: the HTML where there is one. */
export async function contentOfMessage(
  { documentId, name }: SourceFile,
  message: MailMessage,
): Promise<ReadContent> {
  if (message.parts.length > maxParts) {
    throw new QuireError(
      'file_too_complex',
      `Expected a message of at most ${maxParts} parts, got ${message.parts.length}. Send its attachments by themselves.`,
      { details: { limit: maxParts, actual: message.parts.length } },
    );
  }
  const list = createUnitList(documentId);
  for (const { name: field, value, position } of message.fields) {
    const place = { kind: 'message' as const, part: 'header' as const, line: position };
    if (value.trim() !== '') list.add({ kind: 'message-field', text: `${field}: ${value}`, place });
  }
  const ofBody = await addBody(list, message, { documentId, name });
  const { files, warnings: ofParts } = filesOf(message.parts);
  const title = message.subject?.trim() ?? '';
  return {
    ...(title === '' ? {} : { title }),
    units: list.units,
    warnings: [...message.warnings, ...ofBody, ...damageIn(message), ...ofParts],
    attachments: files,
  };
}

/** Lines of a body in HTML are its units: there are no others. */
async function addBody(
  list: UnitList,
  { text = '', html = '' }: MailMessage,
  file: Omit<SourceFile, 'bytes'>,
): Promise<DocumentWarning[]> {
  if (html.trim() === '') {
    for (const unit of plainUnits(text)) list.add(unit);
    return [];
  }
  const body = await readHtml({ ...file, bytes: markedUtf8(html) });
  for (const [index, { id: _, locator: __, ...unit }] of body.units.entries()) {
    list.add({ ...unit, place: { kind: 'message', part: 'body', line: index + 1 } });
  }
  return [...body.warnings, ...alternativeWarning(text, body.units)];
}

/** The mark keeps a `charset` in the page, which was that of the mail, from being believed. */
function markedUtf8(html: string): Uint8Array {
  return new TextEncoder().encode(`\ufeff${html}`);
}

/** The other form of the body is left out without a word where it says the same. */
function alternativeWarning(text: string, units: readonly Unit[]): DocumentWarning[] {
  const shown = new Set(units.flatMap((unit) => wordsOf(unit.text)));
  const words = [...new Set(wordsOf(text.replace(/\bhttps?:\/\/\S+/g, '')))];
  const missing = words.filter((word) => !shown.has(word)).length;
  if (missing === 0 || missing < words.length * 0.1) return [];
  const message =
    'The message has its text twice; the HTML was read, and the plain text, which is not quite the same, was left out.';
  return [{ code: 'unsupported-part', message, count: 1 }];
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
}

function damageIn({ text, html }: MailMessage): DocumentWarning[] {
  const count = [text, html].filter((each) => each?.includes('\ufffd')).length;
  if (count === 0) return [];
  const message =
    'The body has bytes that its character set does not know; they show as replacement characters.';
  return [{ code: 'malformed', message, count }];
}

/** Parts that programs exchange and nobody reads. */
const signature = /^application\/(?:x-)?(?:pkcs7-signature|pgp-signature)$/;

function filesOf(parts: readonly MailPart[]): {
  files: AttachedFile[];
  warnings: DocumentWarning[];
} {
  const files: AttachedFile[] = [];
  const warnings: DocumentWarning[] = [];
  let pictures = 0;
  for (const [index, part] of parts.entries()) {
    const name = nameOf(part, index + 1);
    const reason = unreadable(part, name);
    if (part.isInline && part.mediaType.startsWith('image/')) pictures += 1;
    else if (signature.test(part.mediaType)) warnings.push(unchecked());
    else if (reason !== undefined) warnings.push(notRead(name, reason));
    else files.push({ name, bytes: part.bytes });
  }
  if (pictures > 0) {
    const message = 'Text within pictures of the body was not read.';
    warnings.push({ code: 'image', message, count: pictures });
  }
  return { files, warnings };
}

function unreadable({ mediaType, bytes }: MailPart, name: string): string | undefined {
  if (/^(?:text\/calendar|application\/ics)$/.test(mediaType)) return 'it is a calendar entry';
  if (mediaType === 'application/ms-tnef' || /^winmail\.dat$/i.test(name))
    return 'it is packed in Outlook’s own way (TNEF); ask for it as a file';
  return bytes.length === 0 ? 'it is empty' : undefined;
}

function notRead(name: string, reason: string): DocumentWarning {
  return {
    code: 'attachment-not-read',
    message: `The attachment “${name}” is not read: ${reason}.`,
    count: 1,
  };
}

function unchecked(): DocumentWarning {
  const message = 'The message is signed; the signature was not checked.';
  return { code: 'unsupported-part', message, count: 1 };
}

const extensionsOfTypes: Readonly<Record<string, string>> = {
  'text/plain': 'txt',
  'text/html': 'html',
  'message/delivery-status': 'txt',
  'text/rfc822-headers': 'txt',
  'application/pdf': 'pdf',
};

/** Its own name without any path, or one by its type. A message within a message is one of its own. */
function nameOf({ name, mediaType }: MailPart, position: number): string {
  const own = (name ?? '').replace(/^.*[\\/]/s, '').trim();
  if (mediaType === 'message/rfc822') {
    return /\.eml$/i.test(own) ? own : `${own || `message-${position}`}.eml`;
  }
  if (own !== '') return own;
  const extension = extensionsOfTypes[mediaType];
  return `attachment-${position}${extension === undefined ? '' : `.${extension}`}`;
}
