import { AsyncLocalStorage } from 'node:async_hooks';
import type { Meter, OperationName } from '#shared/ports/meter.ts';

/** A meter that follows the work through its promises. */
export function createOperationMeter(): Meter {
  const current = new AsyncLocalStorage<Record<OperationName, number>>();
  return {
    add(name, amount) {
      const counts = current.getStore();
      if (counts !== undefined) counts[name] += amount;
    },
    async measure(work, tell) {
      const counts = { readUnits: 0, writeUnits: 0, objectReads: 0, objectWrites: 0 };
      try {
        return await current.run(counts, work);
      } finally {
        tell(counts);
      }
    },
  };
}
