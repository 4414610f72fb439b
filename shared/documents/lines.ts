/** Lines of a text, one at a time: an array of them takes many times the memory of the text. */
export function* linesOf(text: string): Generator<string> {
  const end = /\r\n?|\n/g;
  let from = 0;
  for (let match = end.exec(text); match !== null; match = end.exec(text)) {
    yield text.slice(from, match.index);
    from = end.lastIndex;
  }
  yield text.slice(from);
}

/** How often a mark stands in a text; counts no further than one more than `limit`. */
export function countOf(text: string, mark: string, limit: number): number {
  let count = 0;
  for (let at = text.indexOf(mark); at >= 0 && count <= limit; ) {
    count += 1;
    at = text.indexOf(mark, at + mark.length);
  }
  return count;
}
