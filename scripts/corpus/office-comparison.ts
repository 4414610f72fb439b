import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { readDocuments } from '#shared/documents/read-document.ts';
import type { DocumentFormat } from '#shared/domain/document.ts';
import { isQuireError } from '#shared/domain/errors.ts';
import { DocumentId } from '#shared/domain/ids.ts';

/** How LibreOffice lays out a file and the results of editing it; no page count where it does not open the file. */
export interface OfficeComparison {
  readonly pageCounts: {
    readonly original: number | undefined;
    readonly same: number | undefined;
    readonly translated: number | undefined;
  };
  /** Whether the result with the same texts reads as the original does, page by page. */
  readonly isSameText: boolean;
}

type Versions = Readonly<Record<'original' | 'same' | 'translated', Uint8Array>>;

/** Lays out three versions of a file in one start of LibreOffice, with a profile and a folder of its own. */
export async function compareInOffice(
  soffice: string,
  format: DocumentFormat,
  versions: Versions,
): Promise<OfficeComparison> {
  const folder = await mkdtemp(join(tmpdir(), 'quire-round-trip-'));
  try {
    const names = Object.keys(versions).map((name) => `${name}.${format}`);
    for (const [name, bytes] of Object.entries(versions)) {
      await writeFile(join(folder, `${name}.${format}`), bytes);
    }
    const profile = pathToFileURL(join(tmpdir(), 'quire-round-trip-profile')).href;
    const options = ['--headless', '--convert-to', 'pdf', '--outdir', folder];
    await run(soffice, [`-env:UserInstallation=${profile}`, ...options, ...names], {
      cwd: folder,
      timeout: timeoutInMs,
      killSignal: 'SIGKILL',
    }).catch(() => undefined);
    const original = await pagesOf(join(folder, 'original.pdf'));
    const same = await pagesOf(join(folder, 'same.pdf'));
    const translated = await pagesOf(join(folder, 'translated.pdf'));
    return {
      pageCounts: { original: original.count, same: same.count, translated: translated.count },
      isSameText: original.text === same.text,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const run = promisify(execFile);
const timeoutInMs = 180_000;

interface Pages {
  readonly count: number | undefined;
  readonly text: string;
}

async function pagesOf(path: string): Promise<Pages> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) return { count: undefined, text: '' };
  const documentId = DocumentId.parse('d1');
  try {
    const file = { documentId, name: 'pages.pdf', bytes: new Uint8Array(bytes) };
    const [document] = await readDocuments(file, ['pdf']);
    const text = document?.units.map((unit) => unit.text).join('\n') ?? '';
    return { count: document?.pageCount, text };
  } catch (error) {
    if (!isQuireError(error)) throw error;
    return { count: await countPages(bytes), text: '' };
  }
}

/** Of a file whose pages have no text: LibreOffice writes page objects uncompressed. */
async function countPages(bytes: Uint8Array): Promise<number> {
  return (
    Buffer.from(bytes)
      .toString('latin1')
      .match(/\/Type\s*\/Page\b/g)?.length ?? 0
  );
}
