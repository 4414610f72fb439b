import type { DocumentFormat } from '#shared/domain/document.ts';
import { mainPartOf, type OpcPackage, openPackage } from './opc.ts';
import { decodeUtf32, wideEncodingOf } from './wide-encoding.ts';
import { openZip } from './zip.ts';

/** What a file is by its content: a format that can be read, or the name of another thing, fit for a sentence. */
export type ContentKind =
  | { readonly format: DocumentFormat }
  | { readonly is: 'encrypted' }
  | { readonly is: 'legacy' | 'other'; readonly description: string };

/** Looks at the content alone. Text that does not show what it is, Markdown and CSV for instance, is `text`. */
export function detectContentKind(bytes: Uint8Array): ContentKind {
  if (startsWith(bytes, 'PK\u0003\u0004') || startsWith(bytes, 'PK\u0005\u0006')) {
    return detectInZip(bytes);
  }
  if (startsWith(bytes, '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1')) {
    return detectInCompoundFile(bytes);
  }
  const head = decodeHead(bytes);
  if (/^\s*%PDF-/.test(head)) return { format: 'pdf' };
  const known = otherSignatures.find(([signature]) => startsWith(bytes, signature));
  if (known !== undefined) return other(known[1]);
  if (/%PDF-\d/.test(head.slice(0, 1024)) && hasPdfEnd(bytes)) return { format: 'pdf' };
  if (!isText(bytes)) return other('a binary file');
  return { format: textKinds.find(([pattern]) => pattern.test(head))?.[1] ?? 'text' };
}

/** Text that shows what it is by how it begins. */
const textKinds: readonly (readonly [pattern: RegExp, format: DocumentFormat])[] = [
  [/^\{\\rtf/, 'rtf'],
  [/^\ufeff?WEBVTT(?:[ \t\r\n]|$)/, 'vtt'],
  [/^\ufeff?\s*\d+\s*\r?\n\d+:\d\d:\d\d[,.]\d{1,3} --> /, 'srt'],
  [/^(?:\s|<\?xml[^>]*>|<!--[\s\S]*?-->)*<(?:!doctype\s+html|html|head|body)[\s>]/i, 'html'],
  [
    /^(?:[A-Za-z][A-Za-z-]*:[^\n]*\r?\n(?:[ \t][^\n]*\n)*)*(?:MIME-Version|Message-ID|Received):/i,
    'eml',
  ],
];

/** Media that are often sent by mistake; any other binary content is just called so. */
const otherSignatures: readonly (readonly [signature: string, description: string])[] = [
  ['\u0089PNG', 'a PNG image'],
  ['\u00ff\u00d8\u00ff', 'a JPEG image'],
  ['GIF8', 'a GIF image'],
  ['II*\u0000', 'a TIFF image'],
  ['MM\u0000*', 'a TIFF image'],
  ['RIFF', 'a media file'],
  ['ID3', 'an audio file'],
  ['\u001f\u008b', 'a GZIP archive'],
  ['7z\u00bc\u00af', 'a 7-Zip archive'],
  ['Rar!', 'a RAR archive'],
];

const officeKinds: readonly (readonly [pattern: RegExp, kind: ContentKind])[] = [
  [/wordprocessingml|ms-word/, { format: 'docx' }],
  [/ms-excel\.sheet\.binary/, { is: 'other', description: 'a binary Excel workbook (XLSB)' }],
  [/spreadsheetml|ms-excel/, { format: 'xlsx' }],
  [/presentationml|ms-powerpoint/, { format: 'pptx' }],
  [/.*/, { is: 'other', description: 'an Office file of another kind' }],
];

/** What the `mimetype` entry of a ZIP says; a template's type begins with that of its documents. */
const mimeTypes: readonly (readonly [prefix: string, kind: ContentKind])[] = [
  ['application/epub+zip', { is: 'other', description: 'an EPUB book' }],
  ['application/vnd.oasis.opendocument.text', { format: 'odt' }],
  ['application/vnd.oasis.opendocument.spreadsheet', { format: 'ods' }],
  ['application/vnd.oasis.opendocument.presentation', { format: 'odp' }],
];

/** Names of streams in a compound file (MS-CFB), in the order in which they decide: a message may carry documents. */
const compoundStreams: readonly (readonly [stream: string, kind: ContentKind])[] = [
  ['__properties_version1.0', { format: 'msg' }],
  ['EncryptedPackage', { is: 'encrypted' }],
  ['WordDocument', { is: 'legacy', description: 'a Word document from before 2007' }],
  ['Workbook', { is: 'legacy', description: 'an Excel workbook from before 2007' }],
  ['Book', { is: 'legacy', description: 'an Excel workbook from before 1997' }],
  ['PowerPoint Document', { is: 'legacy', description: 'a PowerPoint file from before 2007' }],
];

function detectInZip(bytes: Uint8Array): ContentKind {
  const file = openPackage(bytes);
  if (file !== undefined) return detectInPackage(file);
  const mimeType = new TextDecoder('latin1').decode(openZip(bytes).read('mimetype')).trim();
  const known = mimeTypes.find(([prefix]) => mimeType.startsWith(prefix));
  return known?.[1] ?? other('a ZIP archive');
}

function detectInPackage(file: OpcPackage): ContentKind {
  const type = file.contentTypeOf(mainPartOf(file)) ?? '';
  return officeKinds.find(([pattern]) => pattern.test(type))?.[1] ?? other('a ZIP archive');
}

function detectInCompoundFile(bytes: Uint8Array): ContentKind {
  const found = compoundStreams.find(([stream]) => hasDirectoryEntry(bytes, stream));
  return found?.[1] ?? other('a compound file of another program');
}

/** Directory entries are of 128 bytes and begin with their name in UTF-16, ended by a zero (MS-CFB 2.6.1). */
function hasDirectoryEntry(bytes: Uint8Array, name: string): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wanted = Buffer.from(`${name}\0`, 'utf16le');
  let at = buffer.indexOf(wanted);
  while (at >= 0 && at % 128 !== 0) at = buffer.indexOf(wanted, at + 1);
  return at >= 0;
}

/** Programs that put something before the header, mail gateways for instance, leave the end as it was. */
function hasPdfEnd(bytes: Uint8Array): boolean {
  const tail = new TextDecoder('latin1').decode(bytes.subarray(-2048));
  return tail.includes('startxref') || tail.includes('%%EOF');
}

function decodeHead(bytes: Uint8Array): string {
  const head = bytes.subarray(0, 4096);
  const encoding = wideEncodingOf(bytes) ?? 'utf-8';
  if (encoding.startsWith('utf-32')) return decodeUtf32(head, encoding === 'utf-32le') ?? '';
  return new TextDecoder(encoding).decode(head);
}

/** Text has next to no control characters, and zeros only where every character is of two or four bytes. */
function isText(bytes: Uint8Array): boolean {
  if (wideEncodingOf(bytes) !== undefined) return true;
  const sample = bytes.subarray(0, 64 * 1024);
  return !sample.includes(0) && sample.filter(isControl).length * 100 <= sample.length;
}

/** Tabs, line ends, form feeds and the escape of terminal logs belong to text. */
function isControl(byte: number): boolean {
  const belongsToText = (byte >= 9 && byte <= 13) || byte === 27;
  return byte > 0 && byte < 32 && !belongsToText;
}

function startsWith(bytes: Uint8Array, signature: string): boolean {
  return Array.from(signature).every(
    (character, index) => character.charCodeAt(0) === bytes[index],
  );
}

function other(description: string): ContentKind {
  return { is: 'other', description };
}
