import { inflateSync } from 'node:zlib';
import { QuireError } from '#shared/domain/errors.ts';

/** What the raw bytes of a PDF say before anything of it is drawn. */
export interface StreamSurvey {
  /** Operators that can hide text occur: rendering mode 3 or white. Unknown, and then taken for granted, in an encrypted file. */
  readonly mayHideText: boolean;
  /** There is a picture of at least half a million points: a scan, perhaps. */
  readonly hasLargeImage: boolean;
  /** Pictures that are large enough to show text; masks of others are not counted. */
  readonly images: number;
}

/**
 * A stream of content that unpacks to more is no page that anybody reads. PDF.js unpacks a stream as a whole when it is drawn, so this
 * is looked at beforehand. Pictures are not looked at: they are never unpacked here.
 */
const maxStreamSizeInBytes = 64 * 1024 * 1024;
const maxTotalSizeInBytes = 512 * 1024 * 1024;
const maxDictionaryLength = 2_048;
const largeImageArea = 500_000;
const imageArea = 10_000;

/** Looks at the streams of a file without reading its objects (ISO 32000-2, 7.3.8), and refuses what unpacks to too much. */
export function surveyStreams(bytes: Uint8Array): StreamSurvey {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let mayHideText = file.includes('/Encrypt');
  const areas = new Map<string, number>();
  const masks = new Set<string>();
  let total = 0;
  for (let at = file.indexOf('stream'); at >= 0; ) {
    const end = endOf(file, at);
    const dictionary = dictionaryBefore(file, at);
    if (/\/Subtype\s*\/Image\b/.test(dictionary)) {
      areas.set(numberOf(dictionary, at), areaOf(dictionary));
      masks.add(/\/S?Mask\s+(\d{1,10})\s/.exec(dictionary)?.[1] ?? '');
    } else if (end > at) {
      const data = unpacked(file.subarray(dataStart(file, at), end), dictionary);
      total += data.length;
      if (total > maxTotalSizeInBytes) throw tooComplex(maxTotalSizeInBytes);
      mayHideText ||= hidesText(data, dictionary);
    }
    at = file.indexOf('stream', Math.max(end + 9, at + 6));
  }
  const images = [...areas].filter(([number, area]) => !masks.has(number) && area >= imageArea);
  const hasLargeImage = images.some(([, area]) => area >= largeImageArea);
  return { mayHideText, hasLargeImage, images: images.length };
}

function endOf(file: Buffer, at: number): number {
  const end = file.indexOf('endstream', at);
  return end < 0 ? file.length : end;
}

/** The keyword is followed by a line end. */
function dataStart(file: Buffer, at: number): number {
  const next = at + 'stream'.length;
  if (file[next] === 13 && file[next + 1] === 10) return next + 2;
  return file[next] === 10 || file[next] === 13 ? next + 1 : next;
}

function dictionaryBefore(file: Buffer, at: number): string {
  const text = file.toString('latin1', Math.max(0, at - maxDictionaryLength), at);
  const keyword = text.lastIndexOf(' obj');
  const own = /\d{1,10} \d{1,5}$/.exec(text.slice(Math.max(0, keyword - 16), Math.max(0, keyword)));
  return `${own?.[0] ?? ''}${text.slice(Math.max(0, keyword))}`;
}

/** The number of the object, or a name of its own where the file does not say. */
function numberOf(dictionary: string, at: number): string {
  return /^(\d{1,10}) /.exec(dictionary)?.[1] ?? `at ${at}`;
}

function areaOf(dictionary: string): number {
  const side = (name: string) =>
    Number(new RegExp(`/${name}\\s+(\\d{1,9})`).exec(dictionary)?.[1] ?? 0);
  return side('Width') * side('Height');
}

/** Two layers of compression are followed, which is one more than any program writes. */
function unpacked(data: Buffer, dictionary: string): Buffer {
  const layers = (dictionary.match(/\/(?:FlateDecode|Fl)\b/g) ?? []).length;
  if (layers > 2) throw tooComplex(maxStreamSizeInBytes);
  let result = data;
  for (let layer = 0; layer < layers; layer += 1) result = inflate(result);
  return result;
}

function inflate(data: Buffer): Buffer {
  try {
    return inflateSync(data, { maxOutputLength: maxStreamSizeInBytes, finishFlush: 2 });
  } catch (cause) {
    const isTooLarge = Reflect.get(Object(cause), 'code') === 'ERR_BUFFER_TOO_LARGE';
    if (isTooLarge) throw tooComplex(maxStreamSizeInBytes);
    // Damaged, encrypted, or packed otherwise: PDF.js will say.
    return Buffer.alloc(0);
  }
}

/** Only streams that draw matter: in a font or a table of objects the same bytes mean nothing. */
function hidesText(data: Buffer, dictionary: string): boolean {
  if (notDrawn.test(dictionary)) return false;
  return data.length > sizeToSearchInBytes || hidingOperators.test(data.toString('latin1'));
}

const sizeToSearchInBytes = 8 * 1024 * 1024;
const notDrawn =
  /\/(?:Length1|FontFile|XRef|ObjStm|Metadata|CIDFontType0C|Type1C|OpenType|CMapName)\b/;
/** Rendering modes 3 and 7, and fills of white in grey, RGB, CMYK and by the colour space that is set. */
const hidingOperators =
  /(?:^|\s)(?:[37] Tr|(?:1(?:\.0*)?|0?\.9[5-9]\d*) (?:g|scn?)|(?:1(?:\.0*)?|0?\.9[5-9]\d*) (?:1(?:\.0*)?|0?\.9[5-9]\d*) (?:rg|scn?)|0(?:\.0*)? 0(?:\.0*)? (?:k|scn?))\s/;

function tooComplex(limit: number): QuireError {
  return new QuireError(
    'file_too_complex',
    `Expected streams that unpack to at most ${limit} bytes, got more. Print the file to a new PDF and send that.`,
    { details: { limit } },
  );
}
