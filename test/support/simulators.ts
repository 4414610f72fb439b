import type { FaultName } from '#shared/simulator/fault-names.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '#shared/simulator/server.ts';
import { ask, type SimulatedRoute, simulatedRoutes } from './simulated-routes.ts';

/** Simulators of a test file, closed together. */
export function createSimulators() {
  const open: Simulator[] = [];
  const start = async (options: SimulatorOptions = {}): Promise<Simulator> => {
    const simulator = await startSimulator(options);
    open.push(simulator);
    return simulator;
  };
  return {
    start,
    /** One that fails every question in the same way. */
    failing: (fault: FaultName) => start({ faults: [{ when: { every: 1 }, fault }] }),
    closeAll: () => Promise.all(open.splice(0).map((simulator) => simulator.close())),
  };
}

/** Longer than a delta, and with a number in it. */
export const longQuestion = `Costs rose by 4 percent. 🚆 Sales fell. ${'And so it went on, '.repeat(8)}until the end.`;

export interface RouteCase {
  readonly name: string;
  readonly route: SimulatedRoute;
  readonly isStreaming: boolean;
}

/** Every route, in one piece and in a stream; of those that are the same twice, one. */
export const routeCases: readonly RouteCase[] = simulatedRoutes
  .filter(({ name }) => name !== 'plain chat' && name !== 'cloudsway platform')
  .flatMap((route) =>
    [false, true].map((isStreaming) => ({ name: route.name, route, isStreaming })),
  );

/** What an undisturbed client of a route reads. */
export async function answerTo(user: string, route: SimulatedRoute): Promise<string> {
  const simulator = await startSimulator();
  const { texts } = await ask(simulator, route, { user });
  await simulator.close();
  return texts.join('');
}
