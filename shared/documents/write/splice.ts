import { type PlacedElement, parsePlaced } from '../placed-xml.ts';
import { parseXml } from '../xml.ts';

/** Where an element stands in the text of a part. */
export interface ElementSpan extends Omit<PlacedElement, 'children' | 'text'> {
  /** Names of the elements around it, outermost first. */
  readonly path: readonly string[];
}

/** A stretch of text that is replaced. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Text of a part, for splicing. What {@link parseXml} refuses is refused here as well. */
export function textOfPart(bytes: Uint8Array): string {
  parseXml(bytes);
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return asUtf8(new TextDecoder('utf-16le').decode(bytes));
  if (first === 0xfe && second === 0xff) return asUtf8(new TextDecoder('utf-16be').decode(bytes));
  return new TextDecoder().decode(bytes);
}

/** Every element of the names wanted, in the order in which they end. */
export function spansOf(xml: string, isWanted: (name: string) => boolean): ElementSpan[] {
  const spans: ElementSpan[] = [];
  const collect = (element: PlacedElement, path: readonly string[]) => {
    const inside = [...path, element.name];
    for (const child of element.children) collect(child, inside);
    if (!isWanted(element.name)) return;
    const { name, attributes, start, contentStart, contentEnd, end } = element;
    spans.push({ name, attributes, path, start, contentStart, contentEnd, end });
  };
  collect(parsePlaced(xml), []);
  return spans;
}

/** Replaces stretches that do not overlap. */
export function spliceText(text: string, splices: readonly Splice[]): string {
  let at = 0;
  let result = '';
  for (const splice of splices.toSorted((left, right) => left.start - right.start)) {
    result += text.slice(at, splice.start) + splice.text;
    at = splice.end;
  }
  return result + text.slice(at);
}

function asUtf8(text: string): string {
  return text.replace(/^(<\?xml[^>]*encoding=["'])[^"']*/, '$1UTF-8');
}
