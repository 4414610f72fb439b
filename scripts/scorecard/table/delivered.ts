import * as z from 'zod';
import { readDocuments } from '#shared/documents/read-document.ts';
import { DocumentFormat } from '#shared/domain/document.ts';
import { documentIdOf } from '#shared/domain/ids.ts';
import { type CaseRun, jsonOf } from '../run-case.ts';
import type { PlantedRecord, PlantedTable } from './planted-table.ts';

const Result = z.object({
  rows: z.array(
    z.object({
      units: z.array(z.string()),
      fields: z.record(z.string(), z.object({ value: z.unknown(), check: z.string() })),
    }),
  ),
  missing: z.array(z.object({ unitId: z.string(), place: z.string() })),
  issues: z.array(z.object({ kind: z.string(), unitId: z.string().optional() })),
});

/** What came back of a planted table, by the numbers of its records. */
export interface Delivered {
  readonly rowCount: number;
  /** The row of each record that has one, by its number. */
  readonly rows: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** Planted and in no row. */
  readonly lost: ReadonlySet<string>;
  /** Records that the result calls missing. */
  readonly named: ReadonlySet<string>;
  /** Rows that the result calls missing where no record is; a text beside the table that nobody has accounted for is named rightly. */
  readonly otherNamed: number;
  /** Records with an issue: something about their values was left out or is doubtful, and the files say so. */
  readonly questioned: ReadonlySet<string>;
  readonly wrongValues: number;
  /** Number of the record that stands in a unit of the document. */
  readonly recordOf: (unitId: string) => PlantedRecord | undefined;
}

/** Compares what was delivered with what was planted; knows nothing of how it was found. */
export async function deliveredTable(
  run: CaseRun,
  { file, records }: PlantedTable,
): Promise<Delivered> {
  const empty = { rows: [], missing: [], issues: [] };
  const result = Result.safeParse(jsonOf(run, 'result.json')).data ?? empty;
  const { recordOf, isRow } = await readPlaces(file, records);
  const rows = new Map(
    result.rows.map(({ fields }) => [String(fields['SEQ']?.value), plainRow(fields)] as const),
  );
  const seqOf = (unitId: string) => recordOf(unitId)?.values['SEQ'];
  const namedPlaces = [...new Set(result.missing.map(({ unitId }) => unitId))];
  const wrong = records.flatMap(({ values }) => {
    const row = rows.get(String(values['SEQ'])) ?? {};
    return Object.entries(values).filter(
      ([name, value]) => row[name] != null && row[name] !== value,
    );
  });
  return {
    rowCount: result.rows.length,
    rows,
    lost: new Set(
      records.map(({ values }) => String(values['SEQ'])).filter((seq) => !rows.has(seq)),
    ),
    named: new Set(namedPlaces.flatMap((unitId) => seqOf(unitId)?.toString() ?? [])),
    otherNamed: namedPlaces.filter((unitId) => seqOf(unitId) === undefined && isRow(unitId)).length,
    questioned: new Set(
      result.issues.flatMap(({ unitId }) => seqOf(unitId ?? '')?.toString() ?? []),
    ),
    wrongValues: wrong.length,
    recordOf,
  };
}

function plainRow(fields: Readonly<Record<string, { value: unknown }>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value]));
}

/** Units are told apart by the number of the record in their text. */
async function readPlaces(
  { name, bytes }: PlantedTable['file'],
  records: readonly PlantedRecord[],
): Promise<Pick<Delivered, 'recordOf'> & { isRow: (unitId: string) => boolean }> {
  const bySeq = new Map(records.map((record) => [String(record.values['SEQ']), record]));
  // The reader of PDFs takes no buffer of Node's, and keeps what it gets.
  const source = { documentId: documentIdOf(1), name, bytes: new Uint8Array(bytes) };
  const documents = await readDocuments(source, DocumentFormat.options);
  const seqs = new Map(
    documents.flatMap(({ units }) =>
      units.flatMap(({ id, text }) => {
        const seq = /SEQ-\d+/.exec(text)?.[0];
        return seq === undefined ? [] : [[id as string, seq] as const];
      }),
    ),
  );
  const rows = new Set<string>(
    documents.flatMap(({ units }) =>
      units.flatMap(({ id, table }) => (table === undefined ? [] : id)),
    ),
  );
  return {
    recordOf: (unitId) => bySeq.get(seqs.get(unitId) ?? ''),
    isRow: (unitId) => rows.has(unitId),
  };
}
