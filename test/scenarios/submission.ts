import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { makeDocx, paragraph } from '../support/office-files.ts';
import { documentOf, runName, type Scenario } from '../support/scenarios/tools.ts';

/** How a task begins, and what comes back. */
export const submissionScenarios: readonly Scenario[] = [
  {
    name: 'a task over plain HTTP',
    async run({ accept, follow, artifact }) {
      const taskId = await accept({ inputs: [{ name: 'note.md', text: documentOf('Adlershof') }] });
      const task = await follow(taskId);
      const docx = await artifact(taskId, 'summary.docx');

      expect(task).toMatchObject({ status: 'SUCCEEDED', coverage: { failed: 0 } });
      expect(new TextDecoder().decode(docx.subarray(0, 2))).toBe('PK');
    },
  },
  {
    name: 'a task with the quire command',
    async run({ deployment, follow }) {
      const folder = await mkdtemp(join(tmpdir(), 'quire-cli-'));
      const file = join(folder, 'note.md');
      await writeFile(file, documentOf('Buch'));

      const submitted = await deployment.cli([
        'submit',
        'summarize',
        file,
        '--key',
        `cli-${runName}`,
      ]);
      expect(submitted).toMatchObject({ code: 0 });
      const { taskId } = JSON.parse(submitted.stdout);
      await follow(taskId);
      const { status } = JSON.parse((await deployment.cli(['status', taskId])).stdout);
      const result = await deployment.cli(['result', taskId, '--out', join(folder, 'out')]);
      const files = await readdir(join(folder, 'out'));
      await rm(folder, { recursive: true });

      expect({ status, code: result.code }).toEqual({ status: 'SUCCEEDED', code: 0 });
      expect(files).toContain('summary.docx');
    },
  },
  {
    name: 'one task for an idempotency key',
    async run({ submit }) {
      const request = { inputs: [{ name: 'note.md', text: documentOf('Carow') }] };
      const idempotencyKey = `key-${runName}`;

      const first = await submit(request, { idempotencyKey });
      const again = await submit(request, { idempotencyKey });
      const other = await submit({ ...request, params: { maxWords: 99 } }, { idempotencyKey });

      expect([first.status, again.status, other.status]).toEqual([202, 202, 422]);
      expect(again.body.taskId).toBe(first.body.taskId);
      expect(other.body).toMatchObject({ code: 'idempotency_conflict' });
    },
  },
  {
    name: 'a document by presigned form',
    async run({ upload, accept, follow }) {
      const body = paragraph(
        `The depot of Dahlem ${runName} moved 412 wagons at a cost of 4.2 million euros.`,
      );
      const uploadId = await upload('dahlem.docx', makeDocx({ body }));

      const task = await follow(await accept({ inputs: [{ uploadId }] }));

      expect(task).toMatchObject({ status: 'SUCCEEDED', inputs: [{ name: 'dahlem.docx' }] });
    },
  },
  {
    name: 'a document by a forbidden URL',
    async run({ submit, get }) {
      const before = (await get('/v1/tasks?limit=100')).body.tasks.length;

      const refused = await submit({ inputs: [{ url: 'https://127.0.0.1/report.docx' }] });

      expect(refused).toMatchObject({ body: { code: 'url_forbidden' } });
      expect((await get('/v1/tasks?limit=100')).body.tasks.length).toBe(before);
    },
  },
];
