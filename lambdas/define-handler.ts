import { problemOf, QuireError } from '#shared/domain/errors.ts';
import type { LogFields } from '#shared/ports/logger.ts';
import { handlerOf, type Step } from '#shared/steps/step.ts';

/** What a handler uses of the context that Lambda passes. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/** What a handler takes from the process; tests bring their own. */
export interface HandlerEnvironment {
  now(): number;
  /** Gets one line of JSON per invocation. */
  writeLine(line: string): void;
}

/** A step that hangs is aborted this long before Lambda would end the process, so that the reason is still reported. */
const abortMarginInMs = 1_000;

/**
 * Makes the Lambda handler of a step: input parsed, deadline and signal given, one log line, and every failure thrown as an error whose
 * `name` is its code, since that is what Step Functions matches and records.
 */
export function defineHandler<Input, Output>(
  step: Step<Input, Output>,
  environment: HandlerEnvironment = processEnvironment,
): (event: unknown, lambda: LambdaContext) => Promise<unknown> {
  const run = handlerOf(step);
  return async (event, lambda) => {
    const startedAtInMs = environment.now();
    const deadlineAtInMs = startedAtInMs + lambda.getRemainingTimeInMillis();
    const abort = abortBefore(deadlineAtInMs - startedAtInMs - abortMarginInMs);
    const log = (level: 'info' | 'error', fields: LogFields) => {
      const durationInMs = environment.now() - startedAtInMs;
      const line = { level, event: 'step', ...placeOf(event), ...fields, durationInMs };
      environment.writeLine(JSON.stringify(line));
    };
    try {
      const output = await run(event, { deadlineAtInMs, signal: abort.signal });
      log('info', { outcome: 'ok' });
      return output;
    } catch (error) {
      const { code, message } = problemOf(error);
      log('error', {
        outcome: code,
        message,
        stack: code === 'internal_error' ? framesOf(error) : undefined,
      });
      throw codedError(code, message);
    } finally {
      abort.cancel();
    }
  };
}

const processEnvironment: HandlerEnvironment = {
  now: () => Date.now(),
  writeLine: (line) => {
    process.stdout.write(`${line}\n`);
  },
};

function abortBefore(delayInMs: number): { signal: AbortSignal; cancel(): void } {
  const controller = new AbortController();
  const timer = setTimeout(
    () => {
      const message =
        'Expected the step to end before the time limit of its function; it was aborted.';
      controller.abort(new QuireError('step_timeout', message));
    },
    Math.max(0, delayInMs),
  );
  return { signal: controller.signal, cancel: () => clearTimeout(timer) };
}

/** The ids in an input, for the log line. Inputs are references, but only these are known to be harmless. */
function placeOf(event: unknown): LogFields {
  if (typeof event !== 'object' || event === null) return {};
  const known = ['taskId', 'stage', 'documentId', 'round', 'worker'];
  return Object.fromEntries(
    Object.entries(event).filter(
      ([key, value]) =>
        known.includes(key) && (typeof value === 'number' || typeof value === 'string'),
    ),
  );
}

/** Where an unexpected error was thrown, without its message, which might quote a document. */
function framesOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return frames
    .slice(0, 8)
    .map((line) => line.trim())
    .join(' | ');
}

function codedError(code: string, message: string): Error {
  const error = new Error(message);
  error.name = code;
  // Lambda sends the stack to the state machine, where it would only fill the history.
  error.stack = `${code}: ${message}`;
  return error;
}
