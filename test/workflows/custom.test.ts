import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CallSpec } from '#shared/domain/call.ts';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import { answerPrompt } from '#shared/simulator/answers/answer-prompt.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import { startSimulator } from '#shared/simulator/server.ts';
import { spoilContent } from '#shared/simulator/spoil/spoil-content.ts';
import { estimateTask } from '#shared/steps/estimate.ts';
import { coverageOf } from '#shared/steps/task-coverage.ts';
import { dataRule } from '#shared/workflows/prompt.ts';
import { exampleWorkflow, sampleDefinition, workflowOf } from '../support/definitions.ts';
import { openObservedRun } from '../support/observed-run.ts';
import { documentFromLines } from '../support/sample-documents.ts';
import { driveWorkflow } from '../support/workflow-driver.ts';

const answerOf = ({ messages }: CallSpec, fault?: FaultName): unknown =>
  JSON.parse(spoilContent(answerPrompt(messages).content, fault, messages));

const sample = workflowOf(sampleDefinition);
const sentences = Array.from(
  { length: 40 },
  (_, index) =>
    `In depot ${index + 1} the crew has counted ${100 + index} wagons and asks for ${index + 2} more of them by spring.`,
);
const report = documentFromLines(['# Depots', ...sentences]);

describe('a workflow of the user’s own', () => {
  it('maps, verifies, merges as a tree and cites only what was found', () => {
    const { rendering, outcomes, outputs } = driveWorkflow(sample, [report], { answer: answerOf });
    const stages = outcomes.map(({ spec }) => spec.prompt.split('@')[0]);

    expect(stages.filter((stage) => stage === 'custom.sample.notes').length).toBeGreaterThan(2);
    expect(stages.filter((stage) => stage === 'custom.sample.merged').length).toBeGreaterThan(1);
    expect(outcomes.every(({ isAnswered }) => isAnswered)).toBe(true);
    expect(outputs.get('merged')).toMatchObject({ failedCalls: 0, unmerged: 0 });
    expect(rendering.citations.length).toBeGreaterThan(5);
    for (const { quote } of rendering.citations) expect(sentences.join('\n')).toContain(quote);
  });

  it('puts the parameters into the prompt, and the rule about data into every question', () => {
    const { outcomes } = driveWorkflow(sample, [report], {
      answer: answerOf,
      params: { tone: 'warm' },
    });
    for (const { spec } of outcomes) expect(spec.messages[0]?.content).toContain(dataRule);
    expect(outcomes[0]?.spec.messages[0]?.content).toContain('Be warm.');
  });

  it('leaves out and names what the model has made up', () => {
    const { rendering, outputs } = driveWorkflow(sample, [report], {
      answer: (spec) => answerOf(spec, 'invented-quote'),
    });
    const { dropped } = outputs.get('check') as { dropped: unknown[] };

    expect(dropped.length).toBeGreaterThan(2);
    expect(JSON.stringify(rendering.contents)).not.toContain('moon office');
    expect(JSON.stringify(rendering.contents)).toContain('could not find it in the source');
  });

  it('accounts for every unit under any size of its parts and any failures (I6)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 200, max: 2_000 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
        async (tokens, fails) => {
          const workflow = workflowOf(sampleDefinition.replace('tokens: 300', `tokens: ${tokens}`));
          let asked = 0;
          const run = driveWorkflow(workflow, [report], {
            answer: (spec) => {
              asked += 1;
              return fails[asked % fails.length] === true ? undefined : answerOf(spec);
            },
          });
          const maps = run.outcomes.filter(({ spec }) =>
            spec.prompt.startsWith('custom.sample.notes'),
          );
          const failed = new Set(
            maps.flatMap(({ isAnswered, spec }) => (isAnswered ? [] : spec.unitIds)),
          );
          const { totals } = coverageOf([report], maps, workflow.account?.(run.context));
          expect(totals).toEqual({
            units: report.units.length,
            used: report.units.length - failed.size,
            skipped: 0,
            failed: failed.size,
          });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is estimated stage by stage, and really takes as many calls', () => {
    const { context, outcomes } = driveWorkflow(sample, [report], { answer: answerOf });
    const estimate = estimateTask(sample, context, providerProfiles.empiriolabs);

    expect(estimate.stages.map(({ stage }) => stage)).toEqual(['notes', 'merged']);
    expect(outcomes.length).toBeGreaterThanOrEqual(estimate.calls.low);
    expect(outcomes.length).toBeLessThanOrEqual(estimate.calls.high);
  });

  it('ends with a sentence where one question cannot hold the documents', () => {
    const small = workflowOf(`id: whole
version: 1
title: Whole
description: One question.
stages:
  - kind: model
    name: ask
    tokens: 200
    prompt: What is it?
    schema: { type: object, properties: { answer: { type: string } } }
  - kind: render
    artifacts: [{ kind: report, name: a.md, template: '{{ask.answer}}' }]
`);
    expect(() => driveWorkflow(small, [report], { answer: answerOf })).toThrow(
      /at most 200 tokens for the one question of the stage ask, got about/,
    );
  });

  it('runs on the engine like a built-in one, waits for nobody who is not asked, and leaks no text into its state (I9)', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'quire-custom-'));
    const simulator = await startSimulator({ faults: [] });
    const engine = await openObservedRun(
      directory,
      { EMPIRIOLABS_API_KEY: 'sk-test', EMPIRIOLABS_BASE_URL: simulator.baseUrls.empiriolabs },
      (id) => (id === sample.id ? sample : undefined),
    );
    try {
      const status = await engine.run({
        workflow: 'sample',
        inputs: [{ name: 'depots.md', text: sentences.join('\n\n') }],
        options: { budgetUsd: 1 },
      });
      expect(status).toBe('SUCCEEDED');
      expect(engine.payloads.join('\n')).not.toContain('wagons');
    } finally {
      await engine.close();
      await simulator.close();
      await rm(directory, { recursive: true, force: true });
    }
  });
});

