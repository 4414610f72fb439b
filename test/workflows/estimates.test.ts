import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Range } from '#shared/domain/estimate.ts';
import { isEnded } from '#shared/domain/task.ts';
import { type LocalRuntime, localTenantId, startLocalRuntime } from '#shared/runtime/local.ts';
import { childrenOf } from '#shared/steps/tasks/children-of.ts';
import { workflows } from '#shared/workflows/catalog.ts';
import { longMarkdown } from '../support/long-document.ts';

let directory = '';
let runtime: LocalRuntime;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'quire-estimates-'));
  runtime = await startLocalRuntime({ dataDirectory: directory, environment: {} });
});
afterAll(async () => {
  await runtime.close();
  await rm(directory, { recursive: true, force: true });
});

const rows = Array.from(
  { length: 120 },
  (_, index) => `${index + 1},Part ${index},${index * 3}.50`,
);
const table = `No,Item,Price\n${rows.join('\n')}\n`;
const clause = (number: number, words: string) =>
  `## ${number}. Clause ${number}\n\nThe supplier pays ${number * 100} euro within ${number + 10} days ${words}.\n`;
const contract = (words: string) =>
  Array.from({ length: 20 }, (_, index) => clause(index + 1, index % 4 === 0 ? words : 'at once'));
const cue = (index: number) =>
  `00:${String(index).padStart(2, '0')}:00.000 --> 00:${String(index).padStart(2, '0')}:50.000\n<v Anna>We agreed to move ${index + 2} trains to depot ${index}. Ben will write the plan by Friday.\n`;
const talk = `WEBVTT\n\n${Array.from({ length: 6 }, (_, index) => cue(index)).join('\n')}`;

/** A request of each workflow, small but of more than one call. */
const requests: Readonly<Record<string, { inputs: object[]; params?: object }>> = {
  summarize: { inputs: [{ name: 'long.md', text: longMarkdown(30) }] },
  'extract-table': {
    inputs: [{ name: 'parts.csv', text: table }],
    params: { fields: ['No', 'Item', 'Price'] },
  },
  'compare-contracts': {
    inputs: [
      { name: 'base.md', text: contract('after delivery').join('\n') },
      { name: 'revised.md', text: contract('before delivery, plus 5 percent').join('\n') },
    ],
  },
  translate: {
    inputs: [{ name: 'long.md', text: longMarkdown(12) }],
    params: { languages: ['de', 'fr'] },
  },
  'answer-questions': {
    inputs: [{ name: 'long.md', text: longMarkdown(12) }],
    params: { questions: ['Which depot is the largest?', 'How many wagons were moved?'] },
  },
  minutes: { inputs: [{ name: 'talk.vtt', text: talk }], params: { attendees: ['Anna', 'Ben'] } },
  auto: {
    inputs: [{ name: 'depots.md', text: longMarkdown(20) }],
    params: { instruction: 'Summarise the depots and translate the summary into French' },
  },
};

function isWithin({ low, high }: Range, actual: number): boolean {
  return low <= actual && actual <= high;
}

describe('the estimate of a task', () => {
  it.each(workflows.map(({ id }) => ({ id })))(
    'holds for $id: calls, tokens and cost end within its band, and it stands in the record',
    async ({ id }) => {
      const request = { workflow: id, ...requests[id] };
      const told = await runtime.estimateSubmission({ tenantId: localTenantId, request });
      const { task } = await runtime.submitTask({ tenantId: localTenantId, request });
      const ended = await runtime.waitForEnd(task.taskId);
      if (!isEnded(ended)) throw new Error('Expected the task to have ended.');
      const { usage, estimate } = ended;
      const { workflow: _, documents: __, ...band } = told;
      const family = [ended, ...(await childrenOf(runtime.tasks, ended))];
      const callsEnded = family.reduce((sum, each) => sum + each.callsEnded, 0);

      expect(estimate).toEqual(band);
      expect(['SUCCEEDED', 'PARTIAL']).toContain(ended.status);
      expect({
        calls: isWithin(told.calls, callsEnded),
        inputTokens: isWithin(told.inputTokens, usage.inputTokens),
        outputTokens: isWithin(told.outputTokens, usage.outputTokens),
        cost: isWithin(told.costInMicroUsd, usage.costInMicroUsd),
        figures: [told.calls, told.inputTokens, told.outputTokens, usage],
      }).toMatchObject({ calls: true, inputTokens: true, outputTokens: true, cost: true });
      expect(told.minutes.low).toBeLessThanOrEqual(told.minutes.expected);
      expect(told.minutes.expected).toBeLessThanOrEqual(told.minutes.high);
    },
  );
});
