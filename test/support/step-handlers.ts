import type { StepHandler } from '#shared/steps/step.ts';
import { type StepName, stepNames } from '#shared/workflows/step-names.ts';

/** Handlers for every step: the ones given, and a failure for a step that the test does not expect. */
export function stepHandlers(
  given: Partial<Record<StepName, StepHandler>>,
): Record<StepName, StepHandler> {
  const unexpected: StepHandler = async () => {
    throw new Error('This step was not expected to run.');
  };
  const entries = stepNames.map((name) => [name, given[name] ?? unexpected]);
  return Object.fromEntries(entries);
}
