import { Reader } from '@kenjiuno/msgreader/lib/Reader.js';
import { QuireError } from '#shared/domain/errors.ts';

/** A storage of a compound file (MS-CFB): what a folder is to files. */
export interface Storage {
  readonly name: string;
  /** Bytes of a stream of this name, of any case; `undefined` where there is none. */
  read(name: string): Uint8Array | undefined;
  /** Names of the streams. */
  readonly streams: readonly string[];
  readonly storages: readonly Storage[];
}

const maxDepth = 40;
const maxEntries = 20_000;
const [entrySize, miniSize, miniCutoff] = [128, 64, 4096];
const noEntry = -1;

/**
 * Opens a compound file. The library that reads it follows every chain to its end and believes every size, so all that it will follow
 * is followed here first: chains end and stay within the file, the tree of entries is one, and sizes add up to no more than the file.
 */
export function openCompoundFile(bytes: Uint8Array): Storage {
  checkCompoundFile(bytes);
  const reader = new Reader(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
  );
  reader.parse();
  const root = reader.rootFolder();
  if (root === null) throw corrupt();
  return storageOf(root);
}

type Folder = NonNullable<ReturnType<Reader['rootFolder']>>;

function storageOf(folder: Folder): Storage {
  const sets = new Map(folder.fileNameSets().map((set) => [set.name.toLowerCase(), set]));
  return {
    name: folder.name,
    read: (name) => {
      const content: unknown = sets.get(name.toLowerCase())?.provider();
      return content instanceof Uint8Array ? content : undefined;
    },
    streams: [...sets.keys()],
    storages: folder.subFolders().map(storageOf),
  };
}

interface Layout {
  readonly view: DataView;
  readonly sectorSize: number;
  /** Sectors that hold the file allocation table, in order. */
  readonly tables: readonly number[];
}

function checkCompoundFile(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 512) throw corrupt();
  const sectorSize = view.getUint8(30) === 12 ? 4096 : 512;
  const layout = { view, sectorSize, tables: tableSectors(view, sectorSize) };
  const directory = chainOf(layout, view.getInt32(48, true));
  const miniTable = chainOf(layout, view.getInt32(60, true)).slice(0, view.getInt32(64, true));
  const entries = entriesOf(layout, directory);
  const root = entries[0];
  if (root === undefined) throw corrupt();
  const small = {
    table: miniTable,
    count: (chainOf(layout, root.start).length * sectorSize) / miniSize,
  };
  const streams = reachable(entries).filter(({ type, size }) => type === 2 && size !== 0);
  const total = streams.reduce((sum, { size }) => sum + size, 0);
  const isHeld = ({ start, size }: Entry) =>
    size <
    (size < miniCutoff
      ? countSmall(layout, start, small) * miniSize + 1
      : chainOf(layout, start).length * sectorSize + 1);
  if (streams.some(({ size }) => size < 0) || total > bytes.length * 2) throw corrupt();
  if (!streams.every(isHeld)) throw corrupt();
}

/** Streams of less than 4096 bytes lie in sectors of 64 bytes within the stream of the root. */
interface SmallSectors {
  readonly table: readonly number[];
  readonly count: number;
}

/** Sectors of the table: 109 in the header, others in a chain of lists. */
function tableSectors(view: DataView, sectorSize: number): number[] {
  const count = view.getInt32(44, true);
  const lists = view.getInt32(72, true);
  const most = Math.ceil(view.byteLength / sectorSize);
  if (count < 0 || count > most || lists < 0 || lists > most) throw corrupt();
  const tables: number[] = [];
  for (let index = 0; index < Math.min(count, 109); index += 1)
    tables.push(view.getInt32(76 + index * 4, true));
  const layout = { view, sectorSize, tables };
  const perList = sectorSize / 4 - 1;
  let next = view.getInt32(68, true);
  for (let list = 0; list < lists && next >= 0; list += 1) {
    const left = Math.min(perList, count - tables.length);
    for (let index = 0; index < left; index += 1) tables.push(int32At(layout, next, index));
    next = int32At(layout, next, perList);
  }
  return tables;
}

function int32At({ view, sectorSize }: Layout, sector: number, index: number): number {
  const at = (sector + 1) * sectorSize + index * 4;
  if (sector < 0 || at + 4 > view.byteLength) throw corrupt();
  return view.getInt32(at, true);
}

/** Sectors from one on, by the table. Negative numbers end a chain. */
function chainOf(layout: Layout, start: number): number[] {
  const { view, sectorSize, tables } = layout;
  const perTable = sectorSize / 4;
  const most = Math.ceil(view.byteLength / sectorSize) + 1;
  const chain: number[] = [];
  for (let sector = start; sector >= 0; ) {
    if ((sector + 1) * sectorSize >= view.byteLength || chain.length > most) throw corrupt();
    chain.push(sector);
    const table = tables[Math.floor(sector / perTable)];
    if (table === undefined) break;
    sector = int32At(layout, table, sector % perTable);
  }
  return chain;
}

/** How many small sectors a chain has. */
function countSmall(layout: Layout, start: number, small: SmallSectors): number {
  const perTable = layout.sectorSize / 4;
  let count = 0;
  for (let sector = start; sector >= 0; ) {
    if (sector >= small.count || count > small.count) throw corrupt();
    count += 1;
    const table = small.table[Math.floor(sector / perTable)];
    if (table === undefined) break;
    sector = int32At(layout, table, sector % perTable);
  }
  return count;
}

interface Entry {
  readonly type: number;
  readonly siblings: readonly [number, number];
  readonly child: number;
  readonly start: number;
  readonly size: number;
}

function entriesOf({ view, sectorSize }: Layout, directory: readonly number[]): Entry[] {
  const perSector = sectorSize / entrySize;
  if (directory.length * perSector > maxEntries) throw corrupt();
  return directory.flatMap((sector) =>
    Array.from({ length: perSector }, (_, index): Entry => {
      const at = (sector + 1) * sectorSize + index * entrySize;
      if (at + entrySize > view.byteLength) throw corrupt();
      return {
        type: view.getUint8(at + 66),
        siblings: [view.getInt32(at + 68, true), view.getInt32(at + 72, true)],
        child: view.getInt32(at + 76, true),
        start: view.getInt32(at + 116, true),
        size: view.getInt32(at + 120, true),
      };
    }),
  );
}

/** Entries that the tree holds, each once. */
function reachable(entries: readonly Entry[]): Entry[] {
  const found: Entry[] = [];
  const seen = new Set([0]);
  const stack = [{ index: entries[0]?.child ?? noEntry, depth: 1 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { index, depth } = next;
    if (index === noEntry) continue;
    const entry = entries[index];
    if (entry === undefined || seen.has(index) || depth > maxDepth) throw corrupt();
    seen.add(index);
    found.push(entry);
    for (const sibling of entry.siblings) stack.push({ index: sibling, depth });
    if (entry.type === 1) stack.push({ index: entry.child, depth: depth + 1 });
  }
  return found;
}

function corrupt(): QuireError {
  return new QuireError(
    'corrupt_file',
    'Expected a whole compound file; its sectors or entries do not fit together. Save the message again and send the new file.',
  );
}
