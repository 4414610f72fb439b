import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { healthyAccount, startAwsAccount, storedKey } from '../support/aws-account.ts';
import { startTestServer, type TestServer } from '../support/http-server.ts';
import { quire } from '../support/quire-process.ts';

describe('quire doctor --stack', () => {
  let account: TestServer;
  let api: TestServer;
  beforeAll(async () => {
    account = await startAwsAccount(() => ({
      ...healthyAccount(`${api.endpoint}/prod/`),
      messages: 3,
      concurrency: 10,
    }));
    api = await startTestServer((_request, _body, response) => {
      response.writeHead(200).end('{}');
    });
  });
  afterAll(async () => {
    await account.close();
    await api.close();
  });

  it('prints a line for each finding, and fails where something is wrong', async () => {
    const commandLine = ['doctor', '--stack', 'quire-prod', '--region', 'eu-west-1'];
    const { code, stdout, stderr } = await quire(commandLine, {
      AWS_ENDPOINT_URL: account.endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });

    expect(stderr).toBe('');
    expect(stdout.split('\n')).toContain('ok   the stack quire-prod is UPDATE_COMPLETE');
    expect(stdout).toContain('warn Lambda runs up to 10 functions at once');
    expect(stdout).toContain('FAIL InboxDeadLetterQueue holds 3 messages');
    expect(code).toBe(4);
    expect(stdout).not.toContain(storedKey);
  });
});

describe('the quire command', () => {
  it('loads the clients that only the doctor needs when the doctor asks for them', async () => {
    const { metafile } = await build({
      entryPoints: [fileURLToPath(new URL('../../shared/cli/main.ts', import.meta.url))],
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      splitting: true,
      outdir: 'unused',
      write: false,
      metafile: true,
    });
    const reached = new Set<string>();
    const follow = (path: string): void => {
      if (reached.has(path)) return;
      reached.add(path);
      for (const { path: next, kind } of metafile.inputs[path]?.imports ?? []) {
        if (kind === 'import-statement') follow(next);
      }
    };
    const entry = Object.keys(metafile.inputs).find((path) => path.endsWith('cli/main.ts')) ?? '';
    follow(entry);
    const commands = (metafile.inputs[entry]?.imports ?? []).map(({ path }) => path);
    for (const command of commands) if (!command.endsWith('/doctor.ts')) follow(command);

    expect(reached.size).toBeGreaterThan(50);
    const isDoctorsOwn = /client-(cloudformation|cloudwatch|lambda|sqs)$/;
    expect([...reached].filter((path) => isDoctorsOwn.test(path))).toEqual([]);
    const all = Object.values(metafile.inputs).flatMap(({ imports }) => imports);
    expect(all.filter(({ path }) => isDoctorsOwn.test(path)).length).toBe(4);
  });
});
