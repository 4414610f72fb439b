import { childOf, type XmlElement } from '../../xml.ts';
import type { Placeholder } from './deck.ts';

/** A shape of a slide that is no group. */
export interface Shape {
  readonly element: XmlElement;
  /** As in the file; the second shape of the same id `7` is `7#2`. */
  readonly id: string | undefined;
  readonly placeholder: Placeholder | undefined;
  /** It, or a group it is in, is switched off in the selection pane. */
  readonly isHidden: boolean;
  /** Where a click on the shape leads. */
  readonly link: XmlElement | undefined;
}

/**
 * The shapes of a slide, those in groups included: the title first, then back to front, which is the order in the file. It is the one that
 * PowerPoint's reading order pane shows and screen readers follow; positions would tear columns and diagrams apart.
 */
export function shapesOf(page: XmlElement): Shape[] {
  const shapes: Shape[] = [];
  const idCounts = new Map<string, number>();
  const tree = childOf(childOf(page, 'p:cSld'), 'p:spTree');
  if (tree !== undefined) collect(tree, false, { shapes, idCounts });
  const isTitle = ({ placeholder }: Shape) => titleTypes.has(placeholder?.type ?? '');
  return [...shapes.filter(isTitle), ...shapes.filter((shape) => !isTitle(shape))];
}

export const titleTypes: ReadonlySet<string> = new Set(['title', 'ctrTitle']);

/** One of the versions in which the same thing is written down (ISO 29500-3): the first of which something is read. */
export function branchOf(alternatives: XmlElement): XmlElement | undefined {
  const { children } = alternatives;
  return children.find((each) => contains(each, readNames)) ?? children[0];
}

export function placeholderOf(shape: XmlElement): Placeholder | undefined {
  const element = propertiesOf(shape, 'p:nvPr')?.children.find(({ name }) => name === 'p:ph');
  if (element === undefined) return undefined;
  return { type: element.attributes['type'] ?? 'obj', index: element.attributes['idx'] ?? '0' };
}

interface Collecting {
  readonly shapes: Shape[];
  readonly idCounts: Map<string, number>;
}

/** As deep as the XML may be, which is bounded. */
function collect(parent: XmlElement, isHidden: boolean, into: Collecting): void {
  for (const child of parent.children) {
    if (child.name === 'mc:AlternateContent') {
      const branch = branchOf(child);
      if (branch !== undefined) collect(branch, isHidden, into);
    } else if (child.name === 'p:grpSp') {
      collect(child, isHidden || isSwitchedOff(child), into);
    } else if (shapeNames.has(child.name)) {
      into.shapes.push(describe(child, isHidden, into.idCounts));
    }
  }
}

const shapeNames = new Set(['p:sp', 'p:cxnSp', 'p:pic', 'p:graphicFrame', 'p:contentPart']);

const readNames = new Set([
  ...['a:t', 'm:t', 'c:chart', 'cx:chart', 'dgm:relIds', 'p:oleObj', 'p:contentPart', 'p:pic'],
]);

function contains({ name, children }: XmlElement, names: ReadonlySet<string>): boolean {
  return names.has(name) || children.some((child) => contains(child, names));
}

function describe(element: XmlElement, isHidden: boolean, idCounts: Map<string, number>): Shape {
  const properties = propertiesOf(element, 'p:cNvPr');
  return {
    element,
    id: distinct(properties?.attributes['id'], idCounts),
    placeholder: placeholderOf(element),
    isHidden: isHidden || isSwitchedOff(element),
    link: childOf(properties, 'a:hlinkClick'),
  };
}

function distinct(id: string | undefined, counts: Map<string, number>): string | undefined {
  if (id === undefined) return undefined;
  const count = (counts.get(id) ?? 0) + 1;
  counts.set(id, count);
  return count === 1 ? id : `${id}#${count}`;
}

function isSwitchedOff(shape: XmlElement): boolean {
  const hidden = propertiesOf(shape, 'p:cNvPr')?.attributes['hidden'];
  return hidden === '1' || hidden === 'true';
}

/** `p:cNvPr` or `p:nvPr`; each kind of shape has another name for what is around them. */
function propertiesOf(shape: XmlElement, name: string): XmlElement | undefined {
  const around = shape.children.find((child) => /^(?:p|p14):nv\w*Pr$/.test(child.name));
  return childOf(around, name) ?? childOf(around, name.replace('p:', 'p14:'));
}
