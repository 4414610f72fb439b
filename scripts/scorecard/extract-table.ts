import * as z from 'zod';
import { Citation } from '#shared/domain/citation.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import { type PlantedTable, plantedFields, plantTable, type TableForm } from './planted-table.ts';
import { type CaseRun, jsonOf, runCase } from './run-case.ts';
import type { Anchor, Score } from './score.ts';

const Result = z.object({
  rows: z.array(
    z.object({ fields: z.record(z.string(), z.object({ value: z.unknown(), check: z.string() })) }),
  ),
  missing: z.array(z.object({ unitId: z.string(), place: z.string() })),
  reconciliation: z.object({ totals: z.array(z.object({ agrees: z.boolean() })) }),
});

/** Source: IDP, docs/benchmarking/config-guidance.md v0.6.5, its advanced (sharded) configuration; the simple one below. */
const anchors: Readonly<Record<number, Anchor>> = {
  25: { system: 'IDP advanced', recall: 1, costUsd: 0.166, seconds: 48 },
  100: { system: 'IDP advanced', recall: 1, costUsd: 0.438, seconds: 177 },
  400: { system: 'IDP advanced', recall: 1, costUsd: 1.777, seconds: 389 },
  1200: { system: 'IDP advanced (simple: recall 0.199)', recall: 1, costUsd: 4.974, seconds: 416 },
  3200: {
    system: 'IDP advanced (simple: recall 0.009)',
    recall: 1,
    costUsd: 20.93,
    seconds: 1_120,
  },
};

interface TableCase {
  readonly form: TableForm;
  readonly rows: number;
  /** Every how many answers the model lies, and how. */
  readonly lie?: { readonly fault: FaultName; readonly every: number };
}

const cases: readonly TableCase[] = [
  ...[25, 100, 400, 1_200, 3_200, 10_000].map((rows) => ({ form: 'XLSX' as const, rows })),
  { form: 'CSV', rows: 1_200 },
  { form: 'DOCX', rows: 400 },
  { form: 'PDF', rows: 400 },
  { form: 'text', rows: 400 },
  { form: 'XLSX', rows: 1_200, lie: { fault: 'missing-ids', every: 3 } },
  { form: 'XLSX', rows: 400, lie: { fault: 'wrong-number', every: 2 } },
  { form: 'text', rows: 400, lie: { fault: 'invented-quote', every: 2 } },
  { form: 'XLSX', rows: 400, lie: { fault: 'extra-ids', every: 2 } },
  { form: 'DOCX', rows: 100, lie: { fault: 'missing-ids', every: 1 } },
  { form: 'CSV', rows: 100, lie: { fault: 'wrong-number', every: 1 } },
];

/** Tables whose every record has a number, in several formats and sizes, and under models that lie. */
export async function scoreExtractTable(): Promise<readonly Score[]> {
  const scores: Score[] = [];
  for (const each of cases) scores.push(await scoreOf(each));
  return scores;
}

async function scoreOf({ form, rows, lie }: TableCase): Promise<Score> {
  const planted = await plantTable(form, rows);
  const run = await runCase({
    workflow: 'extract-table',
    files: [planted.file],
    params: { fields: plantedFields },
    options: { budgetUsd: 100, deadlineMinutes: 60 },
    ...(lie === undefined ? {} : { faults: [{ when: { every: lie.every }, fault: lie.fault }] }),
  });
  const name = `${rows.toLocaleString('en')} rows, ${form}${lie === undefined ? '' : `, ${lie.fault} in every ${lie.every}. answer`}`;
  const judged = judge(run, planted);
  const lies = lie === undefined ? undefined : { fault: lie.fault, every: lie.every };
  const liesTold = lies === undefined ? 0 : Math.floor(run.measured.calls / lies.every);
  return {
    workflow: 'extract-table',
    name,
    ...run.measured,
    accuracy: judged.accuracy,
    citations: judged.citations,
    ...(anchors[rows] !== undefined && form === 'XLSX' && lie === undefined
      ? { anchor: anchors[rows] }
      : {}),
    ...(lies === undefined
      ? {}
      : {
          faults: {
            fault: lies.fault,
            planted: liesTold,
            caught: Math.max(0, liesTold - judged.silentLosses - judged.wrongValues),
          },
        }),
    failures: [
      ...judged.failures,
      ...(lie === undefined && run.measured.status !== 'SUCCEEDED'
        ? [`It ended as ${run.measured.status}.`]
        : []),
    ],
  };
}

/** Compares what was delivered with what was planted; knows nothing of how it was found. */
function judge(run: CaseRun, { records, texts }: PlantedTable) {
  const result = Result.safeParse(jsonOf(run, 'result.json')).data;
  const rows = result?.rows ?? [];
  const bySeq = new Map(rows.map((row) => [row.fields['SEQ']?.value, row]));
  const found = records.filter(({ values }) => bySeq.has(values['SEQ']));
  const wrong = records.reduce((sum, { values }) => {
    const fields = bySeq.get(values['SEQ'])?.fields ?? {};
    const differing = Object.entries(values).filter(([name, value]) => {
      const shown = fields[name]?.value;
      return shown !== undefined && shown !== null && shown !== value;
    });
    return sum + differing.length;
  }, 0);
  const missing = new Set(result?.missing.map(({ unitId }) => unitId)).size;
  const lost = records.length - found.length;
  const silentLosses = Math.max(0, lost - missing);
  const citations = Citation.array().parse(jsonOf(run, 'citations.json') ?? []);
  const planted = [...texts].join('\n');
  const isPlanted = ({ quote }: Citation) => planted.includes(quote.trim());
  const citationsFound = citations.filter(isPlanted).length;
  const isHonest = lost === 0 || run.measured.status === 'PARTIAL';
  return {
    accuracy: {
      recall: found.length / records.length,
      precision: rows.length === 0 ? 1 : found.length / rows.length,
    },
    citations: { shipped: citations.length, found: citationsFound },
    silentLosses,
    wrongValues: wrong,
    failures: [
      ...(isHonest ? [] : [`${lost} rows are missing and it ended as ${run.measured.status}.`]),
      // A total or a head that nobody accounts for is named as well.
      ...(lost <= missing ? [] : [`${lost} rows are missing, ${missing} are named.`]),
      ...(wrong === 0 ? [] : [`${wrong} values differ from what was planted.`]),
      ...(rows.length === found.length
        ? []
        : [`${rows.length - found.length} rows were never planted.`]),
      ...(citationsFound === citations.length
        ? []
        : [`${citations.length - citationsFound} citations do not stand in the document.`]),
    ],
  };
}
