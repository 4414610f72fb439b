/** Log-normal latencies with a long tail, as language models have them. The same in every run: mulberry32 and the Box–Muller transform. */
export function logNormal(
  count: number,
  { medianInMs, sigma }: { medianInMs: number; sigma: number },
): number[] {
  let state = 42;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return Array.from({ length: count }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
    return medianInMs * Math.exp(sigma * normal);
  });
}
