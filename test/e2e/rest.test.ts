import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeExampleDocuments } from '../../examples/make-documents.ts';
import { longMarkdown } from '../support/long-document.ts';
import { type QuireServer, startServer } from '../support/quire-process.ts';
import { isOver, restClient } from '../support/rest-client.ts';

const hasLibreOffice = spawnSync('soffice', ['--version']).status === 0;

describe('the REST scenario', () => {
  let directory = '';
  let server: QuireServer;
  let api: ReturnType<typeof restClient>;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quire-rest-'));
    await makeExampleDocuments(join(directory, 'documents'));
    server = await startServer({ dataDirectory: join(directory, 'data') });
    api = restClient(server.url);
  });
  afterAll(async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('takes a report by upload, once however often it is submitted, and delivers what adds up', async () => {
    const bytes = await readFile(join(directory, 'documents', 'annual-report.docx'));
    const uploadId = await api.upload('annual-report.docx', bytes);
    const request = {
      workflow: 'summarize',
      inputs: [{ uploadId }],
      params: { audience: 'board', maxWords: 300 },
    };

    const first = await api.post('/v1/tasks', request, 'key-1');
    const again = await api.post('/v1/tasks', request, 'key-1');
    const other = await api.post('/v1/tasks', { ...request, params: { maxWords: 200 } }, 'key-1');
    expect([first.status, again.status, other.status]).toEqual([202, 202, 422]);
    expect(again.body.taskId).toBe(first.body.taskId);
    expect(other.body).toMatchObject({ code: 'idempotency_conflict' });

    const seen = await api.follow(first.body.taskId, isOver);
    const task = seen.at(-1) as unknown as Record<string, never> & {
      artifacts: { name: string }[];
    };
    expect(task).toMatchObject({ status: 'SUCCEEDED', simulated: true });
    expect(task.artifacts.map((artifact) => artifact.name).sort()).toEqual([
      'citations.json',
      'coverage.json',
      'result.json',
      'summary.docx',
      'summary.md',
      'usage.json',
    ]);

    const usage = JSON.parse(
      new TextDecoder().decode(
        await api.download(`/v1/tasks/${first.body.taskId}/artifacts/usage.json`),
      ),
    );
    const today = new Date().toISOString().slice(0, 10);
    const { body: spent } = await api.get(`/v1/usage?from=${today}&to=${today}`);
    const sum = usage.attempts.reduce(
      (total: number, each: { costInMicroUsd: number }) => total + each.costInMicroUsd,
      0,
    );
    expect(sum).toBeGreaterThan(0);
    expect(spent.totals.costInMicroUsd).toBe(sum);
    expect(spent.totals.attempts).toBe(usage.attempts.length);

    const { body: list } = await api.get('/v1/tasks');
    expect(list.tasks.map((each: { taskId: string }) => each.taskId)).toEqual([first.body.taskId]);
  });

  const openInLibreOffice = hasLibreOffice ? it : it.skip;
  openInLibreOffice(
    'delivers a summary that LibreOffice opens (skipped where soffice is not installed)',
    async () => {
      const { body } = await api.get('/v1/tasks?status=SUCCEEDED');
      const docx = await api.download(`/v1/tasks/${body.tasks[0].taskId}/artifacts/summary.docx`);
      const file = join(directory, 'summary.docx');
      await writeFile(file, docx);

      const profile = `-env:UserInstallation=file://${join(directory, 'profile')}`;
      execFileSync(
        'soffice',
        [profile, '--headless', '--convert-to', 'pdf', '--outdir', directory, file],
        {
          timeout: 120_000,
          stdio: 'ignore',
        },
      );

      expect((await readFile(join(directory, 'summary.pdf'))).subarray(0, 5).toString()).toBe(
        '%PDF-',
      );
    },
  );

  it('cancels a task and starts no call after that; a second cancel is refused', async () => {
    const request = {
      workflow: 'summarize',
      inputs: [{ name: 'depots.md', text: longMarkdown(60) }],
    };
    const { body } = await api.post('/v1/tasks', request);

    const cancelled = await api.post(`/v1/tasks/${body.taskId}/cancel`);
    const again = await api.post(`/v1/tasks/${body.taskId}/cancel`);

    expect([cancelled.status, again.status]).toEqual([200, 409]);
    expect(cancelled.body.status).toBe('CANCELLED');
    expect((await api.get(`/v1/tasks/${body.taskId}`)).body.status).toBe('CANCELLED');
  });

  it('describes itself', async () => {
    const [health, workflows, openapi, missing] = await Promise.all(
      ['/v1/health', '/v1/workflows', '/v1/openapi.json', '/v1/nothing'].map((path) =>
        api.get(path),
      ),
    );

    expect(health?.status).toBe(200);
    expect(workflows?.body.workflows.map((each: { id: string }) => each.id)).toContain('summarize');
    expect(openapi?.body.openapi).toMatch(/^3\.1/);
    expect(missing).toMatchObject({ status: 404, body: { code: 'route_not_found' } });
  });
});
