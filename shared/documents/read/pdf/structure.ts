import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

const maxNodes = 200_000;
const maxDepth = 200;

/** Heading levels that a tagged page gives its marked content, by its ids (ISO 32000-2, 14.8.4). Empty where the page is not tagged. */
export async function headingLevelsOf(
  page: PDFPageProxy,
  items: readonly object[],
): Promise<ReadonlyMap<string, number>> {
  const isTagged = items.some((item) => 'id' in item && item.id !== null);
  const tree: unknown = isTagged ? await page.getStructTree().catch(() => null) : null;
  const levels = new Map<string, number>();
  const stack: { node: unknown; level: number | undefined; depth: number }[] = [
    { node: tree, level: undefined, depth: 0 },
  ];
  let left = maxNodes;
  for (let next = stack.pop(); next !== undefined && left > 0; next = stack.pop()) {
    left -= 1;
    const { node, depth } = next;
    if (typeof node !== 'object' || node === null || depth > maxDepth) continue;
    const level = levelOf('role' in node ? node.role : undefined) ?? next.level;
    if (level !== undefined && 'id' in node) levels.set(String(node.id), level);
    const children = 'children' in node && Array.isArray(node.children) ? node.children : [];
    for (const child of children) stack.push({ node: child, level, depth: depth + 1 });
  }
  return levels;
}

function levelOf(role: unknown): number | undefined {
  const name = String(role);
  if (name === 'Title' || name === 'H') return 1;
  const level = /^H([1-9])$/.exec(name)?.[1];
  return level === undefined ? undefined : Number(level);
}
