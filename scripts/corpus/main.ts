import { parseArgs } from 'node:util';
import { corpusFiles, requireFolder } from './corpus-files.ts';
import type { FileOutcome } from './outcomes.ts';
import { readFiles } from './read-all.ts';
import { corpusNotes, corpusTable } from './report.ts';

// `npm run corpus -- DIR [--verbose]`: reads every file under DIR as a task would, and prints what became of them. Ends with 1 when a
// file crashed or hung the reader, or gave an error without a code.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { verbose: { type: 'boolean', default: false } },
});

const files = corpusFiles(requireFolder(positionals[0]));
const extensions = [...new Set(files.map(({ extension }) => extension))].sort();
const outcomes: FileOutcome[] = [];
for (const extension of extensions) {
  const group = files.filter((file) => file.extension === extension);
  process.stderr.write(`${extension}: ${group.length} files\n`);
  outcomes.push(...(await readFiles(group, tell)));
}
console.log(`${corpusTable(outcomes)}\n\n${corpusNotes(outcomes)}`);
process.exit(outcomes.some(({ kind }) => kind === 'crash') ? 1 : 0);

function tell(outcome: FileOutcome): void {
  if (!values.verbose) return;
  const what =
    outcome.kind === 'ok'
      ? `recall ${outcome.recall?.toFixed(3) ?? '–'}`
      : outcome.kind === 'refused'
        ? outcome.code
        : outcome.reason;
  process.stderr.write(`  ${outcome.file.path} ${outcome.seconds.toFixed(2)} s ${what}\n`);
}
