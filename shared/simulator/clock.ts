/** Time of a simulator; a test can bring its own. */
export interface SimulatorClock {
  now(): number;
  sleep(durationInMs: number): Promise<void>;
}

export const systemClock: SimulatorClock = {
  now: () => Date.now(),
  // A server that is closed does not keep its process waiting.
  sleep: (durationInMs) => new Promise((resolve) => setTimeout(resolve, durationInMs).unref()),
};
