import type { FileOutcome } from './outcomes.ts';

/** One row of Markdown for each format. */
export function corpusTable(outcomes: readonly FileOutcome[]): string {
  const extensions = [...new Set(outcomes.map(({ file }) => file.extension))].sort();
  const rows = extensions.map((extension) =>
    rowOf(
      extension,
      outcomes.filter(({ file }) => file.extension === extension),
    ),
  );
  const header = [
    'format',
    'files',
    'ok',
    'typed error',
    'crash',
    's/MB',
    'peak MB',
    'text recall',
  ];
  const lines = [header, header.map(() => '---'), ...rows, rowOf('all', outcomes)];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** How often each typed error came, and every file that crashed the reader. */
export function corpusNotes(outcomes: readonly FileOutcome[]): string {
  const codes = new Map<string, number>();
  for (const outcome of outcomes) {
    if (outcome.kind === 'refused') codes.set(outcome.code, (codes.get(outcome.code) ?? 0) + 1);
  }
  const typed = [...codes].sort().map(([code, count]) => `${code} ${count}`);
  const crashes = outcomes.flatMap((outcome) =>
    outcome.kind === 'crash' ? [`CRASH ${outcome.file.path}: ${outcome.reason}`] : [],
  );
  return [`Typed errors: ${typed.join(', ') || 'none'}.`, ...crashes].join('\n');
}

function rowOf(name: string, outcomes: readonly FileOutcome[]): string[] {
  const ok = outcomes.filter((each) => each.kind === 'ok');
  const seconds = ok.reduce((sum, each) => sum + each.seconds, 0);
  const megabytes = ok.reduce((sum, each) => sum + each.sizeInBytes, 0) / 1_048_576;
  const peak = Math.max(0, ...outcomes.map((each) => each.peakInMb));
  const recalls = ok.flatMap((each) => (each.recall === undefined ? [] : [each.recall]));
  const mean = recalls.reduce((sum, each) => sum + each, 0) / recalls.length;
  return [
    name,
    String(outcomes.length),
    String(ok.length),
    String(outcomes.filter((each) => each.kind === 'refused').length),
    String(outcomes.filter((each) => each.kind === 'crash').length),
    megabytes === 0 ? '–' : (seconds / megabytes).toFixed(2),
    peak.toFixed(0),
    recalls.length === 0 ? '–' : `${mean.toFixed(3)} (${recalls.length})`,
  ];
}
