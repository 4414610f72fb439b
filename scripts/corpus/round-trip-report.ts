import type { Difference, OfficeComparison, RoundTrip } from './round-trip.ts';

/** One row of Markdown for each format, and every difference by its file. */
export function roundTripReport(trips: readonly RoundTrip[]): string {
  const formats = [...new Set(trips.map(({ format }) => format))].sort();
  const header = [
    'format',
    'files',
    'edited',
    'typed error',
    'texts',
    'every text equal',
    'untouched parts equal',
    'laid out by LibreOffice',
    'same pages',
    'same text',
  ];
  const rows = formats.map((format) =>
    rowOf(
      format,
      trips.filter((trip) => trip.format === format),
    ),
  );
  const table = [header, header.map(() => '---'), ...rows, rowOf('all', trips)];
  const faults = trips.flatMap((trip) => faultsOf(trip).map((fault) => `${trip.name}: ${fault}`));
  return [...table.map((cells) => `| ${cells.join(' | ')} |`), '', ...faults].join('\n');
}

/** What is not as it should be with a file, in words. */
export function faultsOf({ differences, office }: RoundTrip): string[] {
  const words = differences.map((difference) => difference.words);
  return office === undefined ? words : [...words, ...officeFaults(office)];
}

/** A translation may take more pages; it must be laid out, though. */
function officeFaults({ pageCounts, differingPages }: OfficeComparison): string[] {
  const { original, same, translated } = pageCounts;
  const pages = [original, same, translated].map((count) => count ?? 'none').join(', ');
  const isOpened = (original === undefined) === (translated === undefined);
  return [
    ...(original === same && isOpened ? [] : [`pages in LibreOffice: ${pages}`]),
    ...(differingPages.length === 0
      ? []
      : [`another text in LibreOffice on pages ${differingPages.join(', ')}`]),
  ];
}

function rowOf(name: string, trips: readonly RoundTrip[]): string[] {
  const edited = trips.filter(({ outcome }) => outcome === 'ok');
  const laidOut = edited.flatMap(({ office }) =>
    office?.pageCounts.original === undefined ? [] : [office],
  );
  const without = (of: Difference['of']) =>
    edited.filter(({ differences }) => differences.every((difference) => difference.of !== of));
  const count = (list: readonly unknown[]) => String(list.length);
  return [
    name,
    count(trips),
    count(edited),
    String(trips.length - edited.length),
    String(edited.reduce((sum, { segmentCount }) => sum + segmentCount, 0)),
    count(without('texts')),
    count(without('parts')),
    count(laidOut),
    count(laidOut.filter(({ pageCounts }) => pageCounts.original === pageCounts.same)),
    count(laidOut.filter(({ differingPages }) => differingPages.length === 0)),
  ];
}
