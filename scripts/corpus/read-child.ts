import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { DocumentFormat } from '#shared/domain/document.ts';
import { isQuireError } from '#shared/domain/errors.ts';
import { documentIdOf } from '#shared/domain/ids.ts';
import { createLocalReader } from '#shared/runtime/local-reader.ts';
import type { CorpusFile } from './corpus-files.ts';
import type { FileOutcome } from './outcomes.ts';
import { wordRecall } from './recall.ts';

// Reads the files that the parent names, one by one, as a task would. A process of its own for each format, so that peaks do not mix
// and a crash is seen.
const reader = createLocalReader();
const baseInMb = process.memoryUsage.rss() / 1_048_576;

process.on('message', async (file: CorpusFile) => {
  process.send?.(await outcomeOf(file));
});
process.send?.('ready');

async function outcomeOf(file: CorpusFile): Promise<FileOutcome> {
  const bytes = new Uint8Array(readFileSync(file.path));
  const source = { documentId: documentIdOf(1), name: basename(file.path), bytes };
  const startedAt = performance.now();
  const base = { file, sizeInBytes: bytes.length };
  const measured = () => ({
    seconds: (performance.now() - startedAt) / 1_000,
    peakInMb: process.resourceUsage().maxRSS / 1_024 - baseInMb,
  });
  try {
    const documents = await reader.read(source, DocumentFormat.options);
    const cost = measured();
    const text = documents.flatMap(({ units }) => units.map(textOf)).join('\n');
    const reference =
      file.reference === undefined ? undefined : readFileSync(file.reference, 'utf8');
    const recall = reference === undefined ? undefined : wordRecall(text, reference);
    return { ...base, ...cost, kind: 'ok', ...(recall === undefined ? {} : { recall }) };
  } catch (error) {
    const isTyped = isQuireError(error) && error.code !== 'internal_error';
    const isHang = isTyped && error.code === 'file_too_complex' && error.details['cap'] === 'time';
    if (isTyped && !isHang) return { ...base, ...measured(), kind: 'refused', code: error.code };
    return { ...base, ...measured(), kind: 'crash', reason: isHang ? 'hang' : String(error) };
  }
}

/** With what a table's text leaves out. */
function textOf(unit: { text: string; marker?: string | undefined; author?: string | undefined }) {
  return [unit.marker, unit.author, unit.text].filter((part) => part !== undefined).join(' ');
}
