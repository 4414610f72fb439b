import type { PlacedElement } from '../../placed-xml.ts';
import type { Dialect, NewPiece } from '../ooxml/compose.ts';
import type { InlineNode, Piece, Run, TextNode } from '../ooxml/inline.ts';
import { escapeContent, textNodeOf, withoutForbidden, writeTextElement } from '../ooxml/source.ts';
import { type FieldState, hasOwnText, type RawNode, resolveFields } from './fields.ts';

/** The nodes of a paragraph or of anything else that holds runs (`w:p`, `w:rubyBase`). */
export function wordNodesOf(
  container: PlacedElement,
  source: string,
  fields: FieldState,
): InlineNode[] {
  return resolveFields(rawNodesOf(container, { source, fields, cursors: new Set() }));
}

/** Text as WordprocessingML has it: tabs, line ends and special hyphens are elements. */
export function createWordDialect(prefix: string): Dialect {
  const tag = (name: string) => `<${prefix}${name}/>`;
  const elements: Readonly<Record<string, string>> = {
    '\t': tag('tab'),
    '\n': tag('br'),
    '\u2011': tag('noBreakHyphen'),
    '\u00ad': tag('softHyphen'),
  };
  const bare: Run = { open: `<${prefix}r>`, close: `</${prefix}r>`, format: '' };
  return {
    writeText(text, like, isInPlace) {
      const run = like?.run ?? bare;
      let startTag = isInPlace ? like?.startTag : undefined;
      const isUnchanged = isInPlace && text === like?.text;
      const lines = withoutForbidden(text).replace(/\r\n?/g, '\n');
      const sources = lines.split(/([\t\n\u2011\u00ad])/);
      return sources.flatMap((part, index): NewPiece[] => {
        if (index % 2 === 1) return [{ run, source: elements[part] ?? '' }];
        if (part === '' && sources.length > 1) return [];
        const counts = part.trim() !== part && !isUnchanged;
        const source = writeTextElement(startTag ?? `<${prefix}t>`, escapeContent(part), counts);
        startTag = undefined;
        return [{ run, source }];
      });
    },
  };
}

interface Reading {
  readonly source: string;
  readonly fields: FieldState;
  /** Ids of bookmarks that say where the cursor was last, perhaps in the middle of a word: nothing refers to them. */
  readonly cursors: Set<string>;
}

/** Every child with what follows it, up to the next: together they are all that is in the container. */
function rawNodesOf(container: PlacedElement, reading: Reading): RawNode[] {
  const { children, contentStart, contentEnd } = container;
  const first = children[0]?.start ?? contentEnd;
  const nodes: RawNode[] = [];
  if (first > contentStart)
    nodes.push(gap({ run: undefined, start: contentStart, end: first }, true));
  for (const [index, child] of children.entries()) {
    const end = children[index + 1]?.start ?? contentEnd;
    nodes.push(...nodesOfChild(child, end, reading));
  }
  return nodes;
}

/** Looked through: what is in them belongs to the text around. */
const wrappers = new Set([
  ...['w:hyperlink', 'w:ins', 'w:moveTo', 'w:smartTag', 'w:customXml', 'w:dir', 'w:bdo', 'w:sdt'],
]);
/** What must stand first. */
const properties = new Set(['w:pPr', 'w:smartTagPr', 'w:customXmlPr']);
/** What has to do with how text was typed or laid out. */
const looseGaps = new Set(['w:proofErr', 'w:lastRenderedPageBreak']);
const visible = new Set(['m:oMath', 'm:oMathPara', 'mc:AlternateContent']);

function nodesOfChild(child: PlacedElement, end: number, reading: Reading): RawNode[] {
  const { start, name } = child;
  const piece: Piece = { run: undefined, start, end };
  if (name === 'w:r') return nodesOfRun(child, end, reading);
  if (properties.has(name)) return [gap(piece, false)];
  if (looseGaps.has(name)) return [gap(piece, true)];
  if (wrappers.has(name)) return nodesOfWrapper(child, end, reading);
  if (isCursor(child, reading)) return [gap(piece, false)];
  if (name === 'w:fldSimple') {
    const isOwn = hasOwnText(child.attributes['w:instr'] ?? '') && !reading.fields.isFrozen();
    if (isOwn) return nodesOfWrapper(child, end, reading);
    return [atom(piece, false)];
  }
  return [atom(piece, !visible.has(name), orderKeyOf(child))];
}

