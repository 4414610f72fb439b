/** The largest sum of amounts that start within any 60 s, the last millisecond excluded. */
export function mostInAMinute(
  starts: readonly { readonly startAtInMs: number; readonly amount: number }[],
): number {
  const sums = starts.map((first) =>
    starts
      .filter(({ startAtInMs }) => {
        const afterInMs = startAtInMs - first.startAtInMs;
        return afterInMs >= 0 && afterInMs < 60_000;
      })
      .reduce((sum, { amount }) => sum + amount, 0),
  );
  return Math.max(0, ...sums);
}
