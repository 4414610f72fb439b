import { SaxesParser, type SaxesTagNS } from 'saxes';
import { xmlLimits } from './limits.ts';
import { nameOf } from './xml-names.ts';
import { damagedXml, decodeXml, forbiddenXml, refuseAbove } from './xml-walk.ts';

/** An element of an Office part. Those have no mixed content: text before a child is dropped. */
export interface XmlElement {
  /** With the prefix of {@link nameOf}, not the one in the file. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** Parses a part as a whole. */
export function parseXml(bytes: Uint8Array): XmlElement {
  let root: XmlElement | undefined;
  parse(bytes, (element, parent) => {
    if (parent === undefined) root = element;
    return true;
  });
  if (root === undefined) throw damagedXml();
  return root;
}

/**
 * Hands out the children of every element called `parentName`, each complete, and forgets them: a part of a hundred megabytes is never
 * in memory as a tree.
 */
export function eachChildOf(
  bytes: Uint8Array,
  parentName: string,
  visit: (child: XmlElement) => void,
): void {
  parse(bytes, (element, parent) => {
    if (parent?.name !== parentName) return true;
    visit(element);
    return false;
  });
}

/** The first child of that name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

interface GrowingElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  text: string;
}

/** Called when an element ends. Its answer says whether the element is kept in its parent. */
type OnElement = (element: XmlElement, parent: XmlElement | undefined) => boolean;

function parse(bytes: Uint8Array, onElement: OnElement): void {
  const parser = createParser(onElement);
  for (const text of decodeXml(bytes)) parser.write(text);
  parser.close();
}

function createParser(onElement: OnElement) {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: GrowingElement[] = [];
  const counts = { nodes: 0, nodesAtOnce: 0, characters: 0 };

  parser.on('error', (cause) => {
    throw damagedXml(cause);
  });
  parser.on('doctype', () => {
    throw forbiddenXml();
  });
  parser.on('opentag', (tag) => {
    counts.nodes += 1;
    counts.nodesAtOnce += 1;
    refuseAbove('elements in a part', counts.nodes, xmlLimits.nodes);
    refuseAbove('elements in a paragraph or table', counts.nodesAtOnce, xmlLimits.nodesAtOnce);
    refuseAbove('levels of elements', open.length + 1, xmlLimits.depth);
    // What stands before a child is the white space of the layout.
    const parent = open.at(-1);
    if (parent !== undefined) parent.text = '';
    open.push(elementOf(tag));
  });
  const addText = (text: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    const parent = open.at(-1);
    if (element === undefined) return;
    if (element.children === none) counts.characters += element.text.length;
    refuseAbove('characters in a part', counts.characters, xmlLimits.characters);
    if (!onElement(element, parent)) counts.nodesAtOnce = open.length;
    else if (parent?.children === none) parent.children = [element];
    else parent?.children.push(element);
  });
  return parser;
}

/** Leaves share one empty list: most elements are leaves. */
const none: XmlElement[] = [];

function elementOf(tag: SaxesTagNS): GrowingElement {
  const attributes: Record<string, string> = {};
  for (const attribute of Object.values(tag.attributes)) {
    attributes[nameOf(attribute.uri, attribute.local)] = attribute.value;
  }
  return { name: nameOf(tag.uri, tag.local), attributes, children: none, text: '' };
}
