import { createJsonLogger } from '#shared/adapters/system/logger.ts';
import type { Logger } from '#shared/ports/logger.ts';

/** Logs to standard error, where it disturbs no output. */
export function createStandardLogger(): Logger {
  return createJsonLogger({ write: (line) => process.stderr.write(`${line}\n`) });
}
