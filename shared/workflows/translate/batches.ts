import { estimateTokens } from '#shared/domain/tokens.ts';
import type { Entry } from './schemas.ts';

/** More segments in one answer are miscounted more often. */
const maxEntriesPerBatch = 60;

/** Entries that one call translates: neighbours, up to a number of tokens. One that is larger has a call of its own. */
export function batchesOf(entries: readonly Entry[], maxTokens: number): Entry[][] {
  const batches: Entry[][] = [];
  let tokens = 0;
  for (const entry of entries) {
    const own = estimateTokens(entry.text) + 6;
    const current = batches.at(-1);
    const isFull =
      current === undefined || tokens + own > maxTokens || current.length >= maxEntriesPerBatch;
    if (isFull) {
      batches.push([entry]);
      tokens = own;
      continue;
    }
    current.push(entry);
    tokens += own;
  }
  return batches;
}
