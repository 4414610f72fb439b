/** How many of the last calls have failed. */
export interface HealthWindow {
  /** Takes an outcome; whether the failures of the last minute are now too many. */
  add(outcome: { isFailure: boolean; atInMs: number }): boolean;
  clear(): void;
}

const windowInMs = 60_000;
const fewestCalls = 5;
const failingPart = 0.5;

/** Too many: at least half of at least five calls in 60 seconds. */
export function createHealthWindow(): HealthWindow {
  const outcomes: { isFailure: boolean; atInMs: number }[] = [];
  return {
    add(outcome) {
      outcomes.push(outcome);
      while ((outcomes[0]?.atInMs ?? outcome.atInMs) <= outcome.atInMs - windowInMs)
        outcomes.shift();
      const failures = outcomes.filter(({ isFailure }) => isFailure).length;
      return outcomes.length >= fewestCalls && failures >= outcomes.length * failingPart;
    },
    clear() {
      outcomes.length = 0;
    },
  };
}
