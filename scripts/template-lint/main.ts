import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { synthesizeTemplate } from '../../infra/synthesize.ts';
import { settingVariants, switches } from '../../infra/variants.ts';
import { installPythonCommand } from '../stand-in/python.ts';

// `npm run lint:template`: cfn-lint over the template, with the defaults, with each switch turned, and with every setting changed.

/** Tried with this one; a later one may know other rules. */
const linter = { name: 'cfn-lint', version: '1.58.0' };

/** W3005: the CDK writes dependencies that a reference implies already. */
const ignored = ['W3005'];
const withinInMs = 240_000;

const folder = fileURLToPath(new URL('../../.stand-in/', import.meta.url));
await mkdir(folder, { recursive: true });
const command = await installPythonCommand(folder, linter);
const templates = await mkdtemp(join(folder, 'templates-'));
try {
  const files: string[] = [];
  for (const [name, context] of contexts()) {
    const file = join(templates, `${name}.template.json`);
    await writeFile(file, JSON.stringify(synthesizeTemplate(context), null, 1));
    files.push(file);
  }
  const { status, error } = spawnSync(
    command,
    [
      '--non-zero-exit-code',
      'informational',
      '--ignore-checks',
      ...ignored,
      '--template',
      ...files,
    ],
    { stdio: 'inherit', timeout: withinInMs },
  );
  if (error !== undefined) throw error;
  if (status === 0) console.log(`cfn-lint: ${files.length} templates, no finding`);
  process.exitCode = status ?? 1;
} finally {
  await rm(templates, { recursive: true, force: true });
}

function contexts(): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  const single = switches.map((name) => [name, { [name]: settingVariants[name] }] as const);
  return [['defaults', {}], ...single, ['everything', settingVariants]];
}
