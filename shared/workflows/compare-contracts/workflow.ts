import type { CallSpec } from '#shared/domain/call.ts';
import { DocumentFormat } from '#shared/domain/document.ts';
import { exactly, type Range, type StageEstimate } from '#shared/domain/estimate.ts';
import { estimateTokens } from '#shared/domain/tokens.ts';
import type { Workflow } from '../definition.ts';
import { accountOfUnits } from './account.ts';
import { alignStage } from './align.ts';
import { answerTokensOf, classifyStage } from './classify.ts';
import { diffStage } from './diff.ts';
import { memoStage, memoTokens } from './memo.ts';
import { CompareParams } from './params.ts';
import { memoPrompt } from './prompts.ts';
import { renderComparison } from './render.ts';

/** Compares two versions of a contract: tracked changes in a copy of the base, a list of changes, and a memo on what matters. */
export const compareContracts: Workflow = {
  id: 'compare-contracts',
  version: 1,
  title: 'Compare contracts',
  description:
    'Compares a base with a revised version, in this order. Code aligns clauses and finds every difference; the model judges each against materiality rules and a viewpoint. The changes of the redline, all accepted, make the revised text and, all rejected, the base; of other files than DOCX it has the text without the layout.',
  acceptedFormats: DocumentFormat.options,
  minDocuments: 2,
  maxDocuments: 2,
  editView: 'paragraphs',
  params: CompareParams,
  stages: [alignStage, diffStage, classifyStage, memoStage],
  artifacts: [
    { name: 'redline.docx', format: 'redline' },
    { name: 'changes.xlsx', format: 'xlsx' },
    { name: 'memo.docx', format: 'docx' },
  ],
  furtherArtifacts: {
    described: 'redline.docx where both inputs are DOCX',
    names: (_params, inputs) =>
      inputs.every(({ format }) => format === 'docx') ? ['redline.docx'] : [],
  },
  account: accountOfUnits,
  render: renderComparison,
  estimateRest: (_context, calls) => estimateAfter(calls),
};

/** A second round for what answers leave out is rare; the memo is one call about the material ones. */
function estimateAfter(calls: readonly CallSpec[]): StageEstimate[] {
  if (calls.length === 0) return [];
  const asked = calls.map(({ messages }) =>
    messages.reduce((sum, { content }) => sum + estimateTokens(content), 0),
  );
  const total = asked.reduce((sum, tokens) => sum + tokens, 0);
  const instructions = estimateTokens(memoPrompt.instructions);
  const repair = calls.length === 1 ? Math.max(...asked) : total / calls.length;
  const range = (low: number, expected: number, high: number): Range => ({ low, expected, high });
  return [
    {
      stage: 'classify',
      calls: range(0, 0, 1),
      inputTokens: range(0, 0, Math.ceil(repair)),
      outputTokens: range(0, 0, answerTokensOf(6).high),
    },
    {
      stage: 'memo',
      calls: exactly(1),
      inputTokens: range(
        instructions,
        instructions + Math.ceil(total * 0.4),
        instructions + Math.ceil(total * 1.2),
      ),
      outputTokens: memoTokens,
    },
  ];
}
