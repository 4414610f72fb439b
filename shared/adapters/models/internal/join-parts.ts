/** Fewest parts that tell snapshots from pieces, however short they are. */
const fewestSnapshots = 3;
/** Two parts tell as much where the first is this long: no text begins twice with so many characters. */
const tellingLength = 12;

/**
 * The text of a stream from its parts. Most routes send pieces; some send the whole text so far each time (providers.md Q6), which shows
 * in every part beginning with the one before and growing. Pieces of an answer do not do that, short repetitions apart.
 */
export function joinParts(parts: readonly string[]): string {
  const filled = parts.filter((part) => part !== '');
  const [first = ''] = filled;
  const isTelling =
    filled.length >= fewestSnapshots || (filled.length > 1 && first.length >= tellingLength);
  const areSnapshots =
    isTelling &&
    filled.every((part, index) => {
      const former = filled[index - 1] ?? '';
      return part.length > former.length && part.startsWith(former);
    });
  return areSnapshots ? (filled.at(-1) ?? '') : filled.join('');
}
