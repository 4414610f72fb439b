import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocuments } from '#shared/documents/read-document.ts';
import { DocumentFormat } from '#shared/domain/document.ts';
import { isQuireError } from '#shared/domain/errors.ts';
import { documentIdOf } from '#shared/domain/ids.ts';

/** What became of a file. */
export interface HostileResult {
  readonly kind: string;
  readonly outcome: string;
  readonly cpuInMs: number;
  /** Over what the process had before its first file. */
  readonly peakInMb: number;
}

interface Entry {
  readonly kind: string;
  readonly name: string;
  readonly path: string;
}

// Reads the files that `manifest.json` of a directory lists, one after the other, and prints a HostileResult in JSON for each: the files of
// `warmUp` first, so that loading the libraries is not counted.
const [directory = ''] = process.argv.slice(2);
const { warmUp, files } = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as {
  readonly warmUp: readonly Entry[];
  readonly files: readonly Entry[];
};
for (const entry of warmUp) await outcomeOf(entry);
globalThis.gc?.();
const baseInMb = process.memoryUsage.rss() / 1_048_576;
for (const entry of files) {
  globalThis.gc?.();
  resetPeak();
  const before = process.cpuUsage();
  const outcome = await outcomeOf(entry);
  const { user, system } = process.cpuUsage(before);
  const result: HostileResult = {
    kind: entry.kind,
    outcome,
    cpuInMs: (user + system) / 1_000,
    peakInMb: Math.max(0, peak() - baseInMb),
  };
  console.log(JSON.stringify(result));
}

async function outcomeOf({ name, path }: Entry): Promise<string> {
  try {
    const bytes = new Uint8Array(readFileSync(path));
    await readDocuments({ documentId: documentIdOf(1), name, bytes }, DocumentFormat.options);
    return 'read';
  } catch (error) {
    return isQuireError(error) ? error.code : `untyped: ${String(error)}`;
  }
}

/** Only Linux can; elsewhere the peak is that of the process so far, which is never less. */
function resetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // The peak of an earlier file stays.
  }
}

function peak(): number {
  try {
    const status = readFileSync('/proc/self/status', 'utf8');
    return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]) / 1_024;
  } catch {
    return process.resourceUsage().maxRSS / 1_024;
  }
}
