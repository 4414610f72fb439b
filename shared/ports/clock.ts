/** Time as the outside world sees it. Tests bring their own and never sleep. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after the duration; rejects with the signal's reason when it is aborted first. */
  sleep(durationInMs: number, signal?: AbortSignal): Promise<void>;
}
