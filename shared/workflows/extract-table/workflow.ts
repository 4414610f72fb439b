import { DocumentFormat } from '#shared/domain/document.ts';
import type { Workflow } from '../definition.ts';
import { accountForUnits } from './account.ts';
import { coerceStage } from './coerce.ts';
import { estimateRest } from './estimate.ts';
import { inferStage } from './infer.ts';
import { mergeStage } from './merge.ts';
import { ExtractTableParams } from './params.ts';
import { reconcileStage } from './reconcile.ts';
import { renderTable } from './render.ts';
import { rowsStage } from './rows.ts';

/** Copies the records of documents into one typed table; each cell has its place in the source, and each row of the source is accounted for. */
export const extractTable: Workflow = {
  id: 'extract-table',
  version: 1,
  title: 'Extract a table',
  description:
    'Copies the records of up to 200 documents into one table with typed columns. Every cell names the place that it was found at by program, every row of a source table is a row of the result or is left out for a reason, and counts and totals are reconciled; what is missing is named.',
  acceptedFormats: DocumentFormat.options,
  maxDocuments: 200,
  params: ExtractTableParams,
  stages: [inferStage, rowsStage, mergeStage, coerceStage, reconcileStage],
  artifacts: [
    { name: 'table.xlsx', format: 'xlsx' },
    { name: 'table.csv', format: 'csv' },
  ],
  account: accountForUnits,
  estimateRest,
  render: renderTable,
};
