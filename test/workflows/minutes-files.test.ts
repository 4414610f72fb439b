import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { objectKeys } from '#shared/domain/object-keys.ts';
import { type LocalRuntime, localTenantId, startLocalRuntime } from '#shared/runtime/local.ts';
import { readNamed } from '../support/read-transcript.ts';

let directory = '';
let runtime: LocalRuntime;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'quire-minutes-'));
  runtime = await startLocalRuntime({ dataDirectory: directory, environment: {} });
});
afterAll(async () => {
  await runtime.close();
  await rm(directory, { recursive: true, force: true });
});

const talk = `WEBVTT

00:01.000 --> 00:05.000
<v Anna Meyer>Okay, so we agreed to cut the travel budget by 10 percent.

00:06.000 --> 00:09.000
<v Ben Ode>I'll send the revised budget by Friday.
`;

it('delivers minutes and lists, every unit accounted for (I6)', async () => {
  const { task } = await runtime.submitTask({
    tenantId: localTenantId,
    request: {
      workflow: 'minutes',
      inputs: [
        { name: 'talk.vtt', text: talk },
        { name: 'agenda.md', text: '# Agenda\n\n- Budget\n' },
      ],
      params: { date: '2026-03-11', agenda: 'agenda.md', attendees: ['Anna Meyer', 'Ben Ode'] },
    },
  });
  const ended = await runtime.waitForEnd(task.taskId);
  const read = async (name: string) =>
    (await runtime.objects.get(objectKeys.artifact(task.taskId, name))) ?? new Uint8Array();
  const actions = new TextDecoder().decode(await read('actions.csv'));
  const coverage = JSON.parse(new TextDecoder().decode(await read('coverage.json')));
  const minutes = await readNamed('minutes.docx', await read('minutes.docx'));

  expect(ended.status).toBe('SUCCEEDED');
  expect(actions).toContain(
    "Ben Ode,Send the revised budget.,2026-03-13,I'll send the revised budget by Friday.,00:00:06,I,resolved",
  );
  expect(coverage.totals).toMatchObject({ failed: 0, skipped: 0 });
  expect(minutes.units.map(({ text }) => text).join('\n')).toContain('cut the travel budget');
});
