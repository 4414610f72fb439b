import { SaxesParser, type SaxesTagNS } from 'saxes';
import { xmlLimits } from './limits.ts';
import { nameOf } from './xml-names.ts';
import { damaged, piecesOfXml, refuseAbove, refuseWrongXml } from './xml-source.ts';

/**
 * An element of an Office part. Office Open XML has no mixed content: text before a child is dropped, unless the function that parses
 * says that it keeps it.
 */
export interface XmlElement {
  /** With the prefix of {@link nameOf}, not the one in the file. A piece of text among elements is called {@link textNodeName}. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** Name of a piece of text that stands before, between or behind the children of an element. */
export const textNodeName = '#text';

/** Parses a part as a whole. */
export function parseXml(bytes: Uint8Array): XmlElement {
  return parseWhole(bytes, dropMixed);
}

/**
 * Parses a part as a whole and keeps mixed content, as OpenDocument has it: in an element with children each piece of text, white space
 * included, is a child called {@link textNodeName} in its place. An element without children keeps its text in `text`.
 */
export function parseMixedXml(bytes: Uint8Array): XmlElement {
  return parseWhole(bytes, keepMixed);
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
  parse(bytes, dropMixed, (element, parent) => {
    if (parent?.name !== parentName) return true;
    visit(element);
    return false;
  });
}

/**
 * As {@link eachChildOf} for several parents, with mixed content as in {@link parseMixedXml}. Text that stands in such a parent itself
 * is not handed out.
 */
export function eachMixedChildOf(
  bytes: Uint8Array,
  parentNames: ReadonlySet<string>,
  visit: (child: XmlElement, parent: XmlElement) => void,
): void {
  const keepsText = (element: XmlElement) => !parentNames.has(element.name);
  parse(bytes, keepsText, (element, parent) => {
    if (parent === undefined || !parentNames.has(parent.name)) return true;
    visit(element, parent);
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

function parseWhole(bytes: Uint8Array, keepsText: KeepsText): XmlElement {
  let root: XmlElement | undefined;
  parse(bytes, keepsText, (element, parent) => {
    if (parent === undefined) root = element;
    return true;
  });
  if (root === undefined) throw damaged();
  return root;
}

function parse(bytes: Uint8Array, keepsText: KeepsText, onElement: OnElement): void {
  const parser = createParser(keepsText, onElement);
  for (const text of piecesOfXml(bytes)) parser.write(text);
  parser.close();
}

/** Whether the text among the children of an element is kept. */
type KeepsText = (element: XmlElement) => boolean;

const dropMixed: KeepsText = () => false;
const keepMixed: KeepsText = () => true;

function createParser(keepsText: KeepsText, onElement: OnElement) {
  const parser = new SaxesParser<{ xmlns: true; position: false }>({
    xmlns: true,
    position: false,
  });
  const open: GrowingElement[] = [];
  const counts = { nodes: 0, nodesAtOnce: 0, characters: 0 };

  refuseWrongXml(parser);
  parser.on('opentag', (tag) => {
    counts.nodes += 1;
    counts.nodesAtOnce += 1;
    refuseAbove('elements in a part', counts.nodes, xmlLimits.nodes);
    refuseAbove('elements in a paragraph or table', counts.nodesAtOnce, xmlLimits.nodesAtOnce);
    refuseAbove('levels of elements', open.length + 1, xmlLimits.depth);
    const parent = open.at(-1);
    if (parent !== undefined) endText(parent);
    open.push(elementOf(tag));
  });
  const addText = (text: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  /** Text that is not kept is the white space of the layout. */
  const endText = (element: GrowingElement) => {
    if (element.text !== '' && keepsText(element)) {
      counts.characters += element.text.length;
      const piece = { name: textNodeName, attributes: {}, children: none, text: element.text };
      addChild(element, piece);
    }
    element.text = '';
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    const parent = open.at(-1);
    if (element === undefined) return;
    if (element.children === none) counts.characters += element.text.length;
    else if (keepsText(element)) endText(element);
    refuseAbove('characters in a part', counts.characters, xmlLimits.characters);
    if (!onElement(element, parent)) counts.nodesAtOnce = open.length;
    else if (parent !== undefined) addChild(parent, element);
  });
  return parser;
}

function addChild(parent: GrowingElement, child: XmlElement): void {
  if (parent.children === none) parent.children = [child];
  else parent.children.push(child);
}

/** Leaves share one empty list: most elements are leaves. */
const none: XmlElement[] = [];

function elementOf(tag: SaxesTagNS): GrowingElement {
  const attributes = attributesOf(tag);
  return { name: nameOf(tag.uri, tag.local), attributes, children: none, text: '' };
}

/** By the names of {@link nameOf}. */
export function attributesOf(tag: SaxesTagNS): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const attribute of Object.values(tag.attributes)) {
    attributes[nameOf(attribute.uri, attribute.local)] = attribute.value;
  }
  return attributes;
}
