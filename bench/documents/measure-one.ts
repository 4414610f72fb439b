import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { loadContestant } from './contestants.ts';

// Reads the file with the contestant named, once to warm up and then three times; a process of its own, so that peaks do not mix.
const [name = '', path = ''] = process.argv.slice(2);
const bytes = new Uint8Array(await readFile(path));
const read = await loadContestant(name);
const baseInMb = process.memoryUsage.rss() / 1_048_576;
const first = performance.now();
const characters = await read(bytes, basename(path));
const firstInMs = performance.now() - first;
const times: number[] = [];
// A reader that takes long is as warm as it gets.
const repeats = firstInMs > 20_000 ? 0 : 3;
for (let run = 0; run < repeats; run += 1) {
  const startedAt = performance.now();
  await read(bytes, basename(path));
  times.push(performance.now() - startedAt);
}
const timeInMs = times.sort((a, b) => a - b)[1] ?? firstInMs;
const peakInMb = process.resourceUsage().maxRSS / 1_024 - baseInMb;
console.log(JSON.stringify({ characters, timeInMs, peakInMb, sizeInBytes: bytes.length }));
process.exit(0);
