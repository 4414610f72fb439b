import { DocumentFormat } from '#shared/domain/document.ts';
import type { Workflow } from '../definition.ts';
import { estimateSummary } from './estimate.ts';
import { notesStage } from './notes.ts';
import { SummarizeParams } from './params.ts';
import { polishStage } from './polish.ts';
import { reduceStage } from './reduce.ts';
import { renderSummary } from './render.ts';
import { verifyStage } from './verify.ts';

/** Summarizes documents of any length; every point has a quote that was found in the document. */
export const summarize: Workflow = {
  id: 'summarize',
  version: 1,
  title: 'Summarize',
  description:
    'Summarizes documents of any length for a given audience: headline, key points, numbers, decisions, risks and open questions. Every point cites a quote that was found in the document by program.',
  acceptedFormats: DocumentFormat.options,
  maxDocuments: 20,
  params: SummarizeParams,
  stages: [notesStage, reduceStage, verifyStage, polishStage],
  artifacts: [
    { name: 'summary.docx', format: 'docx' },
    { name: 'summary.md', format: 'markdown' },
  ],
  render: renderSummary,
  estimateRest: estimateSummary,
};
