import { childOf, type XmlElement } from '../../xml.ts';
import { linksOf } from '../inline-text.ts';
import { addToDeck, type Page } from './deck.ts';
import type { Shape } from './shapes.ts';
import { paragraphsIn, readParagraph } from './text.ts';

/**
 * Adds the text of a SmartArt diagram from its data (ECMA-376 21.4.2), outline order, with the depth in the outline as level. The drawing
 * that PowerPoint made of it repeats the same text and is not read.
 */
export function readDiagram(reference: XmlElement, shape: Shape, page: Page): void {
  const part = page.deck.parts.take(page.source.target(reference.attributes['r:dm']));
  if (part === undefined) return;
  const points = childOf(part.root, 'dgm:ptLst')?.children ?? [];
  const positions = positionsIn(part.root);
  const links = { source: part, slideNumbers: page.deck.slideNumbers };
  for (const { point, level } of inOutlineOrder(points, part.root)) {
    const text = childOf(point, 'dgm:t');
    for (const paragraph of text === undefined ? [] : paragraphsIn(text)) {
      const content = readParagraph(paragraph, links);
      const spot = {
        part: 'diagram' as const,
        shape: shape.id,
        paragraph: positions.get(paragraph) ?? 1,
        isHidden: shape.isHidden,
      };
      addToDeck(page, spot, { kind: 'list-item', level, text: content.text, ...linksOf(content) });
    }
  }
}

/** Place of each paragraph among those of the part. */
function positionsIn(root: XmlElement): ReadonlyMap<XmlElement, number> {
  return new Map(paragraphsIn(root).map((paragraph, index) => [paragraph, index + 1]));
}

interface OutlinePoint {
  readonly point: XmlElement;
  readonly level: number;
}

/** Points that no connection reaches come last, in the file's order; a circle of connections ends where it began. */
function inOutlineOrder(points: readonly XmlElement[], root: XmlElement): readonly OutlinePoint[] {
  const outline: Outline = {
    byId: new Map(points.map((point) => [point.attributes['modelId'] ?? '', point])),
    childIds: childIdsByParent(root),
    seen: new Set(),
    found: [],
  };
  for (const point of points.filter(isDocument)) follow({ point, level: -1 }, outline);
  for (const point of points) follow({ point, level: 0 }, outline);
  return outline.found;
}

interface Outline {
  readonly byId: ReadonlyMap<string, XmlElement>;
  readonly childIds: ReadonlyMap<string, readonly string[]>;
  readonly seen: Set<XmlElement>;
  readonly found: OutlinePoint[];
}

function isDocument(point: XmlElement): boolean {
  return point.attributes['type'] === 'doc';
}

/** Without recursion, since a chain of points may be of any length. */
function follow(start: OutlinePoint, { byId, childIds, seen, found }: Outline): void {
  const waiting = [start];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { point, level } = next;
    if (seen.has(point)) continue;
    seen.add(point);
    found.push({ point, level: Math.max(0, Math.min(level, 9)) });
    for (const id of (childIds.get(point.attributes['modelId'] ?? '') ?? []).toReversed()) {
      const child = byId.get(id);
      if (child !== undefined) waiting.push({ point: child, level: level + 1 });
    }
  }
}

function childIdsByParent(root: XmlElement): ReadonlyMap<string, readonly string[]> {
  const connections = (childOf(root, 'dgm:cxnLst')?.children ?? [])
    .filter(({ attributes }) => (attributes['type'] ?? 'parOf') === 'parOf')
    .toSorted((left, right) => orderOf(left) - orderOf(right));
  const children = new Map<string, string[]>();
  for (const { attributes } of connections) {
    const parent = attributes['srcId'] ?? '';
    const siblings = children.get(parent) ?? [];
    siblings.push(attributes['destId'] ?? '');
    children.set(parent, siblings);
  }
  return children;
}

function orderOf({ attributes }: XmlElement): number {
  const order = Number(attributes['srcOrd'] ?? 0);
  return Number.isFinite(order) ? order : 0;
}
