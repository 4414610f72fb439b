import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSimulator } from '#shared/simulator/server.ts';
import { longMarkdown } from '../support/long-document.ts';
import { startServer } from '../support/quire-process.ts';
import { restClient } from '../support/rest-client.ts';

describe('the inbox folder', () => {
  let data = '';
  let inbox = '';

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'quire-inbox-'));
    inbox = join(data, 'inbox', 'summarize');
    await mkdir(inbox, { recursive: true });
  });
  afterAll(() => rm(data, { recursive: true, force: true }));

  it('submits what is dropped in, once, also over a restart (I2)', async () => {
    await writeFile(join(inbox, 'quire.json'), '{"params": {"maxWords": 150}}');
    await writeFile(join(inbox, 'depots.md'), longMarkdown(2));
    await writeFile(join(inbox, 'broken.docx'), 'PK\u0003\u0004 and then nothing');
    const folder = join(inbox, 'Q3 Übersicht');
    await mkdir(folder);
    await writeFile(join(folder, 'quire.json'), '{"params": {"maxWords": "many"}}');
    await writeFile(join(folder, 'Lager (neu).md'), longMarkdown(1));
    const first = await startServer({ dataDirectory: data });
    const done = await readWhenThere(join(inbox, '.done', 'depots.md.json'));
    const failed = await readWhenThere(join(inbox, '.failed', 'broken.docx.json'));
    const refused = await readWhenThere(join(folder, '.failed', 'Lager (neu).md.json'));
    await writeFile(join(folder, 'quire.json'), '{}');
    await writeFile(join(folder, 'Lager (neu).md'), longMarkdown(2));
    const deep = await readWhenThere(join(folder, '.done', 'Lager (neu).md.json'));
    const before = (await restClient(first.url).get('/v1/tasks')).body.tasks;
    await first.stop();

    await rm(join(inbox, '.done'), { recursive: true });
    const second = await startServer({ dataDirectory: data });
    const again = await readWhenThere(join(inbox, '.done', 'depots.md.json'));
    const after = (await restClient(second.url).get('/v1/tasks')).body.tasks;
    await second.stop();

    expect(done).toMatchObject({ status: 'SUCCEEDED' });
    expect(failed).toMatchObject({ status: 'FAILED', code: 'corrupt_file' });
    expect(refused).toMatchObject({ status: 'REFUSED', code: 'invalid_params' });
    expect(deep).toMatchObject({ status: 'SUCCEEDED', artifacts: done['artifacts'] });
    expect(await readdir(join(folder, '.failed'))).toEqual([]);
    expect(again['taskId']).toBe(done['taskId']);
    expect(
      before.find((task: { taskId: string }) => task.taskId === done['taskId']).params.maxWords,
    ).toBe(150);
    expect(after.length).toBe(before.length);
    for (const path of ['depots.md', 'Q3 Übersicht/Lager (neu).md']) {
      const delivered = await readdir(join(data, 'outbox', 'summarize', path));
      expect(delivered.sort()).toEqual([...(done['artifacts'] as string[])].sort());
      expect(delivered).toContain('summary.docx');
    }
  });
});

describe('a file whose task was resumed', () => {
  it('gets the results and the marker of the later run', async () => {
    const data = await mkdtemp(join(tmpdir(), 'quire-inbox-'));
    const inbox = join(data, 'inbox', 'summarize');
    await mkdir(inbox, { recursive: true });
    await writeFile(join(inbox, 'quire.json'), '{"options": {"budgetUsd": 0.000001}}');
    await writeFile(join(inbox, 'depots.md'), longMarkdown(1));
    const simulator = await startSimulator();
    const server = await startServer({
      dataDirectory: data,
      environment: {
        EMPIRIOLABS_API_KEY: 'sk-test',
        EMPIRIOLABS_BASE_URL: simulator.baseUrls.empiriolabs,
      },
    });
    const poor = await readWhenThere(join(inbox, '.failed', 'depots.md.json'));
    const api = restClient(server.url);

    await api.post(`/v1/tasks/${poor['taskId']}/resume`, { budgetUsd: 1 });
    const done = await readWhenThere(join(inbox, '.done', 'depots.md.json'));
    const failed = await readdir(join(inbox, '.failed'));
    await server.stop();
    await simulator.close();

    expect(poor).toMatchObject({ status: 'FAILED', code: 'budget_exceeded', artifacts: [] });
    expect(done).toMatchObject({ status: 'SUCCEEDED', taskId: poor['taskId'], run: 2 });
    expect(await readdir(join(data, 'outbox', 'summarize', 'depots.md'))).toContain('summary.docx');
    expect(failed).toEqual([]);
    await rm(data, { recursive: true, force: true });
  });
});

/** The marker, as soon as it has been written as a whole. */
async function readWhenThere(path: string): Promise<Record<string, unknown>> {
  for (;;) {
    const text = await readFile(path, 'utf8').catch(() => '');
    if (text.trimEnd().endsWith('}')) return JSON.parse(text);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