/** Both ends of a range have the same. */
function orderKeyOf({ name, attributes }: PlacedElement): string | undefined {
  const range = /^w:(.+)Range(?:Start|End)$/.exec(name) ?? /^w:(bookmark|perm)/.exec(name);
  return range === null ? undefined : `${range[1] ?? ''} ${attributes['w:id'] ?? ''}`;
}

function isCursor({ name, attributes }: PlacedElement, { cursors }: Reading): boolean {
  const id = attributes['w:id'] ?? '';
  if (name === 'w:bookmarkEnd') return cursors.has(id);
  if (name !== 'w:bookmarkStart' || attributes['w:name'] !== '_GoBack') return false;
  cursors.add(id);
  return true;
}

function nodesOfWrapper(child: PlacedElement, end: number, reading: Reading): RawNode[] {
  const content =
    child.name === 'w:sdt' ? child.children.find(({ name }) => name === 'w:sdtContent') : child;
  const { start } = child;
  if (content === undefined || content.contentStart === content.end) {
    return [atom({ run: undefined, start, end }, true)];
  }
  return [
    {
      type: 'wrapper',
      open: [{ run: undefined, start, end: content.contentStart }],
      children: resolveFields(rawNodesOf(content, reading)),
      close: [{ run: undefined, start: content.contentEnd, end }],
    },
  ];
}

/** Elements of a run that are one character of text. */
const characters: Readonly<Record<string, string>> = {
  'w:noBreakHyphen': '\u2011',
  'w:softHyphen': '\u00ad',
};

function nodesOfRun(element: PlacedElement, end: number, reading: Reading): RawNode[] {
  const { source } = reading;
  const { children, start, contentEnd } = element;
  const runProperties = children.find(({ name }) => name === 'w:rPr');
  const content = children.filter(({ name }) => name !== 'w:rPr');
  const [first] = content;
  if (first === undefined) return [gap({ run: undefined, start, end }, true)];
  const run: Run = {
    open: source.slice(start, first.start),
    close: source.slice(contentEnd, end),
    format: formatOf(runProperties, source),
  };
  const isHidden = runProperties?.children.some(isVanish) === true;
  return content.map((child, index) => {
    const piece: Piece = { run, start: child.start, end: content[index + 1]?.start ?? contentEnd };
    return nodeInRun(child, piece, { ...reading, isHidden });
  });
}

function nodeInRun(
  child: PlacedElement,
  piece: Piece,
  { source, fields, isHidden }: Reading & { readonly isHidden: boolean },
): RawNode {
  const { name } = child;
  if (name === 'w:fldChar') return fields.see(child, piece);
  if (name === 'w:instrText') return fields.seeInstruction(child, piece);
  if (looseGaps.has(name)) return gap(piece, true);
  if (fields.isFrozen()) return { type: 'frozen', piece };
  if (isHidden) return atom(piece, true);
  if (name === 'w:t') return textOf(child, piece, source);
  const text = characters[name];
  if (text === undefined) return atom(piece, name === 'w:delText' || name === 'w:annotationRef');
  return { type: 'text', ...piece, elementEnd: child.end, text, startTag: undefined };
}

/** A line end within `w:t` is shown as a space. */
function textOf(child: PlacedElement, { run, end }: Piece, source: string): TextNode {
  return textNodeOf(source, child, { run, end, text: child.text.replace(/[\r\n]/g, ' ') });
}

function isVanish({ name, attributes }: PlacedElement): boolean {
  return name === 'w:vanish' && !['0', 'false', 'off'].includes(attributes['w:val'] ?? '');
}

/** Properties that no reader sees: language, spelling, and a mere hint at the kind of script. */
function formatOf(runProperties: PlacedElement | undefined, source: string): string {
  const seen = (runProperties?.children ?? []).filter(({ name, attributes }) => {
    if (name === 'w:lang' || name === 'w:noProof') return false;
    return name !== 'w:rFonts' || Object.keys(attributes).some((key) => key !== 'w:hint');
  });
  return seen.map(({ start, end }) => source.slice(start, end)).join('');
}

function gap(piece: Piece, isLoose: boolean): RawNode {
  return { type: 'gap', ...piece, isLoose };
}

function atom(piece: Piece, isMarker: boolean, orderKey?: string): RawNode {
  const order = orderKey === undefined ? {} : { orderKeys: [orderKey] };
  return { type: 'atom', pieces: [piece], isMarker, ...order };
}
