/**
 * The share of the words of a reference that are in the text, counted as often as they come. Marks of Markdown, comments and targets of
 * links do not count: they are no text of the document.
 */
export function wordRecall(text: string, reference: string): number | undefined {
  const wanted = wordCounts(withoutMarkup(reference));
  const found = wordCounts(text);
  let total = 0;
  let matched = 0;
  for (const [word, count] of wanted) {
    total += count;
    matched += Math.min(count, found.get(word) ?? 0);
  }
  return total === 0 ? undefined : matched / total;
}

function withoutMarkup(markdown: string): string {
  return markdown
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/\]\([^)\s]*\)/g, '] ')
    .replace(/&(?:amp|lt|gt|quot|#\d+);/g, ' ')
    .replace(/<\/?[a-z][^>\n]*>/gi, ' ')
    .replace(/[\\*_`#|]/g, ' ');
}

function wordCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text
    .normalize('NFKC')
    .toLowerCase()
    .matchAll(/\p{L}{2,}/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
