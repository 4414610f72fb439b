import { parentPort } from 'node:worker_threads';
import type { ReaderMessage, ReadRequest } from '#shared/adapters/system/reader-messages.ts';
import { readDocuments } from '#shared/documents/read-document.ts';
import { problemOf } from '#shared/domain/errors.ts';

// The code of a reading thread: one answer for each file.
const answer = (message: ReaderMessage) => parentPort?.postMessage(message);

parentPort?.on('message', async ({ file, accepted }: ReadRequest) => {
  try {
    answer({ kind: 'read', documents: await readDocuments(file, accepted) });
  } catch (error) {
    answer({ kind: 'refused', problem: problemOf(error) });
  }
});
answer({ kind: 'ready' });
