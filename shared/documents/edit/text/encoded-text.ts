import chardet from 'chardet';
import { QuireError } from '#shared/domain/errors.ts';

/** Text of a file and the way back into its bytes. */
export interface EncodedText {
  readonly text: string;
  /** A byte-order mark is kept apart from the text. */
  encode(text: string): Uint8Array;
}

export interface EncodingChoices {
  /** What the file says about itself. */
  readonly declared?: string;
  /** How a character is written that the encoding does not have; without it, the file becomes UTF-8. */
  readonly reference?: (codePoint: number) => string;
  /** Changes what the file says about itself when it becomes UTF-8. */
  readonly asUtf8?: (text: string) => string;
}

/**
 * Decodes as the readers do: by the byte-order mark, by what is declared, as UTF-8 where that is valid, else by statistics. To encode the
 * text unchanged gives the same bytes. Encodings of one byte and Unicode stay; files in others become UTF-8 with a byte-order mark, and so
 * do those whose new text does not fit in.
 */
export function openEncodedText(bytes: Uint8Array, choices: EncodingChoices = {}): EncodedText {
  const marked = markedEncoding(bytes);
  const sure = [marked?.name, choices.declared, 'utf-8'].filter((each) => each !== undefined);
  const guesses = () => [chardet.detect(bytes) ?? 'windows-1252', 'windows-1252'];
  const found = firstFitting(bytes, sure) ?? firstFitting(bytes, guesses());
  if (found === undefined) throw unknownEncoding();
  const mark = bytes.subarray(0, found.name === marked?.name ? marked.length : 0);
  return {
    text: found.text,
    encode(text) {
      if (text === found.text) return bytes;
      return encodeAs(text, { name: found.name, mark, choices });
    },
  };
}

function markedEncoding(bytes: Uint8Array): { name: string; length: number } | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { name: 'utf-8', length: 3 };
  if (first === 0xff && second === 0xfe) return { name: 'utf-16le', length: 2 };
  if (first === 0xfe && second === 0xff) return { name: 'utf-16be', length: 2 };
  return undefined;
}

function firstFitting(
  bytes: Uint8Array,
  encodings: readonly string[],
): { name: string; text: string } | undefined {
  for (const encoding of encodings) {
    try {
      const decoder = new TextDecoder(encoding, { fatal: true });
      return { name: decoder.encoding, text: decoder.decode(bytes) };
    } catch {
      // The next one may fit.
    }
  }
  return undefined;
}

interface Encoding {
  readonly name: string;
  readonly mark: Uint8Array;
  readonly choices: EncodingChoices;
}

function encodeAs(text: string, { name, mark, choices }: Encoding): Uint8Array {
  if (name === 'utf-8') return joined(mark, new TextEncoder().encode(text));
  if (name.startsWith('utf-16')) return joined(mark, utf16(text, name === 'utf-16be'));
  const table = singleByteTable(name);
  const encoded = table === undefined ? undefined : withTable(text, table, choices.reference);
  if (encoded !== undefined) return encoded;
  const utf8 = new TextEncoder().encode(choices.asUtf8?.(text) ?? text);
  return joined(Uint8Array.of(0xef, 0xbb, 0xbf), utf8);
}

function joined(mark: Uint8Array, content: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([mark, content]));
}

function utf16(text: string, isBigEndian: boolean): Uint8Array {
  const content = Buffer.from(text, 'utf16le');
  return isBigEndian ? content.swap16() : content;
}

/** Bytes by character; `undefined` for an encoding in which a character may need several. */
function singleByteTable(name: string): ReadonlyMap<string, number> | undefined {
  const isSingle = /^(?:windows-|iso-8859-|ibm866|koi8-|macintosh|x-mac-cyrillic)/.test(name);
  if (!isSingle) return undefined;
  const decoder = new TextDecoder(name);
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  return new Map(bytes.map((byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
}

function withTable(
  text: string,
  table: ReadonlyMap<string, number>,
  reference: EncodingChoices['reference'],
): Uint8Array | undefined {
  const bytes: number[] = [];
  for (const character of text) {
    const byte = table.get(character);
    if (byte !== undefined) {
      bytes.push(byte);
      continue;
    }
    const written = reference?.(character.codePointAt(0) ?? 0);
    if (written === undefined) return undefined;
    for (const each of written) bytes.push(table.get(each) ?? 0x3f);
  }
  return Uint8Array.from(bytes);
}

function unknownEncoding(): QuireError {
  return new QuireError(
    'corrupt_file',
    'Expected text in a known encoding; the bytes fit none. Save the file as UTF-8 and send it again.',
  );
}
