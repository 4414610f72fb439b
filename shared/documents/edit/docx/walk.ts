import type { SegmentKind } from '#shared/domain/edit-view.ts';
import { type PlacedElement, parsePlaced } from '../../placed-xml.ts';
import type { Place } from '../../unit-list.ts';
import { attributeBlock, type Block, type BlockFrame, type PartWalk } from '../ooxml/blocks.ts';
import { localNameOf, writtenPrefixOf } from '../ooxml/source.ts';
import { completeFields, createFieldState, type FieldState } from './fields.ts';
import { createWordDialect, wordNodesOf } from './inline.ts';

type WordPlace = Extract<Place, { kind: 'docx' | 'odt' | 'rtf' }>;

/** A part of a Word document that holds paragraphs: the body, a header, the notes, the comments. */
export type WordPart = Pick<WordPlace, 'part' | 'story'>;

/**
 * Finds the paragraphs of a part, those in tables, content controls and text boxes included, and the descriptions of its images and
 * tables. What is deleted or moved away is left alone.
 */
export function walkWordPart(source: string, part: WordPart): PartWalk {
  const root = parsePlaced(source);
  const walker: Walker = {
    source,
    part,
    kind: part.part === 'comment' ? 'comment' : 'paragraph',
    complete: completeFields(root),
    blocks: [],
    references: new Map(),
    paragraphCount: 0,
  };
  visitAll(root, walker, { fields: createFieldState(walker.complete) });
  return walker;
}

interface Walker extends PartWalk {
  readonly source: string;
  readonly part: WordPart;
  readonly kind: SegmentKind;
  readonly complete: ReadonlySet<PlacedElement>;
  readonly blocks: Block[];
  readonly references: Map<string, Place>;
  paragraphCount: number;
}

interface Surroundings {
  readonly fields: FieldState;
  /** The outermost of the alternatives around, and whether this is not the first of them. */
  readonly alternative?: { readonly name: string; readonly isEcho: boolean };
}

function visitAll(parent: PlacedElement, walker: Walker, around: Surroundings): void {
  for (const child of parent.children) visit(child, walker, around);
}

function visit(element: PlacedElement, walker: Walker, around: Surroundings): void {
  switch (element.name) {
    case 'w:p':
      walker.paragraphCount += 1;
      addRuns(element, walker, around);
      visitAll(element, walker, around);
      break;
    case 'w:rubyBase':
      addRuns(element, walker, { ...around, fields: createFieldState(walker.complete) });
      visitAll(element, walker, around);
      break;
    case 'w:txbxContent':
      visitAll(element, walker, {
        ...around,
        fields: createFieldState(completeFields(element)),
      });
      break;
    case 'w:del':
    case 'w:moveFrom':
      walker.paragraphCount += countParagraphs(element);
      break;
    case 'mc:AlternateContent':
      visitAlternatives(element, walker, around);
      break;
    default:
      addDescriptions(element, walker, around);
      noteReferences(element, walker);
      visitAll(element, walker, around);
  }
}

function visitAlternatives(element: PlacedElement, walker: Walker, around: Surroundings): void {
  const name = around.alternative?.name ?? `alternative ${element.start}`;
  for (const [index, branch] of element.children.entries()) {
    const isEcho = index > 0 || around.alternative?.isEcho === true;
    visitAll(branch, walker, { ...around, alternative: { name, isEcho } });
  }
}

function addRuns(element: PlacedElement, walker: Walker, around: Surroundings): void {
  const { source } = walker;
  const nodes = wordNodesOf(element, source, around.fields);
  walker.blocks.push({
    ...frameOf(walker.kind, walker, around),
    start: element.contentStart,
    end: element.contentEnd,
    content: {
      type: 'inline',
      nodes,
      dialect: createWordDialect(writtenPrefixOf(source, element)),
    },
  });
}

function frameOf(kind: SegmentKind, walker: Walker, { alternative }: Surroundings): BlockFrame {
  const paragraph = Math.max(walker.paragraphCount, 1);
  const place: Place = { kind: 'docx', ...walker.part, paragraph };
  if (alternative === undefined) return { kind, place };
  if (!alternative.isEcho) return { kind, place, origins: [alternative.name] };
  return { kind, place, echo: { of: alternative.name, isNothingByItself: false } };
}

/** Attributes with text for a reader, by the local name of their element. */
const descriptions: Readonly<Record<string, readonly string[]>> = {
  docPr: ['descr', 'title'],
  cNvPr: ['descr', 'title'],
  tblCaption: ['w:val'],
  tblDescription: ['w:val'],
  shape: ['alt'],
  rect: ['alt'],
  roundrect: ['alt'],
  oval: ['alt'],
  group: ['alt'],
  textpath: ['string'],
};

/** The properties of a picture within its frame repeat what the frame says, or where the picture was when it was inserted. */
function addDescriptions(element: PlacedElement, walker: Walker, around: Surroundings): void {
  for (const name of descriptions[localNameOf(element)] ?? []) {
    const kind = name === 'string' ? 'paragraph' : 'alt-text';
    const frame = frameOf(kind, walker, around);
    const picture = `picture ${walker.paragraphCount} ${name}`;
    const isRepeated = element.name === 'pic:cNvPr';
    const origins = [...(frame.origins ?? []), picture];
    const block = attributeBlock(
      walker.source,
      { element, name },
      isRepeated
        ? { kind, place: frame.place, echo: { of: picture, isNothingByItself: true } }
        : { ...frame, origins },
    );
    if (block !== undefined) walker.blocks.push(block);
  }
}

/** Charts and diagrams are parts of their own; they are where they are shown. */
function noteReferences({ attributes }: PlacedElement, walker: Walker): void {
  for (const name of ['r:id', 'r:dm']) {
    const id = attributes[name];
    if (id === undefined || walker.references.has(id)) continue;
    walker.references.set(id, {
      kind: 'docx',
      ...walker.part,
      paragraph: Math.max(walker.paragraphCount, 1),
    });
  }
}

function countParagraphs(element: PlacedElement): number {
  const own = element.name === 'w:p' ? 1 : 0;
  return element.children.reduce((sum, child) => sum + countParagraphs(child), own);
}
