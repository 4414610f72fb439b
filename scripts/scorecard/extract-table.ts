import { Citation } from '#shared/domain/citation.ts';
import { type CaseRun, describeLie, jsonOf, type Lie, rulesFor, runCase } from './run-case.ts';
import { type Anchor, faultFailures, type Score, type ScoreCase } from './score.ts';
import { type Delivered, deliveredTable } from './table/delivered.ts';
import { lostToLies } from './table/lies.ts';
import {
  type PlantedTable,
  plantedFields,
  plantTable,
  type TableForm,
} from './table/planted-table.ts';

const simple = 'IDP, one call';
const advanced = 'IDP, sharded agent';

/** Source: IDP, docs/benchmarking/config-guidance.md v0.6.5 (Claude Sonnet 5, synthetic tables of the same kind). */
const anchors: Readonly<Record<number, readonly Anchor[]>> = {
  25: [
    { system: simple, recall: 1, costUsd: 0.055, seconds: 52 },
    { system: advanced, recall: 1, costUsd: 0.166, seconds: 48 },
  ],
  100: [
    { system: simple, recall: 1, costUsd: 0.169, seconds: 73 },
    { system: advanced, recall: 1, costUsd: 0.438, seconds: 177 },
  ],
  400: [
    { system: simple, recall: 1, costUsd: 0.614, seconds: 290 },
    { system: advanced, recall: 1, costUsd: 1.777, seconds: 389 },
  ],
  1200: [
    { system: simple, recall: 0.199, costUsd: 1.038, seconds: 312 },
    { system: advanced, recall: 1, costUsd: 4.974, seconds: 416 },
  ],
  3200: [
    { system: simple, recall: 0.009, costUsd: 1.917, seconds: 481 },
    { system: advanced, recall: 1, costUsd: 20.93, seconds: 1_120 },
  ],
};

interface TableCase {
  readonly form: TableForm;
  readonly rows: number;
  readonly lie?: Lie;
  /** It ends with holes and is resumed when nobody lies any more. */
  readonly isResumed?: boolean;
  /** At a provider whose answers end at 2,048 tokens, asked for more than fits. */
  readonly isCapped?: boolean;
}

const sizes = [25, 100, 400, 1_200, 3_200, 10_000];

const cases: readonly TableCase[] = [
  ...sizes.map((rows) => ({ form: 'XLSX' as const, rows })),
  { form: 'CSV', rows: 1_200 },
  { form: 'DOCX', rows: 400 },
  { form: 'PDF', rows: 400 },
  { form: 'text', rows: 400 },
  { form: 'XLSX', rows: 1_200, lie: { fault: 'missing-ids', oneIn: 3 } },
  { form: 'XLSX', rows: 400, lie: { fault: 'wrong-number', oneIn: 2 } },
  { form: 'text', rows: 400, lie: { fault: 'invented-quote', oneIn: 2 } },
  { form: 'XLSX', rows: 400, lie: { fault: 'extra-ids', oneIn: 2 } },
  { form: 'DOCX', rows: 100, lie: { fault: 'missing-ids', oneIn: 1 } },
  { form: 'XLSX', rows: 400, lie: { fault: 'missing-ids', oneIn: 1 } },
  { form: 'CSV', rows: 100, lie: { fault: 'wrong-number', oneIn: 1 } },
  { form: 'XLSX', rows: 400, lie: { fault: 'missing-ids', oneIn: 1 }, isResumed: true },
  { form: 'text', rows: 400, isCapped: true },
];

/** Tables whose every record has a number, in several formats and sizes, and under models that lie; or those of one size. */
export function extractTableCases({ rows }: { readonly rows?: number } = {}): ScoreCase[] {
  const known = rows === undefined ? cases : cases.filter((each) => each.rows === rows);
  const chosen = known.length > 0 ? known : [{ form: 'XLSX' as const, rows: rows ?? 400 }];
  return chosen.map((each) => ({
    workflow: 'extract-table',
    name: nameOf(each),
    isQuick: each.rows <= 100,
    run: async () => [await scoreOf(each)],
  }));
}

