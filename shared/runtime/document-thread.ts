import { parentPort } from 'node:worker_threads';
import type { ReaderMessage, ReadRequest } from '#shared/adapters/system/reader-messages.ts';
import { viewForEdit } from '#shared/documents/edit/view.ts';
import { readDocuments } from '#shared/documents/read-document.ts';
import { problemOf } from '#shared/domain/errors.ts';

// The code of a reading thread: one answer for each file.
const answer = (message: ReaderMessage) => parentPort?.postMessage(message);

parentPort?.on('message', async (request: ReadRequest) => {
  try {
    answer(await messageFor(request));
  } catch (error) {
    answer({ kind: 'refused', problem: problemOf(error) });
  }
});
answer({ kind: 'ready' });

async function messageFor(request: ReadRequest): Promise<ReaderMessage> {
  const { file } = request;
  return request.kind === 'read'
    ? { kind: 'read', documents: await readDocuments(file, request.accepted) }
    : { kind: 'viewed', view: await viewForEdit(file, request.format, request.view) };
}
