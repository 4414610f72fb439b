import { Worker } from 'node:worker_threads';
import { QuireError } from '#shared/domain/errors.ts';
import type { ReaderMessage, ReadRequest } from './reader-messages.ts';

export interface ReaderCaps {
  /** Module of the thread; it speaks {@link ReaderMessage}. */
  readonly threadFile: URL;
  /** Heap of a thread at most. */
  readonly heapInMb: number;
  /** How much the process may grow while a file is read. It bounds what is not on the heap: buffers, images, unpacked streams. */
  readonly growthInMb: number;
  /** For one file, its attachments included; at most, since who asks may have less. */
  readonly timeoutInMs: number;
}

/** A thread that reads one file after the other. After it has gone beyond a cap it is dead. */
export interface ReaderThread {
  /**
   * Rejects with `file_too_complex` when the file takes too much memory or more than this time, `internal_error` when the thread ends for
   * another reason.
   */
  ask(request: ReadRequest, timeoutInMs: number): Promise<ReaderMessage>;
  isAlive(): boolean;
  stop(): Promise<void>;
}

/** Loading the code is no fault of a file and has a time of its own. */
const startTimeoutInMs = 60_000;

const mebibyte = 1024 * 1024;
const lookIntervalInMs = 50;

export function startReaderThread(caps: ReaderCaps): ReaderThread {
  const worker = new Worker(caps.threadFile, {
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: caps.heapInMb },
  });
  // A thread without work keeps no process alive.
  worker.unref();
  let isAlive = true;
  worker.once('exit', () => {
    isAlive = false;
  });
  const ready = receive(worker, startTimeoutInMs, () => neverStarted());
  // Who asks learns of it; nobody else has to.
  ready.catch(() => undefined);

  return {
    async ask(request, timeoutInMs) {
      worker.ref();
      const growth = watchGrowth(caps);
      try {
        await ready;
        const answer = receive(worker, timeoutInMs, () => tooSlow(timeoutInMs));
        worker.postMessage(request);
        return await Promise.race([answer, growth.beyondCap]);
      } catch (cause) {
        isAlive = false;
        await worker.terminate();
        throw isOutOfMemory(cause) ? tooLarge(caps) : cause;
      } finally {
        growth.stop();
        worker.unref();
      }
    },
    isAlive: () => isAlive,
    async stop() {
      isAlive = false;
      await worker.terminate();
    },
  };
}

/** Rejects when the process has grown by more than the cap. */
function watchGrowth(caps: ReaderCaps) {
  const base = process.memoryUsage.rss();
  let timer: NodeJS.Timeout | undefined;
  const beyondCap = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      const growthInMb = (process.memoryUsage.rss() - base) / mebibyte;
      if (growthInMb > caps.growthInMb) reject(tooLarge(caps));
    }, lookIntervalInMs);
  });
  return { beyondCap, stop: () => clearInterval(timer) };
}

/** The next message; the error of the thread, or that of the time-out, if there is none. */
function receive(
  worker: Worker,
  timeoutInMs: number,
  timeoutError: () => QuireError,
): Promise<ReaderMessage> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(() => reject(timeoutError())), timeoutInMs);
    const onMessage = (message: ReaderMessage) => settle(() => resolve(message));
    const onError = (error: unknown) => settle(() => reject(error));
    const onExit = () => settle(() => reject(endedEarly()));
    const settle = (end: () => void) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      end();
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}

/** By its code, as errors of Node may come from another realm. */
function isOutOfMemory(cause: unknown): boolean {
  return (
    typeof cause === 'object' &&
    cause !== null &&
    'code' in cause &&
    cause.code === 'ERR_WORKER_OUT_OF_MEMORY'
  );
}

function tooSlow(timeoutInMs: number): QuireError {
  return tooComplex('time', `${Math.round(timeoutInMs / 100) / 10} seconds`);
}

function tooLarge({ heapInMb }: ReaderCaps): QuireError {
  return tooComplex('memory', `${heapInMb} MB of heap`);
}

function tooComplex(what: 'time' | 'memory', limit: string): QuireError {
  return new QuireError(
    'file_too_complex',
    `Expected a file that can be read within ${limit}, this one cannot. Split it, or save it again without what is not needed.`,
    { details: { cap: what } },
  );
}

function neverStarted(): QuireError {
  return new QuireError('internal_error', 'Expected a reading thread to start; it did not.');
}

function endedEarly(): QuireError {
  return new QuireError('internal_error', 'Expected an answer of a reading thread; it has ended.');
}
