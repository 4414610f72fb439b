import type { GapNode, TextNode } from './inline.ts';

/**
 * The text that each node of a stretch gets so that together they are `text`: only what is between the common start and the common end
 * of the old and the new text is replaced. `undefined` if the stretch has no text nodes.
 */
export function changedTextsOf(
  nodes: readonly (TextNode | GapNode)[],
  text: string,
): ReadonlyMap<TextNode, string> | undefined {
  const textNodes = nodes.filter((node) => node.type === 'text');
  if (textNodes.length === 0) return undefined;
  const before = textNodes.map((node) => node.text).join('');
  const { start, endCount } = changedRange(before, text);
  const end = before.length - endCount;
  const added = text.slice(start, text.length - endCount);
  const texts = new Map<TextNode, string>();
  let at = 0;
  let isAdded = false;
  for (const node of textNodes) {
    const from = at;
    at += node.text.length;
    const keptStart = node.text.slice(0, Math.max(0, start - from));
    const keptEnd = node.text.slice(Math.max(0, end - from, start - from));
    // Added text belongs to the run in which, or at whose end, it is added.
    const takes = !isAdded && start <= at;
    if (takes) isAdded = true;
    texts.set(node, keptStart + (takes ? added : '') + keptEnd);
  }
  return texts;
}

/** Never between the halves of a surrogate pair. */
function changedRange(before: string, after: string): { start: number; endCount: number } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  if (isLowSurrogate(before, start) || isLowSurrogate(after, start)) start -= 1;
  let endCount = 0;
  while (endCount < most - start && before.at(-1 - endCount) === after.at(-1 - endCount)) {
    endCount += 1;
  }
  const isCut = (text: string) => isLowSurrogate(text, text.length - endCount);
  if (endCount > 0 && (isCut(before) || isCut(after))) endCount -= 1;
  return { start: Math.max(start, 0), endCount };
}

function isLowSurrogate(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff;
}
