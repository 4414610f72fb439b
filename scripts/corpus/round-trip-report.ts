import type { RoundTrip } from './round-trip.ts';

/** One row of Markdown for each format, and every difference by its file. */
export function roundTripReport(trips: readonly RoundTrip[]): string {
  const formats = [...new Set(trips.map(({ format }) => format))].sort();
  const header = [
    'format',
    'files',
    'opened',
    'typed error',
    'segments',
    'differences',
    'laid out by LibreOffice',
    'same pages',
    'same text',
  ];
  const rows = formats.map((format) => rowOf(trips.filter((trip) => trip.format === format)));
  const table = [header, header.map(() => '---'), ...rows];
  const faults = trips.flatMap((trip) => faultsOf(trip).map((fault) => `${trip.name}: ${fault}`));
  return [...table.map((cells) => `| ${cells.join(' | ')} |`), '', ...faults].join('\n');
}

/** What is not as it should be with a file, in words. */
export function faultsOf({ differences, office }: RoundTrip): string[] {
  if (office === undefined) return [...differences];
  const { original, same, translated } = office.pageCounts;
  const pages = [original, same, translated].map((count) => count ?? 'none').join(', ');
  return [
    ...differences,
    ...(original === same ? [] : [`pages in LibreOffice: ${pages}`]),
    ...(office.isSameText ? [] : ['its text in LibreOffice differs']),
  ];
}

function rowOf(trips: readonly RoundTrip[]): string[] {
  const opened = trips.filter(({ outcome }) => outcome === 'ok');
  const laidOut = opened.flatMap(({ office }) => (office === undefined ? [] : [office]));
  const shown = laidOut.filter(({ pageCounts }) => pageCounts.original !== undefined);
  const count = (list: readonly unknown[]) => String(list.length);
  return [
    trips[0]?.format ?? '',
    count(trips),
    count(opened),
    count(trips.filter(({ outcome }) => outcome !== 'ok')),
    String(opened.reduce((sum, { segmentCount }) => sum + segmentCount, 0)),
    String(trips.reduce((sum, { differences }) => sum + differences.length, 0)),
    count(shown),
    count(shown.filter(({ pageCounts }) => pageCounts.original === pageCounts.same)),
    count(shown.filter(({ isSameText }) => isSameText)),
  ];
}
