import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionEvent, ExecutionHistory } from '#shared/ports/execution-history.ts';

export interface ExecutionHistoryFiles extends ExecutionHistory {
  /** Resolves when everything that was added is written. */
  flush(): Promise<void>;
}

/** The local twin of Step Functions' history: a file for each execution, one line of JSON an event, in the order of the events. */
export function createExecutionHistoryFiles(options: { directory: string }): ExecutionHistoryFiles {
  let written: Promise<unknown> = Promise.resolve();
  return {
    add(executionName, event: ExecutionEvent) {
      const file = join(options.directory, `${executionName}.jsonl`);
      const line = `${JSON.stringify(event)}\n`;
      written = written
        .then(() => mkdir(options.directory, { recursive: true }))
        .then(() => appendFile(file, line))
        .catch(() => undefined);
    },
    async flush() {
      await written;
    },
  };
}
