import { availableParallelism } from 'node:os';
import {
  createIsolatedDocumentReader,
  type IsolatedDocumentReader,
} from '#shared/adapters/system/isolated-document-reader.ts';
import { readerCaps } from './reader-caps.ts';

/** More would only compete for memory. */
const maxThreads = 4;

/** Reads files in threads that run the TypeScript source. They start with the first file. */
export function createLocalReader(): IsolatedDocumentReader {
  return createIsolatedDocumentReader({
    ...readerCaps,
    threadFile: new URL('./document-thread.mjs', import.meta.url),
    threads: Math.min(availableParallelism(), maxThreads),
  });
}
