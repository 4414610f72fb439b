import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A line of what a task took of the platform: a run of a step, or the end of an execution. */
export type MeasureLine = Readonly<Record<string, string | number>>;

/** What tasks took of the platform, a file of JSON lines each, for `npm run cost`. Losing one costs a figure, never the work. */
export function createMeasureFiles(directory: string) {
  const pathOf = (taskId: string) => join(directory, `${taskId}.jsonl`);
  let writing: Promise<unknown> = Promise.resolve();
  return {
    append(taskId: string, line: MeasureLine): void {
      writing = writing
        .then(() => mkdir(directory, { recursive: true }))
        .then(() => appendFile(pathOf(taskId), `${JSON.stringify(line)}\n`))
        .catch(() => undefined);
    },
    async read(taskId: string): Promise<MeasureLine[]> {
      const text = await readFile(pathOf(taskId), 'utf8').catch(() => '');
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
    },
    /** Resolves when everything that was appended is written. */
    async flush(): Promise<void> {
      await writing;
    },
  };
}
