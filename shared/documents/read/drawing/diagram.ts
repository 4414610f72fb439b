import { childOf, type XmlElement } from '../../xml.ts';
import { textIn } from './text-in.ts';

/** A point of a SmartArt diagram, by its depth from 0. */
export interface DiagramPoint {
  readonly text: string;
  readonly depth: number;
}

/**
 * The points of a diagram that have text (`dgm:dataModel`, ECMA-376 part 1, 21.4), each followed by those below it. Points that nothing
 * connects follow in the order of the file.
 */
export function readDiagram(dataModel: XmlElement): DiagramPoint[] {
  const points = childOf(dataModel, 'dgm:ptLst')?.children ?? [];
  const byId = new Map(points.map((point) => [point.attributes['modelId'] ?? '', point]));
  const below = childrenOf(dataModel);
  const found: DiagramPoint[] = [];
  // By hand and not by recursion, since a file may chain its points without end, and in circles.
  const visit = (start: string) => {
    const open = [{ id: start, depth: -1 }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { id, depth } = next;
      const point = byId.get(id);
      if (point === undefined) continue;
      byId.delete(id);
      const text = textOf(point);
      if (text !== '') found.push({ text, depth: Math.max(depth, 0) });
      for (const child of (below.get(id) ?? []).toReversed())
        open.push({ id: child, depth: depth + 1 });
    }
  };
  for (const point of points.filter(({ attributes }) => attributes['type'] === 'doc')) {
    visit(point.attributes['modelId'] ?? '');
  }
  for (const id of [...byId.keys()]) visit(id);
  return found;
}

/** Ids of the points below each point, in their order. A connection without a type is one of parent and child. */
function childrenOf(dataModel: XmlElement): ReadonlyMap<string, readonly string[]> {
  const connections = (childOf(dataModel, 'dgm:cxnLst')?.children ?? [])
    .map(({ attributes }) => attributes)
    .filter(({ type = 'parOf' }) => type === 'parOf')
    .toSorted((left, right) => Number(left['srcOrd'] ?? 0) - Number(right['srcOrd'] ?? 0));
  const below = new Map<string, string[]>();
  for (const { srcId = '', destId = '' } of connections) {
    const siblings = below.get(srcId);
    if (siblings === undefined) below.set(srcId, [destId]);
    else siblings.push(destId);
  }
  return below;
}

function textOf(point: XmlElement): string {
  return textIn(childOf(point, 'dgm:t'));
}
