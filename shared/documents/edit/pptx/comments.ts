import { type PlacedElement, parsePlaced } from '../../placed-xml.ts';
import type { Place } from '../../unit-list.ts';
import { type Block, type BlockFrame, type PartWalk, textBlock } from '../ooxml/blocks.ts';
import { drawingContentOf } from '../ooxml/drawing-inline.ts';
import { localNameOf } from '../ooxml/source.ts';

type SlidePlace = Extract<Place, { kind: 'slide' }>;

/** Comments of a slide: plain text (ECMA-376 part 1, 19.4.4), or paragraphs with replies in newer files (MS-PPTX 2.6). */
export function walkSlideComments(source: string, base: SlidePlace): PartWalk {
  const blocks: Block[] = [];
  let paragraph = 0;
  const visit = (element: PlacedElement) => {
    const isPlain = localNameOf(element) === 'text' && element.children.length === 0;
    if (!isPlain && element.name !== 'a:p') {
      for (const child of element.children) visit(child);
      return;
    }
    paragraph += 1;
    const frame: BlockFrame = { kind: 'comment', place: { ...base, paragraph } };
    const { contentStart: start, contentEnd: end } = element;
    const block = isPlain
      ? textBlock(element, frame)
      : { ...frame, start, end, content: drawingContentOf(element, source) };
    if (block !== undefined) blocks.push(block);
  };
  visit(parsePlaced(source));
  return { blocks, references: new Map() };
}
