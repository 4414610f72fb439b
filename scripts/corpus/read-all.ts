import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CorpusFile } from './corpus-files.ts';
import type { FileOutcome } from './outcomes.ts';

const child = fileURLToPath(new URL('./read-child.ts', import.meta.url));

/** Far above the reader's own cap: a child that says nothing for so long hangs. */
const silenceInMs = 180_000;

/** Reads the files of one format one after the other in a process of their own; a process that dies is replaced. */
export async function readFiles(
  files: readonly CorpusFile[],
  onOutcome: (outcome: FileOutcome) => void,
): Promise<FileOutcome[]> {
  const outcomes: FileOutcome[] = [];
  let reader = await startReader();
  // The first file pays for loading the format's code; it is read twice and counted once.
  const [first] = files;
  if (first !== undefined) await ask(reader, first);
  for (const file of files) {
    if (reader.exitCode !== null || reader.signalCode !== null) reader = await startReader();
    const outcome = await ask(reader, file);
    outcomes.push(outcome);
    onOutcome(outcome);
  }
  reader.kill();
  return outcomes;
}

async function startReader(): Promise<ChildProcess> {
  const reader = fork(child, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 2, 2, 'ipc'] });
  await once(reader, 'message');
  return reader;
}

async function ask(reader: ChildProcess, file: CorpusFile): Promise<FileOutcome> {
  const ended = new AbortController();
  const crash = (reason: string): FileOutcome => ({
    file,
    sizeInBytes: 0,
    seconds: 0,
    peakInMb: 0,
    kind: 'crash',
    reason,
  });
  const timer = setTimeout(() => reader.kill('SIGKILL'), silenceInMs);
  const onExit = () => ended.abort();
  reader.once('exit', onExit);
  try {
    reader.send(file);
    const [outcome] = await once(reader, 'message', { signal: ended.signal });
    return outcome;
  } catch {
    return crash('the process ended');
  } finally {
    clearTimeout(timer);
    reader.off('exit', onExit);
  }
}
