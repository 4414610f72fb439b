import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { Task } from '#shared/domain/task.ts';
import { type LocalRuntime, localTenantId, startLocalRuntime } from '#shared/runtime/local.ts';
import { longMarkdown } from '../support/long-document.ts';
import { waitingTask } from '../support/waiting-task.ts';

const ledger =
  'Date,Item,Amount\n2026-02-03,Lamp bracket,87\n2026-02-06,Hydraulic hose,208\n2026-02-13,Wheel chock,198\n';

let directory = '';
let runtime: LocalRuntime;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'quire-proposals-'));
  runtime = await startLocalRuntime({ dataDirectory: directory, environment: {} });
});
afterAll(async () => {
  await runtime.close();
  await rm(directory, { recursive: true, force: true });
});

/** Submits the task and lets it wait; what a person decides is up to the test. */
async function waiting(request: { workflow: string; inputs: object[]; params: object }) {
  const options = { approval: 'plan' };
  const { task } = await runtime.submitTask({
    tenantId: localTenantId,
    request: { ...request, options },
  });
  return waitingTask(runtime, task);
}

async function textOf({ taskId }: Task, name: string): Promise<string> {
  const bytes = await runtime.objects.get(objectKeys.artifact(taskId, name));
  return new TextDecoder().decode(bytes);
}

const stagesOf = async ({ taskId }: Task) => [
  ...new Set((await runtime.ledger.list(taskId)).map(({ callId }) => callId.split('-')[0])),
];

describe('the columns that extract-table proposes', () => {
  const request = {
    workflow: 'extract-table',
    inputs: [{ name: 'ledger.csv', text: ledger }],
    params: { fields: 'infer' },
  };

  it('are shown before the rows are asked for, and used as they are approved', async () => {
    const task = await waiting(request);
    const asked = await stagesOf(task);
    await runtime.decideApproval(task, { decision: 'approve' });
    const ended = await runtime.waitForEnd(task.taskId);
    const [header] = (await textOf(ended, 'table.csv')).split('\r\n');

    expect(task.approval?.plan).toMatchObject({ stage: 'rows', calls: 1 });
    expect(task.approval?.plan?.proposals?.map((line) => line.split(' (')[0])).toEqual([
      'Date',
      'Item',
      'Amount',
    ]);
    expect(asked).toEqual(['infer']);
    expect(ended.status).toBe('SUCCEEDED');
    expect(header?.replace('\ufeff', '')).toBe('Date,Item,Amount,Source');
  });

  it('give way to those that the approver sets', async () => {
    const task = await waiting(request);
    const fields = ['Item', { name: 'Amount', type: 'currency' }];
    await runtime.decideApproval(task, { decision: 'approve', edits: { params: { fields } } });
    const ended = await runtime.waitForEnd(task.taskId);
    const lines = (await textOf(ended, 'table.csv')).split('\r\n');
    const result = JSON.parse(await textOf(ended, 'result.json'));

    expect(ended.status).toBe('SUCCEEDED');
    expect(lines.map((line) => line.replace('\ufeff', '').split(',').slice(0, 2))).toEqual([
      ['Item', 'Amount'],
      ['Lamp bracket', '87'],
      ['Hydraulic hose', '208'],
      ['Wheel chock', '198'],
      [''],
    ]);
    expect(result.fields).toMatchObject([{ name: 'Item' }, { name: 'Amount', type: 'currency' }]);
  });
});

describe('the terms that translate proposes', () => {
  const request = {
    workflow: 'translate',
    inputs: [{ name: 'report.md', text: longMarkdown(6) }],
    params: { languages: ['de'], source: 'en', chunkTokens: 300 },
  };
  const termOf = (line: string) => line.split(' → ')[0] ?? '';

  it('are shown before anything is translated, and give way to a glossary that the approver sets', async () => {
    const task = await waiting(request);
    const asked = await stagesOf(task);
    const proposals = task.approval?.plan?.proposals ?? [];
    const term = proposals.map(termOf).find((each) => /^[a-z]+$/.test(each)) ?? '';
    const glossary = [{ term, translations: { de: 'Übereinkunftswort' } }];
    await runtime.decideApproval(task, { decision: 'approve', edits: { params: { glossary } } });
    const ended = await runtime.waitForEnd(task.taskId);

    expect(task.approval?.plan).toMatchObject({ stage: 'translate' });
    expect(proposals).toContainEqual(expect.stringMatching(/ → .+ \(de\)$/));
    expect(asked).toEqual(['terms']);
    expect(ended.status).toBe('SUCCEEDED');
    expect(await textOf(ended, 'report.de.md')).toContain('Übereinkunftswort');
  });
});
