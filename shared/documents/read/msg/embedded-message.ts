import { burn, type Entry } from '@kenjiuno/msgreader/lib/Burner.js';
import { TypeEnum } from '@kenjiuno/msgreader/lib/Reader.js';
import type { Storage } from './compound-file.ts';

const propertyStream = '__properties_version1.0';
/** Of a message within a message, and of one that is a file: the latter has eight reserved bytes more (MS-OXMSG 2.4.1). */
const [innerHeader, ownHeader] = [24, 32];

/** Makes a file of its own of a message that is attached to another. */
export function fileOfMessage(message: Storage, names: Storage | undefined): Uint8Array {
  const entries: Entry[] = [];
  const root = addStorage(entries, message, undefined);
  if (names !== undefined) addStorage(entries, names, root);
  return burn(entries);
}

/** Storages are no deeper than {@link openCompoundFile} lets them be. */
function addStorage(entries: Entry[], storage: Storage, parent: Entry | undefined): Entry {
  const isRoot = parent === undefined;
  const entry: Entry = {
    name: isRoot ? 'Root Entry' : storage.name,
    type: isRoot ? TypeEnum.ROOT : TypeEnum.DIRECTORY,
    length: 0,
    children: [],
  };
  addEntry(entries, entry, parent);
  for (const name of storage.streams) {
    const content = storage.read(name) ?? new Uint8Array();
    const own = isRoot && name === propertyStream ? withOwnHeader(content) : content;
    const stream = { name, type: TypeEnum.DOCUMENT, length: own.length, binaryProvider: () => own };
    addEntry(entries, stream, entry);
  }
  for (const each of storage.storages) addStorage(entries, each, entry);
  return entry;
}

function addEntry(entries: Entry[], entry: Entry, parent: Entry | undefined): void {
  parent?.children?.push(entries.length);
  entries.push(entry);
}

function withOwnHeader(content: Uint8Array): Uint8Array {
  const result = new Uint8Array(content.length + ownHeader - innerHeader);
  result.set(content.subarray(0, innerHeader));
  result.set(content.subarray(innerHeader), ownHeader);
  return result;
}
