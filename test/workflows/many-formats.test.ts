import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { objectKeys } from '#shared/domain/object-keys.ts';
import { type LocalRuntime, localTenantId, startLocalRuntime } from '#shared/runtime/local.ts';

let directory = '';
let runtime: LocalRuntime;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'quire-formats-'));
  runtime = await startLocalRuntime({ dataDirectory: directory, environment: {} });
});
afterAll(async () => {
  await runtime.close();
  await rm(directory, { recursive: true, force: true });
});

const sentence =
  'The depot at Pankow moved 4,210 wagons in March, which is 3 percent more than planned.';
const attached = Buffer.from(`# Minutes\n\n${sentence}\n`).toString('base64');
const mail = [
  'From: Anna <anna@example.org>',
  'Subject: Wagons',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'The minutes are attached.',
  '--b',
  'Content-Type: text/markdown; name="minutes.md"',
  'Content-Disposition: attachment; filename="minutes.md"',
  'Content-Transfer-Encoding: base64',
  '',
  attached,
  '--b--',
  '',
].join('\r\n');

it('summarizes a mail with its attachment, a transcript and a table, every unit accounted for (I6)', async () => {
  const { task } = await runtime.submitTask({
    tenantId: localTenantId,
    request: {
      workflow: 'summarize',
      inputs: [
        { name: 'mail.eml', text: mail },
        { name: 'talk.vtt', text: `WEBVTT\n\n00:01.000 --> 00:05.000\n<v Ben>${sentence}\n` },
        { name: 'wagons.csv', text: 'Depot,Wagons\nPankow,4210\nSpandau,1200\n' },
      ],
    },
  });
  const ended = await runtime.waitForEnd(task.taskId);
  const bytes = await runtime.objects.get(objectKeys.artifact(task.taskId, 'coverage.json'));
  const coverage = JSON.parse(new TextDecoder().decode(bytes));

  expect(ended.status).toBe('SUCCEEDED');
  expect(coverage.documents.map((each: { documentId: string }) => each.documentId)).toEqual([
    'd1',
    'd1a1',
    'd2',
    'd3',
  ]);
  expect(coverage.totals).toMatchObject({ failed: 0, skipped: 0 });
  expect(coverage.totals.used).toBeGreaterThanOrEqual(9);
});
