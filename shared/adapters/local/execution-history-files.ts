import type { ExecutionHistory } from '#shared/ports/execution-history.ts';
import { createLineFiles, type LineFiles } from './line-files.ts';

export type ExecutionHistoryFiles = ExecutionHistory & Pick<LineFiles, 'flush'>;

/** The local twin of Step Functions' history: a file for each execution, one line of JSON an event, in the order of the events. */
export function createExecutionHistoryFiles(options: { directory: string }): ExecutionHistoryFiles {
  const { append, flush } = createLineFiles(options.directory);
  return { add: append, flush };
}
