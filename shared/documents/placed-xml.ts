import { SaxesParser } from 'saxes';
import { xmlLimits } from './limits.ts';
import { attributesOf } from './xml.ts';
import { nameOf } from './xml-names.ts';
import { damaged, encodingOf, refuseAbove, refuseWrongXml } from './xml-source.ts';

/** An XML part as text, and the way back to bytes. */
export interface PartSource {
  /** With the byte order mark, if there is one, so that positions are those of the whole part. */
  readonly text: string;
  /** In the encoding that the part came in. */
  encode(text: string): Uint8Array;
}

/** An element and where it stands: `start` to `contentStart` is its start tag, `contentEnd` to `end` its end tag. */
export interface PlacedElement {
  /** With the prefix of {@link nameOf}, not the one in the file. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly PlacedElement[];
  /** All characters in it that are in no child. */
  readonly text: string;
  readonly start: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly end: number;
}

/** Called when an element ends; its answer says whether the element is kept in its parent. */
export type KeepElement = (element: PlacedElement, parentName: string | undefined) => boolean;

/**
 * The text of a part. UTF-8 and UTF-16, the two that Office files may use (ISO 29500-2, 8.1.4), stay what they are; a part in another
 * encoding becomes UTF-8 and says so in its declaration.
 */
export function decodePart(bytes: Uint8Array): PartSource {
  const encoding = encodingOf(bytes).toLowerCase();
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, encode: (changed) => encode(changed, encoding) };
  } catch (cause) {
    throw damaged(cause);
  }
}

/** Parses a part with the same refusals and limits as documents/xml.ts. Without `keep` the whole tree is kept. */
export function parsePlaced(text: string, keep: KeepElement = () => true): PlacedElement {
  const parser = new SaxesParser<{ xmlns: true; position: false }>({
    xmlns: true,
    position: false,
  });
  const open: Growing[] = [];
  const counts = { nodes: 0, nodesAtOnce: 0 };
  let root: PlacedElement | undefined;

  refuseWrongXml(parser);
  parser.on('opentag', (tag) => {
    counts.nodes += 1;
    counts.nodesAtOnce += 1;
    refuseAbove('elements in a part', counts.nodes, xmlLimits.nodes);
    refuseAbove('elements at once', counts.nodesAtOnce, xmlLimits.nodesAtOnce);
    refuseAbove('levels of elements', open.length + 1, xmlLimits.depth);
    const { position } = parser;
    open.push({
      name: nameOf(tag.uri, tag.local),
      attributes: attributesOf(tag),
      children: none,
      text: '',
      // No attribute may hold a raw `<`, so the last one begins the tag.
      start: text.lastIndexOf('<', position - 1),
      contentStart: position,
      contentEnd: position,
      end: position,
      isSelfClosing: tag.isSelfClosing,
    });
  });
  const addText = (characters: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += characters;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (element === undefined) return;
    if (!element.isSelfClosing) {
      element.end = parser.position;
      element.contentEnd = text.lastIndexOf('</', element.end - 1);
    }
    const parent = open.at(-1);
    if (parent === undefined) root = element;
    if (!keep(element, parent?.name)) counts.nodesAtOnce = open.length;
    else if (parent?.children === none) parent.children = [element];
    else parent?.children.push(element);
  });
  parser.write(text).close();
  if (root === undefined) throw damaged();
  return root;
}

interface Growing extends PlacedElement {
  children: PlacedElement[];
  text: string;
  contentEnd: number;
  end: number;
  readonly isSelfClosing: boolean;
}

/** Leaves share one empty list. */
const none: PlacedElement[] = [];

function encode(text: string, encoding: string): Uint8Array {
  if (encoding === 'utf-16le' || encoding === 'utf-16')
    return new Uint8Array(Buffer.from(text, 'utf16le'));
  if (encoding === 'utf-16be') return new Uint8Array(Buffer.from(text, 'utf16le').swap16());
  const declared = /^utf-?8$/.test(encoding) ? text : withDeclaredUtf8(text);
  return new Uint8Array(Buffer.from(declared, 'utf8'));
}

function withDeclaredUtf8(text: string): string {
  return text.replace(/^([^>]*\sencoding\s*=\s*["'])[\w.:-]+/, '$1UTF-8');
}
