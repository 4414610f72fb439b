import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contestants } from './documents/contestants.ts';
import { installRivals } from './documents/rivals.ts';
import { writeSamples } from './documents/samples.ts';
import { printTable, ratio } from './table.ts';

const child = fileURLToPath(new URL('./documents/measure-one.ts', import.meta.url));

/** Formats whose name is not the extension. */
const formats: Readonly<Record<string, string>> = {
  md: 'markdown',
  txt: 'text',
  json: 'transcript',
};

interface Measure {
  readonly characters: number;
  readonly timeInMs: number;
  readonly peakInMb: number;
  readonly sizeInBytes: number;
}

/** Seconds per MB and peak memory of our readers beside the libraries that read the same files, each in a process of its own; of one extension only if it is named. */
export async function benchDocuments(only: string | undefined): Promise<void> {
  await installRivals();
  const folder = await mkdtemp(join(tmpdir(), 'quire-documents-'));
  const rows: string[][] = [];
  const isWanted = (extension: string) => only === undefined || extension === only;
  for (const name of await writeSamples(folder, isWanted)) {
    const extension = extname(name).slice(1);
    const format = formats[extension] ?? extension;
    const readers = Object.keys(contestants).filter((each) =>
      contestants[each]?.some((known) => known === format),
    );
    const measures = readers.map(
      (reader) => [reader, measure(reader, join(folder, name))] as const,
    );
    const ours = measures[0]?.[1];
    for (const [reader, result] of measures) rows.push([name, ...rowOf(reader, result, ours)]);
  }
  printTable(['file', 'reader', 's/MB', 'quire ÷ reader', 'peak MB', 'characters'], rows);
  await rm(folder, { recursive: true, force: true });
}

/** `undefined` for a reader that fails on the file. */
function measure(reader: string, file: string): Measure | undefined {
  const { stdout, status } = spawnSync(
    process.execPath,
    ['--max-old-space-size=4096', '--import', 'tsx', child, reader, file],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 300_000 },
  );
  const [last] = stdout.trim().split('\n').slice(-1);
  return status === 0 && last !== undefined ? JSON.parse(last) : undefined;
}

function rowOf(reader: string, result: Measure | undefined, ours: Measure | undefined): string[] {
  if (result === undefined) return [reader, 'fails', '–', '–', '–'];
  const { timeInMs, sizeInBytes, peakInMb, characters } = result;
  return [
    reader,
    (timeInMs / 1_000 / (sizeInBytes / 1_048_576)).toFixed(3),
    ours === undefined ? '–' : ratio(ours.timeInMs / timeInMs),
    peakInMb.toFixed(0),
    String(characters),
  ];
}
