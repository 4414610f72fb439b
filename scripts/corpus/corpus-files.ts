import { existsSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

/** A file to read, and the text that somebody else expects of it, where there is one. */
export interface CorpusFile {
  readonly path: string;
  /** Lower case, without the dot. */
  readonly extension: string;
  /** `NAME.md`, `NAME.txt` or, without the extension of the file, `STEM.md`, `STEM.txt`. */
  readonly reference?: string;
}

/** Every file under the folder but references and notes about the folder, in a fixed order. */
export function corpusFiles(folder: string): CorpusFile[] {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^(?:readme|license|notice)\b/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const all = new Set(paths);
  return paths
    .filter((path) => !isReference(path, all))
    .map((path) => {
      const reference = referencesOf(path).find((each) => all.has(each) && each !== path);
      const extension = extname(path).slice(1).toLowerCase();
      return { path, extension, ...(reference === undefined ? {} : { reference }) };
    });
}

/** A folder that is not there is a mistake of the caller. */
export function requireFolder(folder: string | undefined): string {
  if (folder !== undefined && existsSync(folder)) return folder;
  throw new Error('Expected a folder: npm run corpus -- DIR [--round-trip].');
}

function referencesOf(path: string): string[] {
  const stem = path.slice(0, path.length - extname(path).length);
  return [path, stem].flatMap((start) => [`${start}.md`, `${start}.txt`]);
}

function isReference(path: string, all: ReadonlySet<string>): boolean {
  if (!/\.(?:md|txt)$/i.test(path)) return false;
  const of = path.replace(/\.(?:md|txt)$/i, '');
  if (all.has(of)) return true;
  const name = basename(of);
  return [...all].some(
    (other) =>
      other !== path &&
      other.startsWith(`${of}.`) &&
      !/\.(?:md|txt)$/i.test(other) &&
      basename(other).startsWith(`${name}.`),
  );
}
