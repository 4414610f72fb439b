import type { StepName } from './step-names.ts';

/** Seconds a step may take, in the machine and in its function. 900 is the most that Lambda allows. */
export const stepTimeoutInSeconds: Readonly<Record<StepName, number>> = {
  'open-task': 60,
  'read-document': 300,
  'plan-calls': 300,
  'ask-approval': 60,
  'run-calls': 900,
  'await-answers': 30,
  'assemble-answers': 300,
  'run-code': 300,
  'run-children': 300,
  render: 300,
  'close-task': 60,
  'fail-task': 60,
};

/** Most steps wait for others; who parses or edits a file holds it several times over, and who gathers what others have found holds all of it. */
const usualInMb = 512;
const largerInMb: Partial<Record<StepName, number>> = {
  'read-document': 2_048,
  'run-children': 1_024,
  render: 2_048,
};

/** Memory of a step's function, in MB, by which Lambda also gives it its share of a processor. */
export function stepMemoryInMb(step: StepName): number {
  return largerInMb[step] ?? usualInMb;
}
