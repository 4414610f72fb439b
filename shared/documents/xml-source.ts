import type { SaxesParser } from 'saxes';
import { QuireError } from '#shared/domain/errors.ts';

const chunkSizeInBytes = 64 * 1024;

/** The text of a part, piece by piece and without its byte-order mark. */
export function* piecesOfXml(bytes: Uint8Array): Generator<string> {
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

/** What every parser of a part refuses: broken XML, and a document type, which may declare entities. */
export function refuseWrongXml(parser: SaxesParser<{ xmlns: boolean; position: false }>): void {
  parser.on('error', (cause) => {
    throw damaged(cause);
  });
  parser.on('doctype', () => {
    throw forbidden();
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
