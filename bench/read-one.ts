import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readDocuments } from '#shared/documents/read-document.ts';
import { DocumentFormat } from '#shared/domain/document.ts';
import { documentIdOf } from '#shared/domain/ids.ts';

// Parses the file given twice and prints what the second parse took; a process of its own, so that peaks do not mix.
const [path = ''] = process.argv.slice(2);
const file = {
  documentId: documentIdOf(1),
  name: basename(path),
  bytes: new Uint8Array(await readFile(path)),
};
const baseInMb = process.memoryUsage.rss() / 1_048_576;
await readDocuments(file, DocumentFormat.options);
const startedAt = performance.now();
const [document] = await readDocuments(file, DocumentFormat.options);
const timeInMs = performance.now() - startedAt;
const peakInMb = process.resourceUsage().maxRSS / 1_024;
console.log(JSON.stringify({ units: document?.units.length, timeInMs, peakInMb, baseInMb }));
