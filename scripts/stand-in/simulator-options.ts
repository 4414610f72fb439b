import type { SimulatorOptions } from '#shared/simulator/server.ts';

/** Words in a document to which the model does not answer, so that a hole is left where they stand. */
export const refusedWords = 'the simulated model refuses this';

/** `source` of the events of the scenarios' own. */
export const scenarioEventSource = 'scenario';

/** The simulator of the scenarios: slow enough that a task can be met while it runs, and with a fault that a document calls for. */
export const simulatorOptions: SimulatorOptions = {
  latencyInMs: { low: 40, high: 120 },
  faults: [{ when: { containing: refusedWords }, fault: 'refusal' }],
};
