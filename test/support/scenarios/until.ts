const lookEveryInMs = 100;
/** As long as a test may take: one that was given up must not look on for ever. */
const lookForInMs = 300_000;

/** Looks until something is there. */
export async function until<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
  const untilInMs = Date.now() + lookForInMs;
  while (Date.now() < untilInMs) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, lookEveryInMs));
  }
  throw new Error(`Expected to find it within ${lookForInMs} ms.`);
}
