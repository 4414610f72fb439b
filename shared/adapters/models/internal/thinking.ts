/** A text without the thinking that came with it. */
export interface SplitText {
  readonly text: string;
  readonly thinkingLength: number;
}

const closing = /<\/(?:mm:)?think>/;
const opening = /^\s*<(?:mm:)?think>/;

/**
 * Splits thinking off the head of an answer: `<think>…</think>`, also without its opening tag, without its closing tag (all of it is then
 * thinking), or as `<mm:think>`. A tag further in is left alone: it may stand in a JSON string (providers.md Q2–Q4).
 */
export function splitThinking(content: string): SplitText {
  const head = opening.exec(content);
  if (head !== null) {
    const end = closing.exec(content);
    if (end === null) return { text: '', thinkingLength: content.length };
    return splitAt(content, end.index + end[0].length);
  }
  const end = closing.exec(content);
  // Without an opening tag: only prose before the first brace can be thinking.
  const startOfJson = content.search(/[{[]/);
  const isBeforeAnswer = end !== null && (startOfJson === -1 || end.index < startOfJson);
  if (end === null || !isBeforeAnswer) return { text: content, thinkingLength: 0 };
  return splitAt(content, end.index + end[0].length);
}

function splitAt(content: string, position: number): SplitText {
  return { text: content.slice(position).trimStart(), thinkingLength: position };
}
