import { isQuireError, problemOf, QuireError } from '#shared/domain/errors.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { Logger } from '#shared/ports/logger.ts';
import { placeOf, type StepHandler } from '#shared/steps/step.ts';
import type { StepName } from '#shared/workflows/step-names.ts';
import { type AwsLimits, carryPayload, eventsPerTask } from './aws-limits.ts';

/** What one execution shares between its steps. */
export interface ExecutionScope {
  readonly signal: AbortSignal;
  readonly history: { add(events: number): void };
  /** Ends the whole execution, as Step Functions does when a hard limit is passed. */
  fail(error: QuireError): void;
}

export interface StepInvoker {
  /** Runs a step as Lambda would: JSON in, JSON out, a time limit, errors by name. */
  invoke(step: StepName, input: unknown, scope: ExecutionScope): Promise<unknown>;
}

export function createStepInvoker(options: {
  handlers: Readonly<Record<StepName, StepHandler>>;
  timeoutInSeconds: Readonly<Record<StepName, number>>;
  limits: AwsLimits;
  clock: Clock;
  logger: Logger;
}): StepInvoker {
  const { handlers, limits, clock, logger } = options;

  return {
    async invoke(step, input, scope) {
      const startedAtInMs = clock.now();
      const timeoutInMs = Math.min(options.timeoutInSeconds[step] * 1_000, limits.stepInMs);
      const timer = new AbortController();
      const killer = new AbortController();
      try {
        scope.history.add(eventsPerTask);
        const payload = carryPayload(input, `the input of ${step}`, limits);
        const timedOut = clock.sleep(timeoutInMs, timer.signal).then(
          () => {
            killer.abort(timeoutError(step, timeoutInMs));
            throw timeoutError(step, timeoutInMs);
          },
          () => new Promise<never>(() => undefined),
        );
        const output = await Promise.race([
          handlers[step](payload, {
            deadlineAtInMs: startedAtInMs + timeoutInMs,
            signal: AbortSignal.any([scope.signal, killer.signal]),
          }),
          timedOut,
        ]);
        return carryPayload(output, `the output of ${step}`, limits);
      } catch (error) {
        throw asFunctionError(error, { step, input, scope, logger });
      } finally {
        timer.abort();
        const durationInMs = clock.now() - startedAtInMs;
        logger.info('step-ended', { step, ...placeOf(input), durationInMs });
      }
    },
  };
}

function timeoutError(step: StepName, timeoutInMs: number): QuireError {
  return new QuireError(
    'step_timeout',
    `Expected ${step} to end within ${timeoutInMs} ms; it was stopped, as Lambda would.`,
    { details: { step, timeoutInMs } },
  );
}

/** An error as Step Functions reports it: its name is what Retry and Catch match, its message the JSON that Lambda makes of it. */
function asFunctionError(
  error: unknown,
  place: { step: StepName; input: unknown; scope: ExecutionScope; logger: Logger },
): Error {
  const problem = problemOf(error);
  const isStopped = place.scope.signal.aborted;
  if (isQuireError(error) && error.code === 'history_too_long') place.scope.fail(error);
  if (!isStopped) {
    place.logger.error('step-failed', {
      step: place.step,
      ...placeOf(place.input),
      code: problem.code,
      // Our own messages are free of content; those of libraries may quote the document.
      reason: isQuireError(error) ? error.message : errorName(error),
    });
  }
  const cause = { errorType: problem.code, errorMessage: problem.message };
  const named = new Error(JSON.stringify(cause), { cause: error });
  named.name = problem.code;
  return named;
}

function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
