import { execFile } from 'node:child_process';
import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const installWithinInMs = 240_000;

export interface PythonTool {
  /** The program that the package brings. */
  readonly command: string;
  /** Name and version, as pip takes them. */
  readonly requirement: string;
}

/** Installs a tool from PyPI into a virtual environment in the folder, once for each version, and gives the path of its program. */
export async function installFromPyPi(
  folder: string,
  { command, requirement }: PythonTool,
): Promise<string> {
  const venv = join(folder, 'venv');
  const program = join(venv, 'bin', command);
  const marker = join(venv, `${command}.installed`);
  const installed = await readFile(marker, 'utf8').catch(() => undefined);
  if (installed === requirement) return program;

  const options = { timeout: installWithinInMs };
  if (!(await exists(join(venv, 'bin', 'pip'))))
    await run('python3', ['-m', 'venv', venv], options);
  await run(join(venv, 'bin', 'pip'), ['install', '--quiet', requirement], options);
  await writeFile(marker, requirement);
  return program;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
