import type { PlacedElement } from '../../placed-xml.ts';
import type { InlineContent } from './blocks.ts';
import type { Dialect, NewPiece } from './compose.ts';
import type { InlineNode, Piece, Run, TextNode } from './inline.ts';
import { escapeContent, textNodeOf, writeTextElement, writtenPrefixOf } from './source.ts';

/**
 * The runs of a DrawingML paragraph (`a:p`), as slides, charts and diagrams have them (ECMA-376 part 1, 21.1.2). Breaks, fields and
 * formulas are atoms; the properties of the paragraph and of its end stay where they are.
 */
export function drawingContentOf(paragraph: PlacedElement, source: string): InlineContent {
  const dialect = createDrawingDialect(writtenPrefixOf(source, paragraph));
  return { type: 'inline', nodes: nodesOf(paragraph, source), dialect };
}

function nodesOf(
  { children, contentStart, contentEnd }: PlacedElement,
  source: string,
): InlineNode[] {
  const first = children[0]?.start ?? contentEnd;
  const nodes: InlineNode[] = [];
  if (first > contentStart) nodes.push(gap({ run: undefined, start: contentStart, end: first }));
  for (const [index, child] of children.entries()) {
    const end = children[index + 1]?.start ?? contentEnd;
    nodes.push(...nodesOfChild(child, end, source));
  }
  return nodes;
}

function nodesOfChild(child: PlacedElement, end: number, source: string): InlineNode[] {
  const piece: Piece = { run: undefined, start: child.start, end };
  if (child.name === 'a:r') return nodesOfRun(child, end, source);
  if (child.name === 'a:pPr' || child.name === 'a:endParaRPr') return [gap(piece)];
  return [{ type: 'atom', pieces: [piece], isMarker: false }];
}

function nodesOfRun(element: PlacedElement, end: number, source: string): InlineNode[] {
  const text = element.children.find(({ name }) => name === 'a:t');
  const piece: Piece = { run: undefined, start: element.start, end };
  if (text === undefined) return [gap(piece)];
  const properties = element.children.find(({ name }) => name === 'a:rPr');
  const run: Run = {
    open: source.slice(element.start, text.start),
    close: source.slice(element.contentEnd, end),
    format: formatOf(properties, source),
  };
  const characters = text.text.replace(/[\r\n]/g, ' ');
  return [textNodeOf(source, text, { run, end: element.contentEnd, text: characters })];
}

/** Attributes that no reader sees, and those that a program sets when it has checked the spelling. */
const unseen = new Set(['lang', 'altLang', 'dirty', 'err', 'noProof', 'smtClean', 'smtId']);

function formatOf(properties: PlacedElement | undefined, source: string): string {
  if (properties === undefined) return '';
  const attributes = Object.entries(properties.attributes)
    .filter(([name]) => !unseen.has(name))
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const { contentStart, contentEnd } = properties;
  return attributes.toSorted().join(' ') + source.slice(contentStart, contentEnd);
}

/** A line end is an element beside runs, with the same properties; white space always counts. */
function createDrawingDialect(prefix: string): Dialect {
  const bare: Run = { open: `<${prefix}r>`, close: `</${prefix}r>`, format: '' };
  return {
    writeText(text, like: TextNode | undefined, isInPlace) {
      const run = like?.run ?? bare;
      let startTag = isInPlace ? like?.startTag : undefined;
      const lines = text.replace(/\r\n?/g, '\n').split('\n');
      return lines.flatMap((line, index): NewPiece[] => {
        const pieces: NewPiece[] = [];
        if (index > 0) pieces.push({ run: undefined, source: breakLike(run, prefix) });
        if (line === '' && lines.length > 1) return pieces;
        const source = writeTextElement(startTag ?? `<${prefix}t>`, escapeContent(line), false);
        startTag = undefined;
        return [...pieces, { run, source }];
      });
    },
  };
}

function breakLike({ open }: Run, prefix: string): string {
  const properties = open.slice(open.indexOf('>') + 1).trim();
  return `<${prefix}br>${properties}</${prefix}br>`;
}

function gap(piece: Piece): InlineNode {
  return { type: 'gap', ...piece, isLoose: false };
}
