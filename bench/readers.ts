import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeExampleDocuments } from '../examples/make-documents.ts';
import { printTable } from './table.ts';

const reader = fileURLToPath(new URL('./read-one.ts', import.meta.url));

/** Parse time (second of two parses) and peak memory of each reader, each in a process of its own. */
export async function benchReaders(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'quire-readers-'));
  await makeExampleDocuments(directory);
  await writeFile(join(directory, 'prose.md'), markdown(2_000));
  await writeFile(join(directory, 'prose.txt'), markdown(2_000).replaceAll('#', ''));
  await writeFile(join(directory, 'prose.html'), html(2_000));
  const rows: string[][] = [];
  for (const name of (await readdir(directory)).sort()) {
    const file = join(directory, name);
    const { size } = await stat(file);
    const output = execFileSync(
      process.execPath,
      ['--expose-gc', '--import', 'tsx', reader, file],
      { encoding: 'utf8' },
    );
    const { units, timeInMs, peakInMb, baseInMb } = JSON.parse(output);
    const megabytes = size / 1_048_576;
    rows.push([
      name,
      `${megabytes.toFixed(2)} MB`,
      String(units),
      `${timeInMs.toFixed(0)} ms`,
      `${(timeInMs / 1_000 / megabytes).toFixed(2)} s/MB`,
      `${(peakInMb - baseInMb).toFixed(0)} MB over ${baseInMb.toFixed(0)} MB`,
    ]);
  }
  printTable(['file', 'size', 'units', 'parse', 'per MB', 'peak memory'], rows);
  await rm(directory, { recursive: true, force: true });
}

const sentence =
  'In the third quarter the depot moved 4,210 wagons, which is 3.2 percent more than a year before.';

function markdown(sections: number): string {
  return Array.from(
    { length: sections },
    (_, index) =>
      `## Section ${index + 1}\n\n${`${sentence} `.repeat(4)}\n\n- ${sentence}\n- ${sentence}\n`,
  ).join('\n');
}

function html(sections: number): string {
  const body = Array.from(
    { length: sections },
    (_, index) =>
      `<h2>Section ${index + 1}</h2><p>${`${sentence} `.repeat(4)}</p><ul><li>${sentence}</li></ul>`,
  );
  return `<!doctype html><title>Prose</title>${body.join('\n')}`;
}
