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
        options.write(JSON.stringify({ time, level, event: redact(event), ...redacted(fields) }));
      } catch {
        // A log that cannot be written never fails the work.
      }
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

function redacted(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? redactField(name, value) : value,
    ]),
  );
}

const secretName = /secret|password|authorization|credential|api-?key|access-?key|bearer/i;

function redactField(name: string, value: string): string {
  return secretName.test(name) ? blot : redact(value);
}

const blot = '[redacted]';

/** Keys as providers and AWS write them, what follows “Bearer”, and long runs that mix cases and digits as only random text does. */
const secretForms = [
  /\b(?:sk|pk|rk|qk|key)[-_][\w-]{8,}/gi,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /(?<=\bBearer\s)\S+/gi,
  /\beyJ[\w-]{10,}\.[\w-]+(?:\.[\w-]+)?/g,
  /(?<![\w+/-])(?=[\w+/-]*[A-Z])(?=[\w+/-]*[a-z])(?=[\w+/-]*\d)[\w+/-]{32,}={0,2}/g,
];

function redact(text: string): string {
  return secretForms.reduce((rest, form) => rest.replace(form, blot), text);
}
