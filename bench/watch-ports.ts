import type { CallLayerPorts } from '#shared/steps/calls/call-layer.ts';

export interface MeasuredPart {
  readonly name: string;
  readonly times: number;
  readonly meanInMs: number;
}

/** The same ports, with the time that each part of a call takes: from the request to its answer, 32 calls at once. */
export function watchPorts(ports: CallLayerPorts) {
  const sums = new Map<string, { times: number; totalInMs: number }>();
  const timed =
    <Arguments extends unknown[], Result>(
      name: string,
      work: (...given: Arguments) => Promise<Result>,
    ) =>
    async (...given: Arguments): Promise<Result> => {
      const startedAt = performance.now();
      try {
        return await work(...given);
      } finally {
        const { times, totalInMs } = sums.get(name) ?? { times: 0, totalInMs: 0 };
        sums.set(name, { times: times + 1, totalInMs: totalInMs + performance.now() - startedAt });
      }
    };
  const { tasks, ledger, gate, slots, circuit, calls } = ports;
  return {
    ports: {
      ...ports,
      calls: {
        ...calls,
        claim: timed('claim', calls.claim),
        commit: timed('commit', calls.commit),
      },
      tasks: {
        ...tasks,
        reserve: timed('reservation', tasks.reserve),
        settle: timed('settlement', tasks.settle),
      },
      ledger: {
        ...ledger,
        start: timed('ledger, start', ledger.start),
        end: timed('ledger, end', ledger.end),
      },
      gate: { ...gate, admit: timed('gate', gate.admit) },
      slots: { ...slots, acquire: timed('slot', slots.acquire) },
      circuit: { ...circuit, permit: timed('circuit', circuit.permit) },
    },
    parts: (): MeasuredPart[] =>
      [...sums].map(([name, { times, totalInMs }]) => ({
        name,
        times,
        meanInMs: totalInMs / times,
      })),
  };
}
