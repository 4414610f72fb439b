/** Characters that must repeat themselves before an answer is taken for a loop: no table and no list does that. */
const loopLength = 2_048;
/** Longest piece that is looked for. */
const longestPeriod = 128;

/** Watches an answer while it streams for a model that says the same thing over and over until its room is used up. */
export interface LoopDetector {
  /** Takes the next part; whether the answer has run into a loop. */
  add(part: string): boolean;
}

export function createLoopDetector(): LoopDetector {
  let tail = '';
  let unchecked = 0;
  return {
    add(part) {
      tail = (tail + part).slice(-loopLength);
      unchecked += part.length;
      if (tail.length < loopLength || unchecked < longestPeriod) return false;
      unchecked = 0;
      return hasPeriod(tail);
    },
  };
}

/** A text has a period if it equals itself moved by that much. */
function hasPeriod(text: string): boolean {
  for (let period = 1; period <= longestPeriod; period += 1) {
    if (text.startsWith(text.slice(period))) return true;
  }
  return false;
}
