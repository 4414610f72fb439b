import * as z from 'zod';
import type { Item, Key, StateTable } from './table.ts';

/** Read at the same time, to begin with the whole of a usual page. */
const readsAtOnce = 50;

const EntryKey = z.object({ pk: z.string(), sk: z.string() });

/** The items that entries of an index stand for, as they are now; what is gone by now is left out. */
export async function itemsAt(table: StateTable, entries: readonly Item[]): Promise<Item[]> {
  const items: Item[] = [];
  for (let first = 0; first < entries.length; first += readsAtOnce) {
    const part = entries.slice(first, first + readsAtOnce);
    const read = await Promise.all(part.map((entry) => table.get(keyOfEntry(entry))));
    items.push(...read.filter((item) => item !== undefined));
  }
  return items;
}

/** Where the item of an index entry is. */
export function keyOfEntry({ pk, sk }: Item): Key {
  return EntryKey.parse({ pk, sk });
}
