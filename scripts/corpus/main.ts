import { parseArgs } from 'node:util';
import { findSoffice } from '../../test/support/soffice.ts';
import { corpusFiles, requireFolder } from './corpus-files.ts';
import { comparedInOffice } from './office-comparison.ts';
import type { FileOutcome } from './outcomes.ts';
import { readFiles } from './read-all.ts';
import { corpusNotes, corpusTable } from './report.ts';
import { type RoundTrip, roundTrips } from './round-trip.ts';
import { faultsOf, roundTripReport } from './round-trip-report.ts';

// What the readers and the editors make of real files.
//   npm run corpus -- DIR                  reads every file under DIR as a task would; ends with 1 when one crashed or hung the
//                                          reader, or gave an error without a code
//   npm run corpus -- DIR --round-trip     writes every Word, PowerPoint and Excel file with its own text and with another, and has
//                                          LibreOffice lay out the results where it is installed; ends with 1 at a difference
// With --verbose each file is named.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    verbose: { type: 'boolean', default: false },
    'round-trip': { type: 'boolean', default: false },
  },
});

const folder = requireFolder(positionals[0]);
process.exit((await (values['round-trip'] ? thereAndBack() : readAll())) ? 0 : 1);

/** Whether nothing crashed. */
async function readAll(): Promise<boolean> {
  const files = corpusFiles(folder);
  const extensions = [...new Set(files.map(({ extension }) => extension))].sort();
  const outcomes: FileOutcome[] = [];
  for (const extension of extensions) {
    const group = files.filter((file) => file.extension === extension);
    process.stderr.write(`${extension}: ${group.length} files\n`);
    outcomes.push(...(await readFiles(group, tellReading)));
  }
  console.log(`${corpusTable(outcomes)}\n\n${corpusNotes(outcomes)}`);
  return outcomes.every(({ kind }) => kind !== 'crash');
}

/** Whether nothing differed. */
async function thereAndBack(): Promise<boolean> {
  const trips: RoundTrip[] = [];
  for await (const trip of tripsThroughOffice()) {
    trips.push(trip);
    tellTrip(trip);
  }
  console.log(roundTripReport(trips));
  return trips.every((trip) => faultsOf(trip).length === 0);
}

async function* tripsThroughOffice(): AsyncGenerator<RoundTrip> {
  const soffice = findSoffice();
  if (soffice !== undefined) return yield* comparedInOffice(roundTrips(folder), soffice);
  process.stderr.write('soffice is not installed: results are not laid out.\n');
  for await (const { trip } of roundTrips(folder)) yield trip;
}

function tellReading(outcome: FileOutcome): void {
  const { file, seconds } = outcome;
  tell(`${file.path} ${seconds.toFixed(2)} s ${wordsFor(outcome)}`);
}

function wordsFor(outcome: FileOutcome): string {
  if (outcome.kind === 'ok') return `recall ${outcome.recall?.toFixed(3) ?? '–'}`;
  return outcome.kind === 'refused' ? outcome.code : outcome.reason;
}

function tellTrip(trip: RoundTrip): void {
  tell([trip.name, trip.outcome, ...faultsOf(trip)].join(': '));
}

function tell(line: string): void {
  if (values.verbose) process.stderr.write(`  ${line}\n`);
}
