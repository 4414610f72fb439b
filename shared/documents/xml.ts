import { SaxesParser, type SaxesTagNS } from 'saxes';
import { QuireError } from '#shared/domain/errors.ts';
import { xmlLimits } from './limits.ts';
import { nameOf } from './xml-names.ts';

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
  if (root === undefined) throw damaged();
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

const chunkSizeInBytes = 64 * 1024;

function parse(bytes: Uint8Array, onElement: OnElement): void {
  refuseOutsized(bytes);
  const parser = createParser(onElement);
  for (const text of decode(bytes)) parser.write(text);
  parser.close();
}

/** Counts start tags, and a few more where comments hold some, and measures texts and tags: a hundredth of the time of parsing. */
function refuseOutsized(bytes: Uint8Array): void {
  let elements = 0;
  let longest = 0;
  let last = 0;
  for (let index = bytes.indexOf(0x3c); index >= 0; index = bytes.indexOf(0x3c, index + 1)) {
    longest = Math.max(longest, sizeOfRun(bytes, last, index));
    last = index;
    const next = bytes[index + 1];
    if (next !== 0x2f && next !== 0x21 && next !== 0x3f) elements += 1;
  }
  longest = Math.max(longest, sizeOfRun(bytes, last, bytes.length));
  refuseAbove('elements in a part', elements, xmlLimits.nodes);
  refuseAbove('bytes in a text or tag', longest, xmlLimits.textSizeInBytes);
}

/** Without the white space, which costs little, if the run is long. */
function sizeOfRun(bytes: Uint8Array, from: number, to: number): number {
  if (to - from <= xmlLimits.textSizeInBytes) return to - from;
  return bytes.subarray(from, to).reduce((sum, byte) => sum + (byte > 0x20 ? 1 : 0), 0);
}

function* decode(bytes: Uint8Array): Generator<string> {
  try {
    const decoder = new TextDecoder(encodingOf(bytes), { fatal: true });
    for (let at = 0; at < bytes.length; at += chunkSizeInBytes) {
      yield decoder.decode(bytes.subarray(at, at + chunkSizeInBytes), { stream: true });
    }
    yield decoder.decode();
  } catch (cause) {
    throw damaged(cause);
  }
}

function createParser(onElement: OnElement) {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: GrowingElement[] = [];
  const counts = { nodes: 0, nodesAtOnce: 0, characters: 0, attributes: 0 };

  parser.on('error', (cause) => {
    throw damaged(cause);
  });
  parser.on('doctype', () => {
    throw forbidden();
  });
  // A tag is only handed out at its end, with all of its attributes.
  parser.on('attribute', () => {
    counts.attributes += 1;
    refuseAbove('attributes of an element', counts.attributes, xmlLimits.attributes);
  });
  parser.on('opentag', (tag) => {
    counts.attributes = 0;
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

function refuseAbove(what: string, actual: number, limit: number): void {
  if (actual <= limit) return;
  throw new QuireError(
    'archive_unsafe',
    `Expected at most ${limit} ${what}, the file has more. Split it, or save it again with an Office program.`,
    { details: { limit } },
  );
}

/** A mark at the start, else the pattern of the first two characters, else what the declaration says (XML 1.0, appendix F). */
function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff || second === 0) return 'utf-16le';
  if (first === 0xfe || first === 0) return 'utf-16be';
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  return /^[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? 'utf-8';
}

function forbidden(): QuireError {
  return new QuireError(
    'xml_forbidden',
    'Expected XML without a document type declaration; a part of the file has one. Save it again with an Office program.',
  );
}

function damaged(cause?: unknown): QuireError {
  return new QuireError(
    'corrupt_file',
    'Expected well-formed XML; a part of the file is not. Save it again with the program that made it.',
    { cause },
  );
}
