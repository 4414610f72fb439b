import { isoOf } from '#shared/domain/time.ts';
import { encodingOfCodePage } from '../rtf/charsets.ts';
import type { Storage } from './compound-file.ts';

/** Properties of a message, a recipient or an attachment (MS-OXMSG 2.4), by their ids (MS-OXPROPS). */
export interface Properties {
  string(id: number): string | undefined;
  binary(id: number): Uint8Array | undefined;
  integer(id: number): number | undefined;
  /** A point in time as ISO 8601, to the second, in UTC. */
  time(id: number): string | undefined;
}

const [integerType, booleanType, timeType] = [0x0003, 0x000b, 0x0040];
const [codePageId, internetCodePageId, localeId] = [0x3ffd, 0x3fde, 0x3ff1];
const entrySize = 16;

/** Of languages whose code page is not 1252, by the lower ten bits of their ids (MS-LCID). */
const codePagesOfLanguages: Readonly<Record<number, number>> = {
  1: 1256,
  2: 1251,
  4: 936,
  5: 1250,
  8: 1253,
  13: 1255,
  14: 1250,
  17: 932,
  18: 949,
  21: 1250,
  24: 1250,
  25: 1251,
  26: 1250,
  30: 874,
  31: 1254,
  34: 1251,
  37: 1257,
  38: 1257,
  39: 1257,
  41: 1256,
  42: 1258,
};

/** Reads the properties of a storage. Its fixed ones stand behind a header of so many bytes: 32 for a message, 8 for its parts. */
export function propertiesOf(
  storage: Storage,
  headerSize: number,
  inheritedEncoding?: string,
): Properties & { readonly encoding: string } {
  const fixed = fixedValues(storage.read('__properties_version1.0'), headerSize);
  const read = (id: number, type: string) =>
    storage.read(`__substg1.0_${id.toString(16).padStart(4, '0')}${type}`);
  const integer = (id: number) => fixed.get(id * 0x10000 + integerType)?.getInt32(0, true);
  const encoding = encodingFrom({
    page: integer(codePageId) ?? integer(internetCodePageId),
    locale: integer(localeId),
    inherited: inheritedEncoding,
  });
  return {
    encoding,
    string(id) {
      const wide = read(id, '001f');
      if (wide !== undefined) return clean(new TextDecoder('utf-16le').decode(wide));
      const narrow = read(id, '001e');
      return narrow === undefined ? undefined : clean(new TextDecoder(encoding).decode(narrow));
    },
    binary: (id) => read(id, '0102'),
    integer: (id) => integer(id) ?? fixed.get(id * 0x10000 + booleanType)?.getUint8(0),
    time: (id) => timeFrom(fixed.get(id * 0x10000 + timeType)),
  };
}

function fixedValues(stream: Uint8Array | undefined, headerSize: number): Map<number, DataView> {
  const values = new Map<number, DataView>();
  if (stream === undefined) return values;
  const view = new DataView(stream.buffer, stream.byteOffset, stream.length);
  for (let at = headerSize; at + entrySize <= stream.length; at += entrySize) {
    const tag = view.getUint32(at, true);
    values.set(tag, new DataView(stream.buffer, stream.byteOffset + at + 8, 8));
  }
  return values;
}

function encodingFrom(known: {
  page: number | undefined;
  locale: number | undefined;
  inherited: string | undefined;
}): string {
  const { page, locale, inherited } = known;
  // 1200 and 1201 are UTF-16, which these strings never are.
  if (page !== undefined && page > 0 && page !== 1200 && page !== 1201)
    return encodingOfCodePage(page);
  if (locale !== undefined) return encodingOfCodePage(codePagesOfLanguages[locale & 0x3ff] ?? 1252);
  return inherited ?? 'windows-1252';
}

function clean(text: string): string {
  return text.replace(/\0+$/, '');
}

const ticksPerSecond = 10_000_000n;
const secondsTo1970 = 11_644_473_600n;

/** Counts in steps of 100 ns from the year 1601 (MS-DTYP 2.3.3). */
function timeFrom(value: DataView | undefined): string | undefined {
  const ticks = value?.getBigUint64(0, true) ?? 0n;
  const seconds = Number(ticks / ticksPerSecond - secondsTo1970);
  if (ticks === 0n || seconds < 0 || seconds > 253_402_300_799) return undefined;
  return `${isoOf(seconds * 1_000).slice(0, 'YYYY-MM-DDThh:mm:ss'.length)}Z`;
}
