import * as z from 'zod';
import type { FunctionRun, Measured } from './bill.ts';

const StepLine = z.object({
  step: z.string(),
  durationInMs: z.number(),
  readUnits: z.number(),
  writeUnits: z.number(),
  objectReads: z.number(),
  objectWrites: z.number(),
});
const EndLine = z.object({ transitions: z.number(), events: z.number() });

/** What a task's measure file, or its lines in CloudWatch, say that ran. */
export function recordedOf(lines: readonly unknown[]): Omit<Measured, 'requests'> {
  const steps: FunctionRun[] = [];
  let transitions = 0;
  let events = 0;
  for (const line of lines) {
    const step = StepLine.safeParse(line).data;
    if (step !== undefined) steps.push({ ...step, name: step.step });
    const end = EndLine.safeParse(line).data;
    transitions += end?.transitions ?? 0;
    events += end?.events ?? 0;
  }
  return { transitions, events, steps };
}
