import type { DocumentFormat } from '#shared/domain/document.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { type ContentKind, detectContentKind } from './content-kind.ts';

/**
 * The format of a file: its content decides, and its extension must not contradict it. Plain text carries no mark of its own,
 * so there the extension says what it is.
 */
export function sniffFormat(
  file: { readonly name: string; readonly bytes: Uint8Array },
  accepted: readonly DocumentFormat[],
): DocumentFormat {
  const extension = extensionOf(file.name);
  const kind = detectContentKind(file.bytes);
  const format = 'format' in kind ? textFormatOf(kind.format, extension) : undefined;
  if (format !== undefined && fitsExtension(format, extension)) {
    return requireAccepted(format, accepted);
  }
  throw refusalOf(kind, extension, accepted);
}

const extensions = {
  docx: ['docx', 'docm', 'dotx', 'dotm'],
  xlsx: ['xlsx', 'xlsm', 'xltx', 'xltm'],
  pptx: ['pptx', 'pptm', 'potx', 'potm', 'ppsx', 'ppsm'],
  pdf: ['pdf'],
  odt: ['odt', 'ott'],
  ods: ['ods', 'ots'],
  odp: ['odp', 'otp'],
  rtf: ['rtf'],
  html: ['html', 'htm', 'xhtml', 'xht'],
  markdown: ['md', 'markdown', 'mdown', 'mkd'],
  text: ['txt', 'text', 'log'],
  csv: ['csv', 'tsv', 'tab'],
  eml: ['eml'],
  msg: ['msg'],
  vtt: ['vtt'],
  srt: ['srt'],
  transcript: ['json'],
} as const satisfies Record<DocumentFormat, readonly string[]>;

const formatNames = {
  docx: 'Word (DOCX)',
  xlsx: 'Excel (XLSX)',
  pptx: 'PowerPoint (PPTX)',
  pdf: 'PDF',
  odt: 'OpenDocument text (ODT)',
  ods: 'OpenDocument spreadsheet (ODS)',
  odp: 'OpenDocument presentation (ODP)',
  rtf: 'RTF',
  html: 'HTML',
  markdown: 'Markdown',
  text: 'plain text',
  csv: 'CSV',
  eml: 'e-mail (EML)',
  msg: 'Outlook message (MSG)',
  vtt: 'WebVTT (VTT)',
  srt: 'SubRip (SRT)',
  transcript: 'transcript (JSON)',
} as const satisfies Record<DocumentFormat, string>;

/** Text whose structure the content does not show for certain: there the extension decides. */
const namedByExtension = [
  'markdown',
  'html',
  'text',
  'csv',
  'eml',
  'vtt',
  'srt',
  'transcript',
] as const;

/** Text of formats with a structure that reading them as plain text would lose. */
const structuredText: readonly string[] = [
  ...['jsonl', 'ndjson', 'xml', 'yaml', 'yml', 'mbox', 'ics', 'vcf', 'tex', 'svg'],
];

/** Extensions of binary formats: text under such a name is not what the name says. */
const otherBinary: readonly string[] = [
  ...['doc', 'dot', 'xls', 'xlsb', 'ppt', 'epub', 'zip'],
  ...['png', 'jpg', 'jpeg', 'gif', 'tif', 'tiff'],
];

/** Descriptions of {@link detectContentKind} that an extension may go with; any other pair is a contradiction. */
const honestNames: readonly (readonly [description: RegExp, extensions: RegExp])[] = [
  [/Excel/, /^xls[xmb]?$|^xlt/],
  [/EPUB|archive|image/, /^epub$|^zip$|^png$|^jpe?g$|^gif$|^tiff?$/],
];

function textFormatOf(format: DocumentFormat, extension: string): DocumentFormat {
  if (!includes(namedByExtension, format)) return format;
  return namedByExtension.find((each) => includes(extensions[each], extension)) ?? format;
}

/** An extension that nobody knows (`minutes.final`) contradicts nothing. */
function fitsExtension(format: DocumentFormat, extension: string): boolean {
  return includes(extensions[format], extension) || !isKnown(extension);
}

function isKnown(extension: string): boolean {
  const readable = Object.values(extensions).flat();
  return includes([...readable, ...structuredText, ...otherBinary], extension);
}

function requireAccepted(
  format: DocumentFormat,
  accepted: readonly DocumentFormat[],
): DocumentFormat {
  if (accepted.includes(format)) return format;
  throw unsupported(formatNames[format], accepted);
}

function refusalOf(
  kind: ContentKind,
  extension: string,
  accepted: readonly DocumentFormat[],
): QuireError {
  if ('format' in kind) {
    if (includes(namedByExtension, kind.format) && structuredText.includes(extension)) {
      return unsupported(`a .${extension} file`, accepted);
    }
    return mismatch(extension, formatNames[kind.format]);
  }
  switch (kind.is) {
    case 'encrypted':
      return new QuireError(
        'password_protected',
        'Expected a file that opens without a password; it is an encrypted Office file. Remove the password and send it again.',
      );
    case 'legacy':
      return new QuireError(
        'legacy_format',
        `Expected ${listOf(accepted)}; it is ${kind.description}. Save it in a current format and send it again.`,
      );
    case 'other':
      return isHonest(kind.description, extension)
        ? unsupported(kind.description, accepted)
        : mismatch(extension, kind.description);
  }
}

function isHonest(description: string, extension: string): boolean {
  const pair = honestNames.find(([pattern]) => pattern.test(description));
  return pair?.[1].test(extension) === true || !isKnown(extension);
}

function unsupported(what: string, accepted: readonly DocumentFormat[]): QuireError {
  return new QuireError(
    'unsupported_format',
    `Expected ${listOf(accepted)}; it is ${what}. Save it in one of those formats and send it again.`,
    { details: { accepted } },
  );
}

function mismatch(extension: string, content: string): QuireError {
  return new QuireError(
    'format_mismatch',
    `Expected the content of a .${extension} file; it is ${content}. Give the file the extension of what it is, or save it again.`,
    { details: { extension } },
  );
}

function listOf(accepted: readonly DocumentFormat[]): string {
  return accepted.map((format) => formatNames[format]).join(', ');
}

/** Only what comes behind the last dot and looks like an extension; a name may come from anywhere. */
function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}

function includes(list: readonly string[], value: string): boolean {
  return list.includes(value);
}
