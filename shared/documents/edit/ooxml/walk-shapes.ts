import type { SegmentKind } from '#shared/domain/edit-view.ts';
import { type PlacedElement, parsePlaced } from '../../placed-xml.ts';
import type { Place } from '../../unit-list.ts';
import { attributeBlock, type Block, type BlockFrame, type PartWalk } from './blocks.ts';
import { drawingContentOf } from './drawing-inline.ts';
import { localNameOf } from './source.ts';

/** Where something stands in a part with shapes. */
export interface ShapePosition {
  /** Id of the shape, as in the file. */
  readonly shape: string | undefined;
  /** Position among the paragraphs of the shape, from 1; 1 for the shape itself. */
  readonly paragraph: number;
  /** What fixes the shape to cells of a sheet. */
  readonly anchor: PlacedElement | undefined;
}

/** Finds the paragraphs of all shapes, those in groups and tables included, and the descriptions of shapes. */
export function walkShapes(
  source: string,
  placeOf: (position: ShapePosition) => Place,
  kind: SegmentKind = 'paragraph',
): PartWalk {
  const walker: Walker = { source, kind, placeOf, blocks: [], references: new Map() };
  visit(parsePlaced(source), walker, { shape: { id: undefined, paragraphCount: 0 } });
  return walker;
}

interface Walker extends PartWalk {
  readonly source: string;
  readonly kind: SegmentKind;
  readonly placeOf: (position: ShapePosition) => Place;
  readonly blocks: Block[];
  readonly references: Map<string, Place>;
}

interface Surroundings {
  readonly shape: { readonly id: string | undefined; paragraphCount: number };
  readonly anchor?: PlacedElement;
  /** The outermost of the alternatives around, and whether this is not the first of them. */
  readonly alternative?: { readonly name: string; readonly isEcho: boolean };
}

const shapes = new Set(['sp', 'pic', 'graphicFrame', 'cxnSp', 'grpSp', 'contentPart']);
const anchors = new Set(['twoCellAnchor', 'oneCellAnchor', 'absoluteAnchor']);

function visit(element: PlacedElement, walker: Walker, around: Surroundings): void {
  if (element.name === 'a:p') {
    around.shape.paragraphCount += 1;
    addParagraph(element, walker, around);
    return;
  }
  const name = localNameOf(element);
  if (name === 'AlternateContent') {
    visitAlternatives(element, walker, around);
    return;
  }
  if (name === 'cNvPr') addDescriptions(element, walker, around);
  noteReferences(element, walker, around);
  const inside: Surroundings = {
    ...around,
    ...(shapes.has(name) ? { shape: { id: shapeIdOf(element), paragraphCount: 0 } } : {}),
    ...(anchors.has(name) ? { anchor: element } : {}),
  };
  for (const child of element.children) visit(child, walker, inside);
}

function visitAlternatives(element: PlacedElement, walker: Walker, around: Surroundings): void {
  const name = around.alternative?.name ?? `alternative ${element.start}`;
  for (const [index, branch] of element.children.entries()) {
    const isEcho = index > 0 || around.alternative?.isEcho === true;
    visit(branch, walker, { ...around, alternative: { name, isEcho } });
  }
}

/** `p:nvSpPr/p:cNvPr/@id`; the first child of a shape holds its names, whatever kind of shape it is. */
function shapeIdOf({ children }: PlacedElement): string | undefined {
  return children[0]?.children.find((child) => localNameOf(child) === 'cNvPr')?.attributes['id'];
}

function addParagraph(element: PlacedElement, walker: Walker, around: Surroundings): void {
  const { contentStart: start, contentEnd: end } = element;
  const content = drawingContentOf(element, walker.source);
  walker.blocks.push({ ...frameOf(walker.kind, walker, around), start, end, content });
}

function addDescriptions(element: PlacedElement, walker: Walker, around: Surroundings): void {
  for (const name of ['descr', 'title']) {
    const block = attributeBlock(
      walker.source,
      { element, name },
      frameOf('alt-text', walker, around),
    );
    if (block !== undefined) walker.blocks.push(block);
  }
}

function frameOf(kind: SegmentKind, walker: Walker, around: Surroundings): BlockFrame {
  const place = placeIn(walker, around);
  const { alternative } = around;
  if (alternative === undefined) return { kind, place };
  if (!alternative.isEcho) return { kind, place, origins: [alternative.name] };
  return { kind, place, echo: { of: alternative.name, isNothingByItself: false } };
}

function placeIn({ placeOf }: Walker, { shape, anchor }: Surroundings): Place {
  return placeOf({ shape: shape.id, paragraph: Math.max(shape.paragraphCount, 1), anchor });
}

/** Charts and diagrams are parts of their own; they are where their frame is. */
function noteReferences({ attributes }: PlacedElement, walker: Walker, around: Surroundings): void {
  for (const name of ['r:id', 'r:dm']) {
    const id = attributes[name];
    if (id !== undefined) walker.references.set(id, placeIn(walker, around));
  }
}
