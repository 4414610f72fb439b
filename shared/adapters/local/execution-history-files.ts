import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionEvent, ExecutionHistory } from '#shared/ports/execution-history.ts';

/** The local twin of Step Functions' history: a file for each execution, one line of JSON an event, in the order of the events. */
export function createExecutionHistoryFiles(options: { directory: string }): ExecutionHistory {
  let written: Promise<unknown> = mkdir(options.directory, { recursive: true });
  return {
    add(executionName, event: ExecutionEvent) {
      const file = join(options.directory, `${executionName}.jsonl`);
      const line = `${JSON.stringify(event)}\n`;
      written = written.then(() => appendFile(file, line)).catch(() => undefined);
    },
  };
}
