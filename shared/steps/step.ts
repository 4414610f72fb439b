import type * as z from 'zod';
import { QuireError } from '#shared/domain/errors.ts';

/** What a step gets besides its input. */
export interface StepContext {
  /** When its Lambda function is stopped, in milliseconds since the epoch; a step that has more to do returns before. */
  readonly deadlineAtInMs: number;
  /** Aborted when the execution is stopped. */
  readonly signal: AbortSignal;
}

/** A step: the code that one Lambda function runs, locally and in AWS the same. Input and output are references, never content. */
export interface Step<Input, Output> {
  readonly input: z.ZodType<Input>;
  run(input: Input, context: StepContext): Promise<Output>;
}

/** A step that takes its input as it comes from the state machine. */
export type StepHandler = (input: unknown, context: StepContext) => Promise<unknown>;

/** Checks the input at the border and runs the step. */
export function handlerOf<Input, Output>(step: Step<Input, Output>): StepHandler {
  return (input, context) => {
    const parsed = step.input.safeParse(input);
    if (parsed.success) return step.run(parsed.data, context);
    const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new QuireError('internal_error', `Expected another input of the step; wrong: ${fields}.`);
  };
}

/** The ids in the input of a step, for the log. Inputs are references, but only these are known to be harmless. */
export function placeOf(input: unknown): Readonly<Record<string, string | number>> {
  if (typeof input !== 'object' || input === null) return {};
  const known = ['taskId', 'stage', 'documentId', 'round', 'worker'];
  return Object.fromEntries(
    Object.entries(input).filter(
      ([key, value]) =>
        known.includes(key) && (typeof value === 'number' || typeof value === 'string'),
    ),
  );
}
