import type { CallSpec } from '#shared/domain/call.ts';
import type { Document } from '#shared/domain/document.ts';
import { answerPrompt } from '#shared/simulator/answers/answer-prompt.ts';
import { RowsAnswer } from '#shared/workflows/extract-table/schemas.ts';
import { extractTable } from '#shared/workflows/extract-table/workflow.ts';
import { documentFromLines } from './sample-documents.ts';
import { type Answerer, type DriverRun, driveWorkflow } from './workflow-driver.ts';

export const simulated: Answerer = (spec) => JSON.parse(answerPrompt(spec.messages).content);
export const rowsOnly = (spec: CallSpec) => RowsAnswer.parse(simulated(spec));

/** Columns of the sample table. */
export const fields = [
  { name: 'SEQ', type: 'text', isKey: true, isRequired: true },
  { name: 'Item' },
  { name: 'Quantity', type: 'integer' },
  { name: 'Amount', type: 'currency' },
];
export const rowAt = (index: number) =>
  `| SEQ-${String(index + 1).padStart(4, '0')} | Part ${index % 7} | ${index + 2} | EUR ${index + 1}.50 |`;
export const tableOf = (rows: number, extra: readonly string[] = []) =>
  documentFromLines([
    '# Delivered goods',
    '| SEQ | Item | Quantity | Amount |',
    ...Array.from({ length: rows }, (_, index) => rowAt(index)),
    ...extra,
  ]);

export interface Result {
  readonly rows: readonly {
    readonly fields: Readonly<
      Record<string, { value: unknown; quote?: string; check: string; currency?: string }>
    >;
  }[];
  readonly missing: readonly { unitId: string; place: string }[];
  readonly issues: readonly { kind: string; field?: string; row?: number }[];
  readonly reconciliation: {
    readonly counts: Readonly<Record<string, number>>;
    readonly totals: readonly { agrees: boolean }[];
    readonly sequences: readonly { gaps: readonly string[] }[];
  };
}

/** Runs the workflow; the simulator answers unless something else is given. */
export function run(
  documents: readonly Document[],
  answer: Answerer = simulated,
  params: object = { fields },
): DriverRun & { result: Result } {
  const done = driveWorkflow(extractTable, documents, { answer, params });
  return { ...done, result: done.rendering.result as Result };
}

export function sequenceOf({ result }: { result: Result }): unknown[] {
  return result.rows.map((row) => row.fields['SEQ']?.value);
}
