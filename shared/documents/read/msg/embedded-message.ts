import { burn, type Entry } from '@kenjiuno/msgreader/lib/Burner.js';
import { TypeEnum } from '@kenjiuno/msgreader/lib/Reader.js';
import type { Storage } from './compound-file.ts';

const propertyStream = '__properties_version1.0';
/** Of a message within a message, and of one that is a file: the latter has eight reserved bytes more (MS-OXMSG 2.4.1). */
const [innerHeader, ownHeader] = [24, 32];

/** Makes a file of its own of a message that is attached to another. */
export function fileOfMessage(message: Storage, names: Storage | undefined): Uint8Array {
  const entries: Entry[] = [];
  const addStream = (parent: number, name: string, content: Uint8Array) => {
    entries[parent]?.children?.push(entries.length);
    entries.push({
      name,
      type: TypeEnum.DOCUMENT,
      length: content.length,
      binaryProvider: () => content,
    });
  };
  const addStorage = (storage: Storage, type: TypeEnum, parent?: number) => {
    const index = entries.length;
    if (parent !== undefined) entries[parent]?.children?.push(index);
    const name = type === TypeEnum.ROOT ? 'Root Entry' : storage.name;
    entries.push({ name, type, length: 0, children: [] });
    for (const stream of storage.streams) {
      const content = storage.read(stream) ?? new Uint8Array();
      const isOwn = type === TypeEnum.ROOT && stream === propertyStream;
      addStream(index, stream, isOwn ? withOwnHeader(content) : content);
    }
    for (const each of storage.storages) addStorage(each, TypeEnum.DIRECTORY, index);
    return index;
  };
  const root = addStorage(message, TypeEnum.ROOT);
  if (names !== undefined) addStorage(names, TypeEnum.DIRECTORY, root);
  return burn(entries);
}

function withOwnHeader(content: Uint8Array): Uint8Array {
  const result = new Uint8Array(content.length + ownHeader - innerHeader);
  result.set(content.subarray(0, innerHeader));
  result.set(content.subarray(innerHeader), ownHeader);
  return result;
}
