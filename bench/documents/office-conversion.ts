import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Converts files of the folder with LibreOffice and gives the names of what came out: none where it is not installed. */
export async function convertWithOffice(
  folder: string,
  wanted: readonly (readonly [name: string, extension: string])[],
): Promise<string[]> {
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`;
  return wanted.flatMap(([name, extension]) => {
    spawnSync(
      'soffice',
      [profile, '--headless', '--convert-to', extension, '--outdir', folder, join(folder, name)],
      { stdio: 'ignore', timeout: 300_000 },
    );
    const made = `${basename(name, extname(name))}.${extension}`;
    return existsSync(join(folder, made)) ? [made] : [];
  });
}
