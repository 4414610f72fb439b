/** A state as it was left; `output` is absent where it was not left. */
export interface StateVisit {
  readonly name: string;
  readonly output?: unknown;
}

/** What happened in an execution, in the terms that both engines tell. */
export interface History {
  readonly status: string;
  readonly input: unknown;
  /** States of the machine itself, in the order in which they were entered. */
  readonly states: readonly StateVisit[];
  /** What the steps inside of Maps returned; their order is chance. */
  readonly iterations: readonly StateVisit[];
}

/** An event of either engine, reduced to what a history is made of. */
export interface HistoryEvent {
  readonly kind: 'started' | 'entered' | 'left' | 'returned' | 'ended' | 'other';
  /** Of the state. */
  readonly name?: string | undefined;
  /** Whether it happened inside of a Map. */
  readonly isInside: boolean;
  readonly value?: unknown;
}

export function historyOf(events: readonly HistoryEvent[]): History {
  const states: StateVisit[] = [];
  const iterations: StateVisit[] = [];
  for (const { kind, name = '', isInside, value } of events) {
    if (isInside) {
      if (kind === 'returned') iterations.push({ name: states.at(-1)?.name ?? '', output: value });
    } else if (kind === 'entered') {
      states.push({ name });
    } else if (kind === 'left') {
      states.splice(-1, 1, { name, output: value });
    }
  }
  const input = events.find(({ kind }) => kind === 'started')?.value;
  const status = events.findLast(({ kind }) => kind === 'ended')?.value ?? 'RUNNING';
  return { status: String(status), input, states, iterations };
}

/** The history without ids, with the iterations in an order of their own: equal for equal runs of different tasks. */
export function comparable(history: History, taskId: string): unknown {
  const text = JSON.stringify({ ...history, iterations: [] }, withoutErrors).replaceAll(
    taskId,
    'tsk',
  );
  const iterations = history.iterations
    .map((visit) => JSON.stringify(sorted(visit)).replaceAll(taskId, 'tsk'))
    .sort();
  return { ...JSON.parse(text), iterations };
}

/** An error that a function throws loses its name in the stand-in. */
function withoutErrors(key: string, value: unknown): unknown {
  return key === 'error' ? 'an error' : value;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, child]) => [key, sorted(child)]),
  );
}
