import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pdfPages } from '../../test/support/pdf-text.ts';
import { convertFiles } from '../../test/support/soffice.ts';
import type { FinishedTrip, OfficeComparison, RoundTrip, Versions } from './round-trip.ts';

/** Three versions of each are laid out in one start of LibreOffice. */
const filesPerStart = 12;

/**
 * Has LibreOffice lay out every file that was edited, with its results, and compares the pages. Only the files of one start are in memory
 * and on the disk at a time.
 */
export async function* comparedInOffice(
  trips: AsyncIterable<FinishedTrip>,
  soffice: string,
): AsyncGenerator<RoundTrip> {
  for await (const group of inGroups(trips)) {
    const comparisons = await compareGroup(group, soffice);
    for (const { trip } of group) {
      const office = comparisons.get(trip);
      yield office === undefined ? trip : { ...trip, office };
    }
  }
}

async function* inGroups(trips: AsyncIterable<FinishedTrip>): AsyncGenerator<FinishedTrip[]> {
  let group: FinishedTrip[] = [];
  for await (const trip of trips) {
    group.push(trip);
    if (group.length < filesPerStart) continue;
    yield group;
    group = [];
  }
  yield group;
}

async function compareGroup(
  group: readonly FinishedTrip[],
  soffice: string,
): Promise<ReadonlyMap<RoundTrip, OfficeComparison>> {
  const folder = await mkdtemp(join(tmpdir(), 'quire-round-trip-'));
  try {
    const names: string[] = [];
    for (const [index, { trip, versions }] of group.entries()) {
      for (const [version, bytes] of Object.entries(versions ?? {})) {
        const name = `${index}-${version}.${trip.format}`;
        await writeFile(join(folder, name), bytes);
        names.push(name);
      }
    }
    if (names.length > 0) await convertFiles(soffice, { folder, names, to: 'pdf' });
    const comparisons = new Map<RoundTrip, OfficeComparison>();
    for (const [index, { trip, versions }] of group.entries()) {
      if (versions !== undefined) comparisons.set(trip, await compare(join(folder, `${index}`)));
    }
    return comparisons;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(start: string): Promise<OfficeComparison> {
  const pagesOf = async (version: keyof Versions) => {
    const bytes = await readFile(`${start}-${version}.pdf`).catch(() => undefined);
    return bytes === undefined ? undefined : await pdfPages(bytes);
  };
  const original = await pagesOf('original');
  const same = await pagesOf('same');
  const translated = await pagesOf('translated');
  return {
    pageCounts: {
      original: original?.length,
      same: same?.length,
      translated: translated?.length,
    },
    differingPages: (original ?? []).flatMap((text, index) =>
      text === same?.[index] ? [] : [index + 1],
    ),
  };
}
