import { access, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';

const installWithinInMs = 300_000;
const lookWithinInMs = 20_000;

/**
 * Installs a package of PyPI into a virtual environment of its own and returns the path of its command. What is there already is kept;
 * what was broken off does not count. Needs Python 3.10, and whichever of these the machine has: venv with pip, uv, or a pip of the
 * system (Debian's Python brings none of them; its packages are python3-venv and python3-pip).
 */
export async function installPythonCommand(
  folder: string,
  { name, version }: { name: string; version: string },
): Promise<string> {
  const installed = join(folder, `${name}-${version}`);
  const command = join(installed, 'bin', name);
  if (await exists(command)) return command;
  await requirePython();
  await mkdir(folder, { recursive: true });
  await rm(installed, { recursive: true, force: true });
  const failures: string[] = [];
  for (const way of ways) {
    try {
      await way.install(installed, `${name}==${version}`);
      if (await exists(command)) return command;
      failures.push(`${way.name}: it installed no command “${name}”`);
    } catch (error) {
      failures.push(`${way.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    await rm(installed, { recursive: true, force: true });
  }
  throw new Error(
    `Expected to install ${name} ${version} from PyPI; no way worked. On Debian and Ubuntu: apt-get install python3-venv. Behind a mirror: set PIP_INDEX_URL.\n${failures.join('\n')}`,
  );
}

const quiet = ['--quiet', '--disable-pip-version-check', '--no-input'];

const ways: readonly {
  readonly name: string;
  install(target: string, requirement: string): Promise<void>;
}[] = [
  {
    name: 'python3 -m venv',
    async install(target, requirement) {
      await run('python3', ['-m', 'venv', target]);
      await run(join(target, 'bin', 'python'), ['-m', 'pip', 'install', ...quiet, requirement]);
    },
  },
  {
    name: 'uv',
    async install(target, requirement) {
      await run('uv', ['venv', '--quiet', target]);
      const python = join(target, 'bin', 'python');
      await run('uv', ['pip', 'install', '--quiet', '--python', python, requirement]);
    },
  },
  {
    name: 'a virtual environment filled by the pip of the system',
    async install(target, requirement) {
      await run('python3', ['-m', 'venv', '--without-pip', target]);
      const python = join(target, 'bin', 'python');
      await run('python3', ['-m', 'pip', '--python', python, 'install', ...quiet, requirement]);
    },
  },
];

async function run(command: string, commandLine: readonly string[]): Promise<void> {
  await runCommand(command, commandLine, { withinInMs: installWithinInMs });
}

async function requirePython(): Promise<void> {
  const check = 'import sys; sys.exit(0 if sys.version_info >= (3, 10) else 3)';
  await runCommand('python3', ['-c', check], { withinInMs: lookWithinInMs }).catch(
    (cause: unknown) => {
      throw new Error(
        'Expected Python 3.10 or newer as “python3” on the PATH: the AWS stand-in is a Python program. Install it and run this again.',
        { cause },
      );
    },
  );
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
