import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import {
  environmentNames,
  providerSecretVariable,
  stateMachineVariable,
} from '#shared/domain/environment.ts';
import { workflows } from '#shared/workflows/catalog.ts';
import { bundling } from '../infra/bundling.ts';
import { printTable } from './table.ts';

const runs = 7;

/** Size of each function's bundle, built as the stack builds it, and the median time of a cold import in a fresh process. */
export async function benchBundles(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'quire-bundles-'));
  const entries = [...(await entriesOf('lambdas')), ...(await entriesOf('lambdas/steps'))];
  const rows: string[][] = [];
  for (const entry of entries) {
    const outfile = join(directory, `${basename(entry, '.ts')}.mjs`);
    await build({ ...bundling, entryPoints: [entry], outfile, logLevel: 'error' });
    const { size } = await stat(outfile);
    rows.push([entry, `${Math.round(size / 1024)} KB`, `${medianImport(outfile).toFixed(0)} ms`]);
  }
  printTable(['function', 'bundle', 'import (median of 7)'], rows);
  await rm(directory, { recursive: true });
}

async function entriesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter(
      (name) => name.endsWith('.ts') && !name.startsWith('define-') && !name.endsWith('-policy.ts'),
    )
    .map((name) => join(folder, name));
}

function medianImport(file: string): number {
  const code = `const t=performance.now();await import(${JSON.stringify(pathToFileURL(file).href)});console.log(performance.now()-t);process.exit(0)`;
  const times = Array.from({ length: runs }, () => {
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      encoding: 'utf8',
      env: functionEnvironment,
    });
    return Number(stdout.trim().split('\n').at(-1));
  });
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
}

/** What the stack sets, so that the modules load as in Lambda. */
const functionEnvironment = {
  ...process.env,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  [environmentNames.table]: 'bench',
  [environmentNames.bucket]: 'bench',
  [environmentNames.apiKeySecret]: 'bench',
  [environmentNames.providers]: 'empiriolabs',
  [providerSecretVariable('empiriolabs')]: 'bench',
  ...Object.fromEntries(workflows.map(({ id }) => [stateMachineVariable(id), 'bench'])),
};
