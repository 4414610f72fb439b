import chardet from 'chardet';
import { QuireError } from '#shared/domain/errors.ts';
import { isDosCyrillic } from './dos-cyrillic.ts';
import { textLimits } from './limits.ts';
import { refuseComplex } from './refuse-complex.ts';
import { decodeUtf32, type WideEncoding, wideEncodingOf } from './wide-encoding.ts';

export interface DecodedText {
  readonly text: string;
  /** Set where the encoding had to be guessed. */
  readonly guessed?: string;
}

/**
 * Text of a file: by its mark or the zeros of UTF-16 and UTF-32; by the escapes of ISO-2022-JP; as UTF-8 where that is valid, which text
 * in another encoding as good as never is; by what the file declares; by the statistics of its bytes otherwise, which is a guess. Marks
 * are not part of the text.
 */
export function decodeText(bytes: Uint8Array, declared?: string): DecodedText {
  const wide = wideEncodingOf(bytes);
  const sure = sureEncodings(bytes, wide, declared);
  for (const encoding of sure) {
    const text = decode(bytes, encoding);
    if (text !== undefined) return { text };
  }
  const guessed = guess(bytes);
  const text = decode(bytes, guessed) ?? decode(bytes, 'windows-1252');
  if (text !== undefined) return { text, guessed };
  throw new QuireError(
    'corrupt_file',
    'Expected text in a known encoding; the bytes fit none. Save the file as UTF-8 and send it again.',
  );
}

/** Refuses more bytes than twenty million characters take, with `file_too_complex`: before they are decoded, which doubles the memory. */
export function refuseLongText(bytes: Uint8Array): void {
  const characters = bytes.length / bytesPerCharacter(wideEncodingOf(bytes));
  refuseComplex('characters', characters, textLimits.characters);
}

function bytesPerCharacter(wide: WideEncoding | undefined): number {
  if (wide === undefined) return 1;
  return wide.startsWith('utf-16') ? 2 : 4;
}

function sureEncodings(
  bytes: Uint8Array,
  wide: WideEncoding | undefined,
  declared: string | undefined,
): string[] {
  const bySigns = [wide, hasEscapes(bytes) ? 'iso-2022-jp' : undefined, 'utf-8'];
  // Bytes that are one to a character are not in the encoding that they may declare.
  const byWord = declared?.startsWith('utf-16') === true ? undefined : declared;
  return [...bySigns, byWord].filter((each) => each !== undefined);
}

/** Escapes to Japanese, among bytes that are otherwise all ASCII. */
function hasEscapes(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 65_536));
  return ['\u001b$B', '\u001b$@', '\u001b(J'].some((start) => buffer.includes(start));
}

const sampleSizeInBytes = 256 * 1024;

function guess(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, sampleSizeInBytes);
  const guessed = chardet.detect(sample) ?? 'windows-1252';
  const isOneByte = /^(?:windows|iso-8859|koi8)/i.test(guessed);
  return isOneByte && isDosCyrillic(sample) ? 'ibm866' : guessed;
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  if (encoding.startsWith('utf-32')) return decodeUtf32(bytes, encoding === 'utf-32le');
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
