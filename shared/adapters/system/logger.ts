import { redactFields, redactText } from '#shared/domain/redaction.ts';
import type { LogFields, Logger } from '#shared/ports/logger.ts';

export type LogLevel = 'info' | 'warn' | 'error';

const levels: readonly LogLevel[] = ['info', 'warn', 'error'];

/**
 * One line of JSON an event, from the level on. Callers log no secrets; what looks like a key nevertheless is blotted out, as the
 * second line of defence (I9).
 */
export function createJsonLogger(options: {
  write: (line: string) => void;
  level?: LogLevel;
  now?: () => number;
}): Logger {
  const now = options.now ?? Date.now;
  const lowest = levels.indexOf(options.level ?? 'info');
  const at =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}) => {
      if (levels.indexOf(level) < lowest) return;
      try {
        const time = new Date(now()).toISOString();
        const line = { time, level, event: redactText(event), ...redactFields(fields) };
        options.write(JSON.stringify(line));
      } catch {
        // A log that cannot be written never fails the work.
      }
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
