import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';

const children: ChildProcess[] = [];
const directories: string[] = [];

function run(args: readonly string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'shared/simulator/main.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await Promise.all(directories.splice(0).map((path) => rm(path, { recursive: true })));
});

describe('the simulator command', () => {
  it('prints one line with its addresses, answers there, and stops on SIGTERM', async () => {
    const child = run(['--port', '0', '--latency-ms', '0-2']);
    const output = text(child.stdout);
    const [line] = await once(child.stdout, 'data');
    const { url, reportUrl } = JSON.parse(String(line));

    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect(await (await fetch(reportUrl)).json()).toMatchObject({ requests: 0 });
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(await output).toBe(String(line));
  });

  it('logs each request on stderr where it is told to, and names an address for each provider', async () => {
    const child = run(['--log', '--profile', 'observed']);
    const [line] = await once(child.stdout, 'data');
    const { url, baseUrls } = JSON.parse(String(line));
    const logged = once(child.stderr, 'data');
    await fetch(`${baseUrls.cloudsway}/v1/chat/completions`, { method: 'POST', body: '{}' });
    const [log] = await logged;

    expect(baseUrls).toEqual({
      cloudflare: `${url}/cloudflare/client/v4`,
      runware: `${url}/runware/v1`,
      'runware-highspeed': `${url}/runware/v1`,
      empiriolabs: `${url}/empiriolabs/v1`,
      cloudsway: `${url}/cloudsway`,
    });
    expect(JSON.parse(String(log))).toEqual({
      method: 'POST',
      provider: 'cloudsway',
      route: '/cloudsway/v1/chat/completions',
      status: 401,
      fault: null,
    });
  });

  it('does not start with a fault that it does not know', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'quire-simulator-'));
    directories.push(directory);
    const path = join(directory, 'faults.json');
    await writeFile(path, JSON.stringify([{ when: { nth: 1 }, fault: 'flood' }]));
    const child = run(['--faults', path]);
    const problem = text(child.stderr);
    const [code] = await once(child, 'exit');

    expect(code).toBe(2);
    expect(await problem).toContain('Expected a list of fault rules');
  });

  it.each([
    { args: ['--latency-ms', 'fast'] },
    { args: ['--port', '99999'] },
    { args: ['--profile', 'rumour'] },
    { args: ['--what'] },
  ])('does not start with $args', async ({ args }) => {
    const child = run(args);
    const problem = text(child.stderr);
    const [code] = await once(child, 'exit');

    expect(code).toBe(2);
    expect(await problem).toContain('npm run simulator');
  });
});