function nameOf({ form, rows, lie, isResumed, isCapped }: TableCase): string {
  return [
    `${rows.toLocaleString('en')} rows`,
    form,
    ...(lie === undefined ? [] : [describeLie(lie)]),
    ...(isResumed === true ? ['then resumed with an honest model'] : []),
    ...(isCapped === true ? ['answers cut off at 2,048 tokens (Cloudsway)'] : []),
  ].join(', ');
}

async function scoreOf(given: TableCase): Promise<Score> {
  const { form, rows, lie, isResumed = false, isCapped = false } = given;
  const planted = await plantTable(form, rows);
  const run = await runCase({
    workflow: 'extract-table',
    files: [planted.file],
    params: { fields: plantedFields, ...(isCapped ? { chunkTokens: 6_000 } : {}) },
    options: { budgetUsd: 100, deadlineMinutes: 60 },
    faults: rulesFor(lie),
    isResumed,
    provider: isCapped ? 'cloudsway' : 'empiriolabs',
  });
  const delivered = await deliveredTable(run, planted);
  const found = planted.records.length - delivered.lost.size;
  const citations = citationsOf(run, planted);
  const faults = lie === undefined ? undefined : lostToLies(run, lie.fault, { planted, delivered });
  const ownAnchors = form === 'XLSX' && lie === undefined && !isCapped ? anchors[rows] : undefined;
  return {
    workflow: 'extract-table',
    name: nameOf(given),
    ...run.measured,
    accuracy: {
      recall: found / planted.records.length,
      precision: delivered.rowCount === 0 ? 1 : found / delivered.rowCount,
    },
    citations,
    ...(ownAnchors === undefined ? {} : { anchors: ownAnchors }),
    ...(faults === undefined ? {} : { faults }),
    failures: [
      ...failuresOf(run, delivered, found),
      ...(citations.found === citations.shipped
        ? []
        : [`${citations.shipped - citations.found} citations do not stand in the document.`]),
      ...(lie === undefined && run.measured.status !== 'SUCCEEDED'
        ? [`It ended as ${run.measured.status}.`]
        : []),
      ...(faults === undefined ? [] : faultFailures(faults)),
    ],
  };
}

/** What is missing and what is named as missing must be the same rows; anything else is a loss in silence or a false alarm. */
function failuresOf(
  { measured: { status } }: CaseRun,
  { lost, named, otherNamed, wrongValues, rowCount }: Delivered,
  found: number,
): string[] {
  const unnamed = [...lost].filter((seq) => !named.has(seq));
  const falselyNamed = [...named].filter((seq) => !lost.has(seq));
  const mustEnd = lost.size > 0 ? 'PARTIAL' : 'SUCCEEDED';
  const counts: readonly (readonly [number, string])[] = [
    [unnamed.length, `rows are missing and not named: ${unnamed.slice(0, 5).join(', ')}.`],
    [
      falselyNamed.length,
      `rows are named and not missing: ${falselyNamed.slice(0, 5).join(', ')}.`,
    ],
    [otherNamed, 'rows are named that are no records.'],
    [wrongValues, 'values differ from what was planted.'],
    [rowCount - found, 'rows were never planted.'],
  ];
  return [
    ...counts.filter(([count]) => count > 0).map(([count, sentence]) => `${count} ${sentence}`),
    ...(status === mustEnd ? [] : [`It ended as ${status}, not as ${mustEnd}.`]),
  ];
}

function citationsOf(run: CaseRun, { texts }: PlantedTable): Score['citations'] {
  const citations = Citation.array().parse(jsonOf(run, 'citations.json') ?? []);
  const planted = [...texts].join('\n');
  const found = citations.filter(({ quote }) => planted.includes(quote.trim())).length;
  return { shipped: citations.length, found };
}
