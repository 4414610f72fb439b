const lookEveryInMs = 100;

/** Looks until something is there. The time-out is that of the test. */
export async function until<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, lookEveryInMs));
  }
}
