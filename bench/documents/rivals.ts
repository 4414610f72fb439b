import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Libraries that read the same files. They are no dependency of the project: the bench installs them beside it, once. */
const dependencies = {
  mammoth: '1.13.0',
  officeparser: '8.1.1',
  '@e965/xlsx': '0.20.3',
  exceljs: '4.4.0',
  hucre: '1.0.0',
  'csv-parse': '7.0.3',
  papaparse: '5.7.1',
  'postal-mime': '4.0.0',
  unpdf: '1.8.1',
} as const;

export type RivalPackage = keyof typeof dependencies;

const folder = fileURLToPath(new URL('../../.bench/rivals/', import.meta.url));
const manifest = join(folder, 'package.json');

/** Installs the rivals where they are not there in these versions. */
export async function installRivals(): Promise<void> {
  const stamp = join(folder, `installed-${Object.values(dependencies).join('_')}`);
  if (existsSync(stamp)) return;
  await mkdir(folder, { recursive: true });
  await writeFile(manifest, JSON.stringify({ private: true, type: 'module', dependencies }));
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('Expected the registry to give the rivals; it did not.');
  await writeFile(stamp, '');
}

/** A rival as a module. */
export async function importRival(name: RivalPackage, subPath = ''): Promise<unknown> {
  const resolved = createRequire(manifest).resolve(`${name}${subPath}`);
  return await import(pathToFileURL(resolved).href);
}
