import { errorOf, QuireError } from '#shared/domain/errors.ts';
import type { DocumentReader } from '#shared/ports/document-reader.ts';
import type { ReaderMessage, ReadRequest } from './reader-messages.ts';
import { type ReaderCaps, type ReaderThread, startReaderThread } from './reader-thread.ts';

export interface IsolatedDocumentReader extends DocumentReader {
  /** Ends the threads; files that are being read are refused. */
  close(): Promise<void>;
}

/**
 * Reads every file in a thread of its own, whose heap is capped and whose time is limited, so that a hostile file stops nothing but
 * itself. Threads that have behaved are used again. The threads see no environment: there is no secret to be read in them.
 */
export function createIsolatedDocumentReader(
  options: ReaderCaps & { readonly threads: number },
): IsolatedDocumentReader {
  const idle: ReaderThread[] = [];
  const busy = new Set<ReaderThread>();
  const waiting: (() => void)[] = [];
  let isClosed = false;
  let taken = 0;

  const acquire = async (): Promise<ReaderThread> => {
    while (taken >= options.threads && !isClosed) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    if (isClosed) throw closed();
    taken += 1;
    const thread = idle.pop() ?? startReaderThread(options);
    busy.add(thread);
    return thread;
  };
  const release = (thread: ReaderThread) => {
    busy.delete(thread);
    taken -= 1;
    if (thread.isAlive() && !isClosed) idle.push(thread);
    waiting.shift()?.();
  };

  const ask = async (request: ReadRequest, timeoutInMs: number): Promise<ReaderMessage> => {
    const thread = await acquire();
    try {
      return await thread.ask(request, timeoutInMs);
    } finally {
      release(thread);
    }
  };
  const readerWithin = (timeoutInMs: number): DocumentReader => ({
    async read(file, accepted) {
      const answer = await ask({ kind: 'read', file, accepted }, timeoutInMs);
      return answer.kind === 'read' ? answer.documents : refuse(answer);
    },
    async view(file, format, view) {
      const answer = await ask({ kind: 'view', file, format, view }, timeoutInMs);
      return answer.kind === 'viewed' ? answer.view : refuse(answer);
    },
    within: (shorterInMs) => readerWithin(Math.min(timeoutInMs, shorterInMs)),
  });

  return {
    ...readerWithin(options.timeoutInMs),
    async close() {
      isClosed = true;
      await Promise.all([...idle, ...busy].map((thread) => thread.stop()));
      for (const resume of waiting.splice(0)) resume();
    },
  };
}

function refuse(answer: ReaderMessage): never {
  if (answer.kind === 'refused') throw errorOf(answer.problem);
  throw new QuireError(
    'internal_error',
    `Expected a reader to answer what it was asked, got “${answer.kind}”.`,
  );
}

function closed(): QuireError {
  return new QuireError('internal_error', 'Expected an open reader, got one that has been closed.');
}
