/** Where the text of a token is in the source. */
export interface PlacedContent {
  readonly start: number;
  readonly end: number;
  /** Offset in the source of an offset in the content. */
  toSource(at: number): number;
}

export interface SourceLines {
  startOf(line: number): number;
  /**
   * Finds a content that begins on a line (from 0), or in a cell of a table behind a column: each of its lines is on the next line of the
   * source, behind what the blocks around it put there. `undefined` if it is not there as it stands.
   */
  locate(content: string, line: number, column: number | undefined): PlacedContent | undefined;
}

export function createSourceLines(source: string): SourceLines {
  const starts = [0];
  const texts: string[] = [];
  for (const { 0: ending, index } of source.matchAll(/\r\n?|\n/g)) {
    texts.push(source.slice(starts.at(-1) ?? 0, index));
    starts.push(index + ending.length);
  }
  texts.push(source.slice(starts.at(-1) ?? 0));
  const startOf = (line: number) => starts[line] ?? source.length;
  return {
    startOf,
    locate(content, line, column) {
      const placed: Placed[] = [];
      let from = 0;
      for (const [index, text] of content.split('\n').entries()) {
        const whole = texts[line + index] ?? '';
        const at = column === undefined ? whole.lastIndexOf(text) : findCell(text, whole, column);
        if (at < 0) return undefined;
        placed.push({ from, to: startOf(line + index) + at });
        from += text.length + 1;
      }
      const toSource = (at: number) => {
        const part = placed.findLast((each) => each.from <= at);
        return part === undefined ? 0 : part.to + at - part.from;
      };
      return { start: toSource(0), end: toSource(content.length), toSource };
    },
  };
}

/** A line of the content: where it begins there, and in the source. */
interface Placed {
  readonly from: number;
  readonly to: number;
}

/** Between two cells there is nothing else. A pipe in a cell is escaped, and the token does not have it so. */
function findCell(text: string, line: string, column: number): number {
  const at = text.includes('|') ? -1 : line.indexOf(text, column);
  return at >= 0 && /^[\s|>*+.)\d-]*$/.test(line.slice(column, at)) ? at : -1;
}
