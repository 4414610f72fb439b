import { type Problem, problemOf, QuireError } from '#shared/domain/errors.ts';
import type { InvocationLogger, LogFields } from '#shared/ports/logger.ts';
import type { BufferedMetrics } from '#shared/ports/metrics.ts';
import { logger, metrics } from '#shared/runtime/aws/platform.ts';
import { handlerOf, placeOf, type Step } from '#shared/steps/step.ts';

/** What a handler uses of the context that Lambda passes. */
export interface LambdaContext {
  readonly awsRequestId?: string;
  getRemainingTimeInMillis(): number;
}

/** What a handler takes from the process; tests bring their own. */
export interface HandlerEnvironment {
  now(): number;
  readonly logger: InvocationLogger;
  readonly metrics: Pick<BufferedMetrics, 'flush'>;
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
  return defineEntrance(
    'step',
    async (event, lambda) => {
      const remainingInMs = lambda.getRemainingTimeInMillis();
      const deadlineAtInMs = environment.now() + remainingInMs;
      const abort = abortBefore(remainingInMs - abortMarginInMs);
      try {
        return await run(event, { deadlineAtInMs, signal: abort.signal });
      } finally {
        abort.cancel();
      }
    },
    environment,
  );
}

/**
 * Makes the Lambda handler of anything else that starts or answers something: its id in every log line, one line of its own at the end
 * (none where it has no name, since it writes one itself), its metrics written, and no word of an unexpected error passed on, which Lambda itself would log (I9).
 */
export function defineEntrance<Event, Output>(
  name: string | undefined,
  run: (event: Event, lambda: LambdaContext) => Promise<Output>,
  environment: HandlerEnvironment = processEnvironment,
): (event: Event, lambda: LambdaContext) => Promise<Output> {
  return async (event, lambda) => {
    const startedAtInMs = environment.now();
    environment.logger.begin({ requestId: lambda.awsRequestId, ...placeOf(event) });
    const durationInMs = () => environment.now() - startedAtInMs;
    try {
      const output = await run(event, lambda);
      if (name !== undefined) {
        environment.logger.info(name, { outcome: 'ok', durationInMs: durationInMs() });
      }
      return output;
    } catch (error) {
      const problem = problemOf(error);
      const fields = { ...failureFields(error, problem), durationInMs: durationInMs() };
      environment.logger.error(name ?? 'invocation', fields);
      throw codedError(problem);
    } finally {
      environment.metrics.flush();
    }
  };
}

const processEnvironment: HandlerEnvironment = { now: () => Date.now(), logger, metrics };

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

function failureFields(error: unknown, { code, message }: Problem): LogFields {
  return {
    outcome: code,
    reason: message,
    stack: code === 'internal_error' ? framesOf(error) : undefined,
  };
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

function codedError({ code, message }: Problem): Error {
  const error = new Error(message);
  error.name = code;
  // Lambda sends the stack to the state machine, where it would only fill the history.
  error.stack = `${code}: ${message}`;
  return error;
}
