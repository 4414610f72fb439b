import chardet from 'chardet';
import { QuireError } from '#shared/domain/errors.ts';

export interface DecodedText {
  readonly text: string;
  /** Set where the encoding had to be guessed. */
  readonly guessed?: string;
}

/** Text of a file: by its byte-order mark, by what it declares, as UTF-8 where that is valid, by the statistics of its bytes otherwise. */
export function decodeText(bytes: Uint8Array, declared?: string): DecodedText {
  const marked = markedEncoding(bytes);
  const sure = [marked, declared, 'utf-8']
    .filter((each) => each !== undefined)
    .map((encoding) => decode(bytes, encoding))
    .find((text) => text !== undefined);
  if (sure !== undefined) return { text: sure };
  const guessed = chardet.detect(bytes) ?? 'windows-1252';
  const text = decode(bytes, guessed) ?? decode(bytes, 'windows-1252');
  if (text !== undefined) return { text, guessed };
  throw new QuireError(
    'corrupt_file',
    'Expected text in a known encoding; the bytes fit none. Save the file as UTF-8 and send it again.',
  );
}

function markedEncoding(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
