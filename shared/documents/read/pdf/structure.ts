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
  const stack: Visit[] = [{ node: tree, level: undefined, depth: 0 }];
  for (let left = maxNodes; left > 0; left -= 1) {
    const visit = stack.pop();
    if (visit === undefined) break;
    const node = Object(visit.node);
    const level = levelOf(Reflect.get(node, 'role')) ?? visit.level;
    const id: unknown = Reflect.get(node, 'id');
    if (level !== undefined && typeof id === 'string') levels.set(id, level);
    for (const child of childrenOf(node, visit.depth)) stack.push({ ...child, level });
  }
  return levels;
}

interface Visit {
  readonly node: unknown;
  readonly level: number | undefined;
  readonly depth: number;
}

function childrenOf(node: object, depth: number): { node: unknown; depth: number }[] {
  const children: unknown = Reflect.get(node, 'children');
  if (!Array.isArray(children) || depth >= maxDepth) return [];
  return children.slice(0, maxNodes).map((child: unknown) => ({ node: child, depth: depth + 1 }));
}

function levelOf(role: unknown): number | undefined {
  const name = String(role);
  if (name === 'Title' || name === 'H') return 1;
  const level = /^H([1-9])$/.exec(name)?.[1];
  return level === undefined ? undefined : Number(level);
}
