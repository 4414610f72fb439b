/** Time of a simulator; a test can bring its own. */
export interface SimulatorClock {
  now(): number;
  sleep(durationInMs: number): Promise<void>;
}

export const systemClock: SimulatorClock = {
  now: () => Date.now(),
  sleep: (durationInMs) => new Promise((resolve) => setTimeout(resolve, durationInMs)),
};
