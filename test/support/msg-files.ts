import { burn, type Entry } from '@kenjiuno/msgreader/lib/Burner.js';
import { TypeEnum } from '@kenjiuno/msgreader/lib/Reader.js';

/** A storage of a message: streams by name, storages by name. */
export interface RawStorage {
  readonly [name: string]: Uint8Array | RawStorage;
}

/** A compound file of these storages and streams. */
export function makeMsg(root: RawStorage): Uint8Array {
  const entries: Entry[] = [{ name: 'Root Entry', type: TypeEnum.ROOT, length: 0, children: [] }];
  addAll(entries, 0, root);
  return burn(entries);
}

/** Text of a property, by its id (MS-OXPROPS) in four hexadecimal digits. */
export function textProperty(id: string, text: string): RawStorage {
  return { [`__substg1.0_${id}001F`]: new Uint8Array(Buffer.from(text, 'utf16le')) };
}

export function binaryProperty(id: string, bytes: Uint8Array): RawStorage {
  return { [`__substg1.0_${id}0102`]: bytes };
}

/** The stream of properties of fixed length, behind a header of so many bytes. */
export function fixedProperties(
  headerSize: number,
  properties: readonly { readonly tag: number; readonly value: bigint }[],
): RawStorage {
  const bytes = Buffer.alloc(headerSize + properties.length * 16);
  for (const [index, { tag, value }] of properties.entries()) {
    bytes.writeUInt32LE(tag, headerSize + index * 16);
    bytes.writeBigUInt64LE(value, headerSize + index * 16 + 8);
  }
  return { '__properties_version1.0': new Uint8Array(bytes) };
}

function addAll(entries: Entry[], parent: number, storage: RawStorage): void {
  for (const [name, content] of Object.entries(storage)) {
    const index = entries.length;
    entries[parent]?.children?.push(index);
    if (content instanceof Uint8Array) {
      const { length } = content;
      entries.push({ name, type: TypeEnum.DOCUMENT, length, binaryProvider: () => content });
    } else {
      entries.push({ name, type: TypeEnum.DIRECTORY, length: 0, children: [] });
      addAll(entries, index, content);
    }
  }
}
