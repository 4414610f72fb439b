import { SaxesParser } from 'saxes';
import { parseXml } from '../xml.ts';
import { nameOf } from '../xml-names.ts';

/** Where an element stands in the text of a part. */
export interface ElementSpan {
  /** As {@link parseXml} names it. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Names of the elements around it, outermost first. */
  readonly path: readonly string[];
  readonly start: number;
  /** Behind its start tag. */
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly end: number;
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
  const parser = new SaxesParser({ xmlns: true, position: true });
  const spans: ElementSpan[] = [];
  const open: Omit<ElementSpan, 'contentEnd' | 'end'>[] = [];
  const path: string[] = [];
  parser.on('opentag', (tag) => {
    const attributes: Record<string, string> = {};
    for (const { uri, local, value } of Object.values(tag.attributes)) {
      attributes[nameOf(uri, local)] = value;
    }
    const name = nameOf(tag.uri, tag.local);
    // Neither `<` nor a start tag can stand within a start tag.
    const start = xml.lastIndexOf('<', parser.position - 1);
    open.push({ name, attributes, path: [...path], start, contentStart: parser.position });
    path.push(name);
  });
  parser.on('closetag', ({ isSelfClosing }) => {
    const span = open.pop();
    path.pop();
    if (span === undefined || !isWanted(span.name)) return;
    const end = parser.position;
    spans.push({ ...span, contentEnd: isSelfClosing ? end : xml.lastIndexOf('<', end - 1), end });
  });
  parser.write(xml).close();
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
