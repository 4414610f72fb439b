import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, parse } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Files of one folder, and what LibreOffice makes of them: a file `a.docx` becomes `a.pdf` beside it. */
export interface OfficeConversion {
  readonly folder: string;
  readonly names: readonly string[];
  /** The extension of the results. */
  readonly to: string;
}

/** Where LibreOffice is on this machine, if it is. */
export function findSoffice(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'soffice')).find(isExecutable);
}

/** Converts an Office file to PDF in a folder of its own, and gives the bytes of the PDF. */
export async function convertToPdf(
  soffice: string,
  document: Uint8Array,
  format: 'docx' | 'xlsx' | 'pptx' = 'docx',
): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'quire-soffice-'));
  try {
    const name = `document.${format}`;
    await writeFile(join(folder, name), document);
    await start(soffice, { folder, names: [name], to: 'pdf' });
    return await readFile(join(folder, 'document.pdf'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Converts many files in one start of LibreOffice. One that crashes or hangs it takes those behind it along: every file without a result
 * is therefore tried once more alone. What has no result then, LibreOffice does not open.
 */
export async function convertFiles(soffice: string, conversion: OfficeConversion): Promise<void> {
  await start(soffice, conversion);
  const { folder, names, to } = conversion;
  for (const name of names) {
    const result = join(folder, `${parse(name).name}.${to}`);
    if (!existsSync(result)) await start(soffice, { ...conversion, names: [name] });
  }
}

/** Starts LibreOffice with a profile and waits until it ends; after the time-out it is killed. */
export async function runSoffice(
  soffice: string,
  run: {
    readonly profile: string;
    readonly options: readonly string[];
    readonly timeoutInMs: number;
  },
): Promise<void> {
  const profile = `-env:UserInstallation=${pathToFileURL(run.profile).href}`;
  // A group of its own, since the program is a child of the one that is started.
  const office = spawn(soffice, [profile, ...run.options], { stdio: 'ignore', detached: true });
  const timer = setTimeout(() => killGroup(office.pid), run.timeoutInMs);
  try {
    await once(office, 'exit');
  } finally {
    clearTimeout(timer);
  }
}

const startInMs = 40_000;
const fileInMs = 5_000;

/** With a profile of its own: one that a killed process leaves behind is locked. */
async function start(soffice: string, { folder, names, to }: OfficeConversion): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'quire-soffice-profile-'));
  const files = names.map((name) => join(folder, name));
  const timeoutInMs = startInMs + names.length * fileInMs;
  try {
    const options = ['--headless', '--convert-to', to, '--outdir', folder, ...files];
    await runSoffice(soffice, { profile, options, timeoutInMs });
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended by itself.
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
