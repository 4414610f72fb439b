import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { longMarkdown } from '../support/long-document.ts';
import { quire, startServer } from '../support/quire-process.ts';

describe('the quire command', () => {
  let directory = '';
  let note = '';

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quire-cli-'));
    note = join(directory, 'depots.md');
    await writeFile(note, longMarkdown(2));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('runs a workflow and prints the finished task as the only JSON on standard output', async () => {
    const out = join(directory, 'out');

    const { code, stdout, stderr } = await quire([
      'run',
      'summarize',
      note,
      '--param',
      'maxWords=200',
      '--out',
      out,
      '--json',
    ]);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'SUCCEEDED',
      simulated: true,
      params: { maxWords: 200 },
    });
    expect(stderr).toContain('simulator');
    expect(await readdir(out)).toContain('summary.docx');
  });

  it.each([
    { name: 'no command', commandLine: [], sentence: 'quire run' },
    { name: 'an unknown command', commandLine: ['sing'], sentence: 'Expected one of run' },
    {
      name: 'an unknown option',
      commandLine: ['run', 'summarize', 'a.md', '--nope'],
      sentence: '--nope',
    },
    { name: 'no --out', commandLine: ['run', 'summarize', 'a.md'], sentence: '--out DIR' },
  ])('ends with 2 and a sentence on $name', async ({ commandLine, sentence }) => {
    const { code, stdout, stderr } = await quire(commandLine);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
  });

  it('ends with 2 for a damaged file and names the fault', async () => {
    const damaged = join(directory, 'damaged.docx');
    await writeFile(damaged, 'PK\u0003\u0004 and then nothing');

    const { code, stdout } = await quire([
      'run',
      'summarize',
      damaged,
      '--out',
      join(directory, 'none'),
    ]);

    expect(code).toBe(2);
    expect(stdout).toContain('corrupt_file');
  });

  it('submits to a server, follows and fetches; the server stops cleanly at SIGTERM', async () => {
    const server = await startServer({ dataDirectory: join(directory, 'data') });
    const url = ['--url', server.url];
    const out = join(directory, 'fetched');

    const submitted = await quire(['submit', 'summarize', note, '--key', 'k', ...url]);
    const { taskId } = JSON.parse(submitted.stdout);
    let status = '';
    while (!['SUCCEEDED', 'FAILED'].includes(status)) {
      status = JSON.parse((await quire(['status', taskId, ...url])).stdout).status;
    }
    const result = await quire(['result', taskId, '--out', out, ...url]);
    const cancelled = await quire(['cancel', taskId, ...url]);
    const stopped = await server.stop();

    expect({ status, result: result.code, stopped }).toEqual({
      status: 'SUCCEEDED',
      result: 0,
      stopped: 0,
    });
    expect(await readdir(out)).toContain('summary.docx');
    expect(cancelled.code).toBe(2);
    expect(cancelled.stderr).toContain('task_already_ended');
  });
});
