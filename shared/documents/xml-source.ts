import type { SaxesParser } from 'saxes';
import { QuireError } from '#shared/domain/errors.ts';
import { xmlLimits } from './limits.ts';

const chunkSizeInBytes = 64 * 1024;

/** The text of a part, piece by piece and without its byte-order mark. A part beyond {@link xmlLimits} is refused before its first piece. */
export function* piecesOfXml(bytes: Uint8Array): Generator<string> {
  refuseOutsized(bytes);
  try {
    const decoder = new TextDecoder(encodingOf(bytes), { fatal: true });
    for (let at = 0; at < bytes.length; at += chunkSizeInBytes) {
      yield decoder.decode(bytes.subarray(at, at + chunkSizeInBytes), { stream: true });
    }
    yield decoder.decode();
  } catch (cause) {
    throw damaged(cause);
  }
}

/** Counts start tags, and a few more where comments hold some, and measures texts and tags: a hundredth of the time of parsing. */
function refuseOutsized(bytes: Uint8Array): void {
  let elements = 0;
  let longest = 0;
  let last = 0;
  for (let index = bytes.indexOf(0x3c); index >= 0; index = bytes.indexOf(0x3c, index + 1)) {
    longest = Math.max(longest, sizeOfRun(bytes, last, index));
    last = index;
    const next = bytes[index + 1];
    if (next !== 0x2f && next !== 0x21 && next !== 0x3f) elements += 1;
  }
  longest = Math.max(longest, sizeOfRun(bytes, last, bytes.length));
  refuseAbove('elements in a part', elements, xmlLimits.nodes);
  refuseAbove('bytes in a text or tag', longest, xmlLimits.textSizeInBytes);
}

/** Without the white space, which costs little, if the run is long. */
function sizeOfRun(bytes: Uint8Array, from: number, to: number): number {
  if (to - from <= xmlLimits.textSizeInBytes) return to - from;
  return bytes.subarray(from, to).reduce((sum, byte) => sum + (byte > 0x20 ? 1 : 0), 0);
}

/** The text of a part as a whole. */
export function decodeXml(bytes: Uint8Array): string {
  return [...piecesOfXml(bytes)].join('');
}

/** The encoding of a part: a mark at the start, else the pattern of the first two characters, else what the declaration says (XML 1.0, appendix F). */
export function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff || second === 0) return 'utf-16le';
  if (first === 0xfe || first === 0) return 'utf-16be';
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  return /^[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? 'utf-8';
}

/** What every parser of a part refuses: broken XML, a document type, which may declare entities, and a flood of attributes. */
export function refuseWrongXml(parser: SaxesParser<{ xmlns: boolean; position: false }>): void {
  let attributes = 0;
  parser.on('error', (cause) => {
    throw damaged(cause);
  });
  parser.on('doctype', () => {
    throw forbidden();
  });
  parser.on('opentagstart', () => {
    attributes = 0;
  });
  // A tag is only handed out at its end, with all of its attributes.
  parser.on('attribute', () => {
    attributes += 1;
    refuseAbove('attributes of an element', attributes, xmlLimits.attributes);
  });
}

/** Refuses a part that goes beyond one of {@link xmlLimits}. */
export function refuseAbove(what: string, actual: number, limit: number): void {
  if (actual <= limit) return;
  throw new QuireError(
    'archive_unsafe',
    `Expected at most ${limit} ${what}, the file has more. Split it, or save it again with an Office program.`,
    { details: { limit } },
  );
}

function forbidden(): QuireError {
  return new QuireError(
    'xml_forbidden',
    'Expected XML without a document type declaration; a part of the file has one. Save it again with an Office program.',
  );
}

/** What is thrown for XML that is not well-formed. */
export function damaged(cause?: unknown): QuireError {
  return new QuireError(
    'corrupt_file',
    'Expected well-formed XML; a part of the file is not. Save it again with the program that made it.',
    { cause },
  );
}
