const firstInMs = 500;
const mostInMs = 8_000;

/** Wait before the next try: doubling, at most 8 s, with full jitter so that workers do not come back together. */
export function backoffInMs(tries: number, random: () => number): number {
  const ceiling = Math.min(mostInMs, firstInMs * 2 ** tries);
  return Math.round(random() * ceiling);
}
