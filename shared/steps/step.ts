import type * as z from 'zod';

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
