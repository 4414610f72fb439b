import type { LogFields, Logger } from '#shared/ports/logger.ts';

export interface RecordingLogger extends Logger {
  readonly lines: { level: string; event: string; fields: LogFields }[];
}

/** A logger that keeps its lines for a test to look at. */
export function createRecordingLogger(): RecordingLogger {
  const lines: RecordingLogger['lines'] = [];
  const at =
    (level: string) =>
    (event: string, fields: LogFields = {}) => {
      lines.push({ level, event, fields });
    };
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}
