import { type PlacedElement, parsePlaced } from '../../placed-xml.ts';
import { localNameOf, writtenPrefixOf } from '../ooxml/source.ts';
import { createElementEdits, type ElementEdits } from './element-edits.ts';
import type { TargetLanguage } from './target.ts';

/** Shapes whose text stands where the layout says, mostly in the middle. */
const titles: ReadonlySet<string> = new Set(['title', 'ctrTitle', 'subTitle']);

/** Marks a part with text of DrawingML (slides, notes, charts, diagrams, drawings): the language of runs, and how paragraphs and tables run. */
export function markDrawingPart(source: string, target: TargetLanguage): string {
  const edits = createElementEdits(source);
  visit(parsePlaced(source), { target, edits, source, isAligned: true });
  return edits.finish();
}

interface Marking {
  readonly target: TargetLanguage;
  readonly edits: ElementEdits;
  readonly source: string;
  /** Paragraphs without an alignment of their own stand at the left. */
  readonly isAligned: boolean;
}

function visit(element: PlacedElement, marking: Marking): void {
  const { target, edits } = marking;
  const name = element.name;
  if (['a:rPr', 'a:endParaRPr', 'a:defRPr'].includes(name) && 'lang' in element.attributes) {
    edits.setAttribute(element, 'lang', target.regional);
  }
  if (name === 'a:p') markParagraph(element, marking);
  if (name === 'a:tblPr') setDirection(element, marking);
  const local = localNameOf(element);
  const isChart = local === 'chartSpace' || (local === 'sp' && isTitle(element));
  const inside = isChart ? { ...marking, isAligned: false } : marking;
  for (const child of element.children) visit(child, inside);
}

function isTitle(shape: PlacedElement): boolean {
  const [names] = shape.children;
  const application = names?.children.find((each) => localNameOf(each) === 'nvPr');
  const placeholder = application?.children.find((each) => localNameOf(each) === 'ph');
  return titles.has(placeholder?.attributes['type'] ?? '');
}

function markParagraph(paragraph: PlacedElement, marking: Marking): void {
  const { target, edits, source, isAligned } = marking;
  const properties = paragraph.children.find(({ name }) => name === 'a:pPr');
  if (properties === undefined) {
    if (!target.isRightToLeft || paragraph.children.length === 0) return;
    const prefix = writtenPrefixOf(source, paragraph);
    edits.insertChild(paragraph, `<${prefix}pPr${isAligned ? ' algn="r"' : ''} rtl="1"/>`);
    return;
  }
  const turned = setDirection(properties, marking);
  const alignment = properties.attributes['algn'] ?? (isAligned ? 'l' : undefined);
  if (!turned || (alignment !== 'l' && alignment !== 'r')) return;
  // Left and right are sides of the page here, not beginning and end.
  edits.setAttribute(properties, 'algn', alignment === 'l' ? 'r' : 'l');
}

/** Whether the direction is another now. */
function setDirection(element: PlacedElement, { target, edits }: Marking): boolean {
  const isTurned = ['1', 'true'].includes(element.attributes['rtl'] ?? '');
  if (isTurned === target.isRightToLeft) return false;
  edits.setAttribute(element, 'rtl', target.isRightToLeft ? '1' : '0');
  return true;
}
