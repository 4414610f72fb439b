import { SaxesParser, type SaxesTagNS } from 'saxes';
import { xmlLimits } from '../../limits.ts';
import { attributesOf } from '../../xml.ts';
import { nameOf } from '../../xml-names.ts';
import { damaged, decodeXml, refuseAbove, refuseWrongXml } from '../../xml-source.ts';

/** An element and where it stands in the text of its part: offsets in UTF-16 code units, from the start of the part. */
export interface SourceElement {
  /** With the prefix of `nameOf`, not the one in the file. */
  readonly name: string;
  /** As in the file. */
  readonly rawName: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parent: SourceElement | undefined;
  readonly children: readonly SourceElement[];
  /** Of an element without children; references are resolved. */
  readonly text: string;
  /** The tag that opens it is `[start, openEnd)`, the one that closes it `[closeStart, end)`; both offsets are `end` where there is none. */
  readonly start: number;
  readonly openEnd: number;
  readonly closeStart: number;
  readonly end: number;
}

/** An XML part that is edited by splicing its text: what is not touched keeps every character. */
export interface SourcePart {
  readonly source: string;
  readonly root: SourceElement;
  /** Namespaces by the prefixes that the root declares; the default one has the prefix `''`. */
  readonly namespaces: Readonly<Record<string, string>>;
  readonly hasByteOrderMark: boolean;
}

/** Parses a part with the limits of `parseXml`. */
export function parseSource(bytes: Uint8Array): SourcePart {
  const source = decodeXml(bytes);
  const parser = new SaxesParser<{ xmlns: true; position: false }>({
    xmlns: true,
    position: false,
  });
  const state: State = { source, open: [], nodes: 0, characters: 0, namespaces: {} };
  refuseWrongXml(parser);
  parser.on('opentag', (tag) => openElement(tag, parser.position, state));
  const addText = (text: string) => {
    const element = state.open.at(-1);
    if (element === undefined || element.children !== noChildren) return;
    element.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => closeElement(parser.position, state));
  parser.write(source).close();
  const { root, namespaces } = state;
  if (root === undefined) throw damaged();
  const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { source, root, namespaces, hasByteOrderMark };
}

/** Bytes of a part: UTF-8, with the mark at its start if the original had one. */
export function encodePart(part: SourcePart, text: string): Uint8Array {
  const declared = text.replace(
    /^(<\?xml[^>]*?encoding\s*=\s*["'])(?!utf-8["'])[^"']*/i,
    (_, start: string) => `${start}UTF-8`,
  );
  return new TextEncoder().encode(part.hasByteOrderMark ? `\ufeff${declared}` : declared);
}

/** The first child of that name. */
export function sourceChild(
  element: SourceElement | undefined,
  name: string,
): SourceElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** The elements of a name in the order of the file, those within others of that name included. */
export function* descendantsOf(element: SourceElement, name: string): Generator<SourceElement> {
  for (const child of element.children) {
    if (child.name === name) yield child;
    yield* descendantsOf(child, name);
  }
}

/** Text for an element or, with `"` escaped too, for an attribute. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => escapes[character] ?? character);
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

interface GrowingElement extends SourceElement {
  children: SourceElement[];
  text: string;
  closeStart: number;
  end: number;
}

interface State {
  readonly source: string;
  readonly open: GrowingElement[];
  nodes: number;
  characters: number;
  root?: SourceElement;
  namespaces: Readonly<Record<string, string>>;
}

/** Leaves share one empty list: most elements are leaves. */
const noChildren: SourceElement[] = [];

/** `<` cannot stand in an attribute, so the nearest one before the end of a tag begins it. */
function openElement(tag: SaxesTagNS, position: number, state: State): void {
  const { open, source } = state;
  state.nodes += 1;
  refuseAbove('elements in a part', state.nodes, xmlLimits.nodesAtOnce);
  refuseAbove('levels of elements', open.length + 1, xmlLimits.depth);
  const parent = open.at(-1);
  const element: GrowingElement = {
    name: nameOf(tag.uri, tag.local),
    rawName: tag.name,
    attributes: attributesOf(tag),
    parent,
    children: noChildren,
    text: '',
    start: source.lastIndexOf('<', position - 1),
    openEnd: position,
    closeStart: position,
    end: position,
  };
  if (parent === undefined) {
    state.root = element;
    state.namespaces = { ...tag.ns };
  } else {
    parent.text = '';
    if (parent.children === noChildren) parent.children = [element];
    else parent.children.push(element);
  }
  open.push(element);
}

function closeElement(position: number, state: State): void {
  const element = state.open.pop();
  if (element === undefined) return;
  element.end = position;
  const isSelfClosing = position === element.openEnd && state.source[position - 2] === '/';
  element.closeStart = isSelfClosing ? position : state.source.lastIndexOf('<', position - 1);
  state.characters += element.text.length;
  refuseAbove('characters in a part', state.characters, xmlLimits.characters);
}
