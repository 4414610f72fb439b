import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const timeoutInMs = 50_000;

/** Where LibreOffice is on this machine, if it is. */
export function findSoffice(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'soffice')).find(isExecutable);
}

/** Converts an Office file to PDF in a folder and with a profile of its own, and gives the bytes of the PDF. */
export async function convertToPdf(
  soffice: string,
  document: Uint8Array,
  format: 'docx' | 'xlsx' = 'docx',
): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'quire-soffice-'));
  try {
    const name = `document.${format}`;
    await writeFile(join(folder, name), document);
    const profile = pathToFileURL(join(folder, 'profile')).href;
    const options = ['--headless', '--convert-to', 'pdf', '--outdir', folder];
    await run(soffice, [`-env:UserInstallation=${profile}`, ...options, name], {
      cwd: folder,
      timeout: timeoutInMs,
      killSignal: 'SIGKILL',
    });
    return await readFile(join(folder, 'document.pdf'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
