import type { XmlElement } from '../../xml.ts';

/** A shape of a slide that is no group. */
export interface SlideShape {
  readonly element: XmlElement;
  /** As in the file, or `#3` for the third shape where the file gives it none. */
  readonly id: string;
  /** What the layout wants of it, for example `title`, `outline`, `notes` (`presentation:class`). */
  readonly role: string | undefined;
  /** Nobody has filled it: its text says what to do, and is not shown. */
  readonly isPrompt: boolean;
}

/** The shapes of a slide, those in groups included, back to front, which is the order in the file. */
export function slideShapesOf(page: XmlElement): SlideShape[] {
  const elements: XmlElement[] = [];
  collect(page, elements);
  const ids = new Set<string>();
  return elements.map((element, index) => {
    const own = element.attributes['xml:id'] ?? element.attributes['draw:id'];
    const id = own === undefined || ids.has(own) ? `#${index + 1}` : own;
    ids.add(id);
    return {
      element,
      id,
      role: element.attributes['presentation:class'],
      isPrompt: element.attributes['presentation:placeholder'] === 'true',
    };
  });
}

const groups = new Set(['draw:g', 'draw:a', 'dr3d:scene']);

/** As deep as the XML may be, which is bounded. */
function collect(parent: XmlElement, elements: XmlElement[]): void {
  for (const child of parent.children) {
    if (groups.has(child.name)) collect(child, elements);
    else if (/^(?:draw|dr3d):/.test(child.name)) elements.push(child);
  }
}
