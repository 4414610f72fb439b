/** What the first of several says that says anything: a style, then the one it is based on, and so on. */
export function firstOf<Each, Value>(
  chain: readonly Each[],
  read: (each: Each) => Value | undefined,
): Value | undefined {
  for (const each of chain) {
    const value = read(each);
    if (value !== undefined) return value;
  }
  return undefined;
}
