import type { XmlElement } from '../../xml.ts';
import { isChart, readChart as textsOfChart } from '../drawing/chart.ts';
import { readDiagram as pointsOfDiagram } from '../drawing/diagram.ts';
import type { Drawing } from './asides.ts';
import type { Relations } from './relations.ts';

type DrawingContent = Omit<Drawing, 'place'>;

/** The chart that a reference (`c:chart`, `cx:chart`) stands for; `undefined` if there is none or it was read before. */
export function readChart(reference: XmlElement, relations: Relations): DrawingContent | undefined {
  const root = relations.takeOnce(reference.attributes['r:id']);
  if (root === undefined || !isChart(root)) return undefined;
  const lines = textsOfChart(root).map(({ text }) => ({ text }));
  return { kind: 'drawing', unitKind: 'chart', lines };
}

/** The points of the SmartArt diagram that a reference (`dgm:relIds`) stands for. */
export function readDiagram(
  reference: XmlElement,
  relations: Relations,
): DrawingContent | undefined {
  const root = relations.takeOnce(reference.attributes['r:dm']);
  if (root === undefined) return undefined;
  const lines = pointsOfDiagram(root).map(({ text, depth }) => ({
    text,
    level: Math.min(depth, 9),
  }));
  return { kind: 'drawing', unitKind: 'list-item', lines };
}
