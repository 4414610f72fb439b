import type { DeadLetter, DeadLetters, Functions } from '#shared/ports/dead-letters.ts';
import { canonicalJson } from './tasks/canonical-json.ts';

export interface RedriveReport {
  /** Events that their functions have taken now. */
  readonly handled: number;
  /** Events that are in the queue still, by what stands in the way. */
  readonly kept: Readonly<Record<string, number>>;
}

interface RedrivePorts {
  readonly deadLetters: DeadLetters;
  readonly functions: Functions;
}

/**
 * Gives the events of a dead-letter queue to their functions once more and removes those that are taken. Each event is tried once a run,
 * also where it is in the queue twice or comes back into it. With `isDryRun` it only counts.
 */
export function createRedrive(
  ports: RedrivePorts,
): (options?: { isDryRun?: boolean }) => Promise<RedriveReport> {
  return async ({ isDryRun = false } = {}) => {
    const outcomes = new Map<string, string>();
    const held: DeadLetter[] = [];
    let handled = 0;
    const take = async (letter: DeadLetter) => {
      const identity = canonicalJson(letter.event ?? letter.receipt);
      const before = outcomes.get(identity);
      const outcome = before ?? (await tryAgain(ports, letter, isDryRun));
      outcomes.set(identity, outcome);
      if (outcome === taken) handled += 1;
      if (outcome === taken || (outcome === refused && before === undefined)) {
        await ports.deadLetters.remove(letter);
      } else held.push(letter);
    };
    try {
      for (;;) {
        const letters = await ports.deadLetters.receive();
        if (letters.length === 0) return { handled, kept: countsOf(outcomes) };
        for (const letter of letters) await take(letter);
      }
    } finally {
      await Promise.all(held.map((letter) => ports.deadLetters.release(letter)));
    }
  };
}

const taken = 'taken';
/** The function has put it back into the queue itself, as a new message, which this run meets again. */
const refused = 'refused';

async function tryAgain(
  { functions }: RedrivePorts,
  { functionName, event }: DeadLetter,
  isDryRun: boolean,
): Promise<string> {
  if (functionName === undefined) return 'unreadable';
  if (isDryRun) return 'not tried';
  const invocation = await functions.invoke(functionName, event);
  if (!invocation.isHandled) return invocation.reason;
  return isRefused(invocation.output) ? refused : taken;
}

function countsOf(outcomes: ReadonlyMap<string, string>): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes.values()) {
    if (outcome !== taken) counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

function isRefused(output: unknown): boolean {
  return (
    typeof output === 'object' &&
    output !== null &&
    'outcome' in output &&
    output.outcome === refused
  );
}
