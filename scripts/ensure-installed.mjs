// Installs the dependencies when they are missing or not those of the lock file, so that every command works in a fresh clone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const lock = readFileSync(new URL('package-lock.json', root));
const wanted = createHash('sha256').update(lock).digest('hex');
const marker = new URL('node_modules/.installed-lock', root);

function npm(commandLine, stderr) {
  const isWindows = process.platform === 'win32';
  const { status } = spawnSync(
    isWindows ? 'npm.cmd' : 'npm',
    [...commandLine, '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: fileURLToPath(root), stdio: ['ignore', stderr, stderr], shell: isWindows },
  );
  return status ?? 1;
}

if (!existsSync(marker) || readFileSync(marker, 'utf8') !== wanted) {
  process.stderr.write('Installing the dependencies …\n');
  // `npm ci` refuses a lock file that lacks a package for some other platform, which a registry mirror may not have;
  // `npm install` then installs the same versions.
  const status = npm(['ci'], 'ignore') === 0 ? 0 : npm(['install', '--no-save'], 2);
  if (status !== 0) process.exit(status);
  writeFileSync(marker, wanted);
}
