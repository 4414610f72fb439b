import { constants, crc32, deflateRawSync } from 'node:zlib';

/** An entry of which every field can be made to lie. */
export interface HostileEntry {
  readonly name: string;
  readonly data?: string | Uint8Array;
  /** Deflated already; `data` is then not used, and the sizes must be declared. */
  readonly packed?: Uint8Array;
  readonly isStored?: boolean;
  readonly isEncrypted?: boolean;
  readonly declaredSize?: number;
  readonly checksum?: number;
  /** Points at the local header of the entry at this index. */
  readonly sharesDataOf?: number;
  /** Puts the unpacked size, of up to 64 bits, into a ZIP64 field. */
  readonly zip64Size?: bigint;
}

/** Changes to the record at the end. */
export interface HostileEnd {
  readonly count?: number;
  readonly directoryStart?: number;
  /** A ZIP64 end that says so many entries. */
  readonly zip64Count?: bigint;
}

export function hostileZip(entries: readonly HostileEntry[], end: HostileEnd = {}): Uint8Array {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { local, common, extra } = headersOf(entry);
    offsets.push(offset);
    const start = offsets[entry.sharesDataOf ?? offsets.length - 1] ?? 0;
    const name = Buffer.from(entry.name);
    centrals.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02\x2d\x00'),
        common(extra.length),
        Buffer.alloc(10),
        uint(start, 4),
        name,
        extra,
      ]),
    );
    if (entry.sharesDataOf !== undefined) continue;
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const zip64 =
    end.zip64Count === undefined ? [] : zip64End(end.zip64Count, offset, directory.length);
  const count = end.zip64Count === undefined ? (end.count ?? entries.length) : 0xffff;
  const record = Buffer.concat([
    Buffer.from('PK\x05\x06\0\0\0\0'),
    uint(count, 2),
    uint(count, 2),
    uint(directory.length, 4),
    uint(end.directoryStart ?? offset, 4),
    uint(0, 2),
  ]);
  return new Uint8Array(Buffer.concat([...locals, directory, ...zip64, record]));
}

/** So many mebibytes of one byte, deflated without ever being in memory as a whole; its checksum is wrong, which nobody gets to see. */
export function bombOf(mebibytes: number, byte = 0): Bomb {
  const key = `${mebibytes} ${byte}`;
  const bomb = bombs.get(key) ?? makeBomb(mebibytes, byte);
  bombs.set(key, bomb);
  return bomb;
}

type Bomb = Pick<HostileEntry, 'packed' | 'declaredSize'>;

/** The same for all formats. */
const bombs = new Map<string, Bomb>();

function makeBomb(mebibytes: number, byte: number): Bomb {
  const piece = Buffer.alloc(1024 * 1024, byte);
  const packedPiece = deflateRawSync(piece, { finishFlush: constants.Z_FULL_FLUSH });
  const pieces = Array.from({ length: mebibytes }, () => packedPiece);
  const packed = new Uint8Array(Buffer.concat([...pieces, Buffer.from([3, 0])]));
  return { packed, declaredSize: mebibytes * piece.length };
}

function headersOf(entry: HostileEntry) {
  const data = Buffer.from(entry.data ?? '');
  const packed = Buffer.from(
    entry.packed ?? (entry.isStored === true ? data : deflateRawSync(data)),
  );
  const name = Buffer.from(entry.name);
  const size = entry.zip64Size === undefined ? (entry.declaredSize ?? data.length) : 0xffffffff;
  const common = (extraSize: number) =>
    Buffer.concat([
      uint(45, 2),
      uint(entry.isEncrypted === true ? 1 : 0, 2),
      uint(entry.isStored === true ? 0 : 8, 2),
      uint(0, 4),
      uint(entry.checksum ?? crc32(data), 4),
      uint(packed.length, 4),
      uint(size, 4),
      uint(name.length, 2),
      uint(extraSize, 2),
    ]);
  const extra =
    entry.zip64Size === undefined
      ? Buffer.alloc(0)
      : Buffer.concat([uint(1, 2), uint(8, 2), uint64(entry.zip64Size)]);
  return {
    local: Buffer.concat([Buffer.from('PK\x03\x04'), common(0), name, packed]),
    common,
    extra,
  };
}

function zip64End(count: bigint, directoryStart: number, directorySize: number): Buffer[] {
  const start = BigInt(directoryStart + directorySize);
  const record = Buffer.concat([
    Buffer.from('PK\x06\x06'),
    uint64(44n),
    Buffer.alloc(12),
    uint64(count),
    uint64(count),
    uint64(BigInt(directorySize)),
    uint64(BigInt(directoryStart)),
  ]);
  const locator = Buffer.concat([Buffer.from('PK\x06\x07'), uint(0, 4), uint64(start), uint(1, 4)]);
  return [record, locator];
}

function uint(value: number, size: number): Buffer {
  const buffer = Buffer.alloc(size);
  buffer.writeUIntLE(value, 0, size);
  return buffer;
}

function uint64(value: bigint): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(value);
  return buffer;
}
