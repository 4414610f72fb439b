import { childOf, type XmlElement } from '../../xml.ts';
import { readChart } from './charts.ts';
import type { Page } from './deck.ts';
import { readDiagram } from './diagrams.ts';
import { branchOf, type Shape } from './shapes.ts';
import { readTable } from './tables.ts';

/** Adds what stands in a graphic frame. Answers what it does not know, for the text in it. */
export function readFrame(shape: Shape, page: Page): XmlElement | undefined {
  const data = childOf(childOf(shape.element, 'a:graphic'), 'a:graphicData');
  for (const content of data === undefined ? [] : contentsOf(data)) {
    switch (content.name) {
      case 'a:tbl':
        readTable(content, shape, page);
        break;
      case 'c:chart':
      case 'cx:chart':
        readChart(page.source.target(content.attributes['r:id']), shape, page);
        break;
      case 'dgm:relIds':
        readDiagram(content, shape, page);
        break;
      case 'p:oleObj':
        page.deck.tally.add('object');
        break;
      default:
        return content;
    }
  }
  return undefined;
}

function contentsOf(data: XmlElement): XmlElement[] {
  return data.children.flatMap((child) =>
    child.name === 'mc:AlternateContent' ? (branchOf(child)?.children ?? []) : [child],
  );
}
