import { describe, expect, it } from '@jest/globals';
import type { DocumentFormat } from '#shared/domain/document.ts';
import { answerPrompt } from '#shared/simulator/answers/answer-prompt.ts';
import { spoilContent } from '#shared/simulator/spoil/spoil-content.ts';
import { faultsOfPlan } from '#shared/workflows/auto/check-plan.ts';
import { PlanAnswer } from '#shared/workflows/auto/plan.ts';
import { decomposePrompt } from '#shared/workflows/auto/prompts.ts';
import { documentLines, workflowLines } from '#shared/workflows/auto/surroundings.ts';
import { workflows } from '#shared/workflows/catalog.ts';
import { writePrompt } from '#shared/workflows/prompt.ts';
import { documentFromLines } from '../../support/sample-documents.ts';

const plannable = workflows.filter(({ id }) => id !== 'auto');

function ask(instruction: string, files: readonly (readonly [string, DocumentFormat])[]) {
  const documents = files.map(([name, format], index) => ({
    ...documentFromLines(['Some words.'], { position: index + 1, name }),
    format,
  }));
  const messages = writePrompt({
    ...decomposePrompt,
    facts: { Instruction: instruction },
    sections: { workflows: workflowLines(plannable), documents: documentLines(documents) },
  });
  const around = { workflows: plannable, instruction, documents };
  const content = answerPrompt(messages).content;
  return { plan: PlanAnswer.parse(JSON.parse(content)), content, messages, around };
}

const contracts = [
  ['contract.docx', 'docx'],
  ['contract-revised.docx', 'docx'],
] as const;

describe('the plan of the simulator', () => {
  it.each([
    {
      instruction:
        'Compare the two contracts, then translate the memo into German and summarise it.',
      files: contracts,
      tasks: [
        'compare-contracts d1,d2',
        'translate compare/memo.docx',
        'summarize translate/memo.de.docx',
      ],
    },
    {
      instruction: 'Vergleiche die beiden Verträge und übersetze dann das Memo ins Französische.',
      files: contracts,
      tasks: ['compare-contracts d1,d2', 'translate compare/memo.docx'],
    },
    {
      instruction: 'Extract the invoices into a table and summarise the report',
      files: [
        ['invoices.xlsx', 'xlsx'],
        ['report.pdf', 'pdf'],
      ] as const,
      tasks: ['extract-table d1', 'summarize d2'],
    },
    {
      instruction: 'Fasse den Bericht zusammen und übersetze ihn ins Englische',
      files: [['bericht.docx', 'docx']] as const,
      tasks: ['summarize d1', 'translate summary/summary.docx'],
    },
    {
      instruction: 'Write the minutes of the meeting',
      files: [['meeting.vtt', 'vtt']] as const,
      tasks: ['minutes d1'],
    },
    {
      instruction: 'Answer: What is the fee? Who signs?',
      files: contracts,
      tasks: ['answer-questions d1,d2'],
    },
  ])('for “$instruction” can be run, and is $tasks', ({ instruction, files, tasks }) => {
    const { plan, around } = ask(instruction, files);

    expect(faultsOfPlan(plan, around)).toEqual([]);
    expect(plan.tasks.map(({ workflow, inputs }) => `${workflow} ${inputs.join()}`)).toEqual(tasks);
  });

  it.each([
    ['Book a flight to Lisbon', 'acts-outside'],
    ['Train a model on these contracts', 'other-work'],
    ['Buche einen Flug nach Rom', 'acts-outside'],
    ['Hm', 'unclear'],
  ])('refuses “%s” since %s', (instruction, reason) => {
    const { plan, around } = ask(instruction, contracts);

    expect(plan.tasks).toEqual([]);
    expect(plan.notServed).toMatchObject([{ reason }]);
    expect(faultsOfPlan(plan, around)).toEqual([]);
  });

  it('can be spoiled, and each time the check sees it', () => {
    const { content, messages, around } = ask('Summarise the contract', contracts);
    const spoiled = [0, 1, 2, 3].map((more) =>
      spoilContent(content, 'wrong-plan', [
        ...messages,
        { role: 'user', content: 'x'.repeat(more) },
      ]),
    );

    expect(new Set(spoiled).size).toBe(4);
    for (const each of spoiled) {
      expect(faultsOfPlan(PlanAnswer.parse(JSON.parse(each)), around)).not.toEqual([]);
    }
    expect(spoilContent('{"points": []}', 'wrong-plan', messages)).toBe('{"points": []}');
  });
});
