import { type PlacedElement, parsePlaced } from '../../placed-xml.ts';
import type { Place } from '../../unit-list.ts';
import type { Block, PartWalk } from './blocks.ts';
import { drawingContentOf } from './drawing-inline.ts';

/**
 * All DrawingML paragraphs of a part. A diagram is kept twice, as data and as drawn (MS-ODRAWXML 2.6): the data is the origin of `data`, and
 * what is drawn echoes it.
 */
export function walkDrawingText(
  source: string,
  place: Place,
  names: Pick<Block, 'origins' | 'echo'> = {},
): PartWalk {
  const blocks: Block[] = [];
  let paragraph = 0;
  const visit = (element: PlacedElement) => {
    if (element.name !== 'a:p') {
      for (const child of element.children) visit(child);
      return;
    }
    paragraph += 1;
    const own: Place = place.kind === 'slide' ? { ...place, paragraph } : place;
    const { contentStart: start, contentEnd: end } = element;
    const content = drawingContentOf(element, source);
    blocks.push({ kind: 'paragraph', place: own, start, end, content, ...names });
  };
  visit(parsePlaced(source));
  return { blocks, references: new Map() };
}
