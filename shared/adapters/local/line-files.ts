import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Files of JSON lines in a folder, for what may be lost without harm: a line that cannot be written never fails the work. */
export interface LineFiles {
  append(name: string, line: unknown): void;
  /** All lines; none where there is no such file. */
  read(name: string): Promise<unknown[]>;
  /** Resolves when everything that was appended is written. */
  flush(): Promise<void>;
}

export function createLineFiles(directory: string): LineFiles {
  const pathOf = (name: string) => join(directory, `${name}.jsonl`);
  let writing: Promise<unknown> = Promise.resolve();
  return {
    append(name, line) {
      // Now, and not when its turn comes: what it holds may have changed by then.
      const text = `${JSON.stringify(line)}\n`;
      writing = writing
        .then(() => mkdir(directory, { recursive: true }))
        .then(() => appendFile(pathOf(name), text))
        .catch(() => undefined);
    },
    async read(name) {
      const text = await readFile(pathOf(name), 'utf8').catch(() => '');
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
    },
    async flush() {
      await writing;
    },
  };
}
