import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { quire, startServer } from '../support/quire-process.ts';
import { isOver, restClient } from '../support/rest-client.ts';

const note = '# Decision\n\nThe board approved the budget of 4.2 million for 2026.\n';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'quire-approval-e2e-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

interface Waiting {
  readonly status: string;
  readonly approval?: { readonly state: string; readonly askedAt: string };
}
const isWaiting = (body: Waiting) => body.approval?.state === 'open';

describe('an approval', () => {
  it('is waited for over the death of the server, and given with quire approve', async () => {
    const dataDirectory = join(directory, 'data');
    const first = await startServer({ dataDirectory });
    const request = {
      workflow: 'summarize',
      inputs: [{ name: 'note.md', text: note }],
      options: { approval: 'plan' },
    };
    const { body } = await restClient(first.url).post('/v1/tasks', request);
    const [asked] = (await restClient(first.url).follow(body.taskId, isWaiting)).slice(-1);
    await first.kill();

    const second = await startServer({ dataDirectory });
    const api = restClient(second.url);
    const [again] = (await api.follow(body.taskId, isWaiting)).slice(-1);
    const approved = await quire([
      ...['approve', body.taskId, '--url', second.url],
      ...['--comment', 'go on', '--budget-usd', '0.5'],
    ]);
    const [ended] = (await api.follow(body.taskId, isOver)).slice(-1);
    const late = await quire(['approve', body.taskId, '--reject', '--url', second.url]);
    await second.stop();

    expect(again).toMatchObject({ approval: { askedAt: Object(asked).approval.askedAt } });
    expect([approved.code, late.code]).toEqual([0, 2]);
    expect(late.stderr).toContain('approval_not_open');
    expect(ended).toMatchObject({
      status: 'SUCCEEDED',
      approval: { state: 'approved', comment: 'go on' },
      budget: { limitUsd: 0.5 },
    });
  });

  it.each([
    { answer: 'y', approval: 'plan', code: 0, status: 'SUCCEEDED' },
    { answer: 'n', approval: 'final', code: 5, status: 'CANCELLED' },
  ])(
    'is asked for by quire run, which ends with $code for “$answer”',
    async ({ answer, approval, code, status }) => {
      const file = join(directory, 'note.md');
      await writeFile(file, note);
      const out = join(directory, 'out');

      const result = await quire(
        ['run', 'summarize', file, '--out', out, '--approval', approval, '--json'],
        {},
        `${answer}\n`,
      );

      expect(result.code).toBe(code);
      expect(JSON.parse(result.stdout)).toMatchObject({ status });
      expect(result.stderr).toContain('[y/n]');
      expect((await readdir(out)).includes('summary.docx')).toBe(code === 0);
    },
  );
});
