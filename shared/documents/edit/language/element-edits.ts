import type { PlacedElement } from '../../placed-xml.ts';
import { attributeRange, escapeAttribute, localNameOf, writtenNameOf } from '../ooxml/source.ts';

/** A new text for a range of a part. */
export interface SourceEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Collects changes of elements of a part, by the places of its source. */
export interface ElementEdits {
  /** Sets an attribute, by its local name; one that is not there is written with the name given. */
  setAttribute(element: PlacedElement, name: string, value: string): void;
  /** Puts an element in, as the first child or behind the last of those that come before it. */
  insertChild(parent: PlacedElement, child: string, before?: ReadonlySet<string>): void;
  remove(element: PlacedElement): void;
  /** The part with all changes. */
  finish(): string;
}

interface Opened {
  readonly attributes: Map<string, string>;
  readonly children: string[];
}

export function createElementEdits(source: string): ElementEdits {
  const edits: SourceEdit[] = [];
  /** Elements that are closed by themselves, with what is to stand in them: their tag is written once. */
  const opened = new Map<PlacedElement, Opened>();
  const openedOf = (element: PlacedElement) => {
    const found: Opened = opened.get(element) ?? { attributes: new Map(), children: [] };
    opened.set(element, found);
    return found;
  };
  return {
    setAttribute(element, name, value) {
      const local = name.slice(name.indexOf(':') + 1);
      const range = attributeRange(source, element, local);
      if (range !== undefined) {
        edits.push({ ...range, text: escapeAttribute(value) });
        return;
      }
      openedOf(element).attributes.set(name, value);
    },
    insertChild(parent, child, before = new Set()) {
      if (parent.contentEnd === parent.end) {
        openedOf(parent).children.push(child);
        return;
      }
      const last = parent.children.findLast((each) => before.has(localNameOf(each)));
      const at = last?.end ?? parent.contentStart;
      edits.push({ start: at, end: at, text: child });
    },
    remove({ start, end }) {
      edits.push({ start, end, text: '' });
    },
    finish() {
      return splice(source, [
        ...edits,
        ...[...opened].flatMap((each) => tagEdits(source, ...each)),
      ]);
    },
  };
}

/** New attributes, and an end tag where there was none. */
function tagEdits(
  source: string,
  element: PlacedElement,
  { attributes, children }: Opened,
): SourceEdit[] {
  const { start, contentStart } = element;
  const name = writtenNameOf(source, element);
  const at = start + 1 + name.length;
  const added = [...attributes].map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`);
  const ofAttributes = added.length === 0 ? [] : [{ start: at, end: at, text: added.join('') }];
  if (children.length === 0) return ofAttributes;
  const [closing = ''] = /\s*\/>$/.exec(source.slice(start, contentStart)) ?? [];
  const text = `>${children.join('')}</${name}>`;
  return [...ofAttributes, { start: contentStart - closing.length, end: contentStart, text }];
}

/** What is inserted at one place keeps the order in which it came; what is inside of something removed goes with it. */
function splice(source: string, edits: readonly SourceEdit[]): string {
  const sorted = edits.toSorted((left, right) => left.start - right.start || left.end - right.end);
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, text } of sorted) {
    if (start < at) continue;
    pieces.push(source.slice(at, start), text);
    at = end;
  }
  return pieces.join('') + source.slice(at);
}
