import type { Clock } from '#shared/ports/clock.ts';
import type { Meter, OperationCounts } from '#shared/ports/meter.ts';
import type { StepHandler } from '#shared/steps/step.ts';
import type { StepName } from '#shared/workflows/step-names.ts';

/** What one run of a step took of the platform. */
export interface StepMeasure extends OperationCounts {
  readonly taskId: string;
  readonly step: StepName;
  readonly durationInMs: number;
}

/** The same handlers, each run of which tells what it took. */
export function measuredHandlers(
  handlers: Readonly<Record<StepName, StepHandler>>,
  tools: { meter: Meter; clock: Clock; tell: (measure: StepMeasure) => void },
): Record<StepName, StepHandler> {
  const measured = (step: StepName, handler: StepHandler): StepHandler => {
    return async (input, context) => {
      const startedAtInMs = tools.clock.now();
      return await tools.meter.measure(
        () => handler(input, context),
        (counts) => {
          const durationInMs = tools.clock.now() - startedAtInMs;
          tools.tell({ taskId: taskIdIn(input), step, durationInMs, ...counts });
        },
      );
    };
  };
  const entries = Object.entries(handlers) as [StepName, StepHandler][];
  return Object.fromEntries(
    entries.map(([step, handler]) => [step, measured(step, handler)]),
  ) as Record<StepName, StepHandler>;
}

function taskIdIn(input: unknown): string {
  const hasId = typeof input === 'object' && input !== null && 'taskId' in input;
  return hasId ? String(input.taskId) : '';
}
