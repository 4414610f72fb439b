import type { StepName } from './step-names.ts';

/** Most steps wait for others; the reader holds a document several times over while it parses it. */
const usualInMb = 512;
const largerInMb: Partial<Record<StepName, number>> = { 'read-document': 2_048 };

/** Memory of a step's function, in MB, by which Lambda also gives it its share of a processor. */
export function stepMemoryInMb(step: StepName): number {
  return largerInMb[step] ?? usualInMb;
}