describe('triage-inbox', () => {
  const triage = exampleWorkflow('triage-inbox');
  const mails = [
    [
      'Subject: Damaged delivery',
      'The pallet is damaged. Please send a replacement by 27 November 2026.',
    ],
    ['Subject: Invoice 4711', 'Please find attached our invoice 4711 over 1,240.50 EUR.'],
    ['Subject: Lunch', 'The canteen has soup today, which is nice to know for everybody here.'],
  ].map((lines, index) =>
    documentFromLines(lines, { position: index + 1, name: `mail-${index + 1}.eml` }),
  );
  const rowsOf = (run: ReturnType<typeof driveWorkflow>) => {
    const content = run.rendering.contents?.['inbox.xlsx'];
    return content?.format === 'xlsx' ? (content.workbook.sheets[0]?.rows ?? []) : [];
  };

  it('gives a row for each mail, with the category, the day and the quote that was found', () => {
    const run = driveWorkflow(triage, mails, { answer: answerOf });
    const [first, second] = rowsOf(run);

    expect(rowsOf(run)).toHaveLength(3);
    expect(first).toEqual(
      expect.arrayContaining([
        { kind: 'text', text: 'complaint' },
        { kind: 'date', date: '2026-11-27' },
        { kind: 'citation', id: 'c1', show: 'quote' },
      ]),
    );
    expect(second).toContainEqual({ kind: 'text', text: 'invoice' });
    expect(run.rendering.citations[0]?.documentName).toBe('mail-1.eml');
  });

  it('keeps the row of a mail whose quote was made up, marked and without the quote', () => {
    const run = driveWorkflow(triage, mails, {
      answer: (spec) => answerOf(spec, 'invented-quote'),
    });

    expect(rowsOf(run)).toHaveLength(3);
    expect(run.rendering.citations).toEqual([]);
    expect(rowsOf(run).map((row) => row[6])).toEqual(
      Array.from({ length: 3 }, () => ({
        kind: 'text',
        text: 'not found in the source',
        mark: 'warning',
      })),
    );
  });
});
