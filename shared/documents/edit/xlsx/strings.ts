import type { PlacedElement } from '../../placed-xml.ts';
import type { InlineContent } from '../ooxml/blocks.ts';
import type { Dialect, NewPiece } from '../ooxml/compose.ts';
import type { InlineNode, Piece, Run } from '../ooxml/inline.ts';
import {
  escapeContent,
  localNameOf,
  textNodeOf,
  writeTextElement,
  writtenPrefixOf,
} from '../ooxml/source.ts';

/**
 * The text of a cell or comment (CT_Rst, ECMA-376 part 1, 18.4.8): `t` alone, or runs. How it is pronounced (`rPh`) is said of the old
 * characters by their positions, so it goes when they change.
 */
export function richTextOf(element: PlacedElement, source: string): InlineContent {
  const { children, contentStart, contentEnd } = element;
  const nodes: InlineNode[] = [];
  const first = children[0]?.start ?? contentEnd;
  if (first > contentStart) nodes.push(gap({ run: undefined, start: contentStart, end: first }));
  for (const [index, child] of children.entries()) {
    const end = children[index + 1]?.start ?? contentEnd;
    nodes.push(nodeOf(child, end, source));
  }
  const dialect = createSheetDialect(writtenPrefixOf(source, element));
  return { type: 'inline', nodes, dialect };
}

/** Characters that XML or Excel cannot hold as they are stand as `_x000D_` (ST_Xstring, 22.9.2.19). */
export function decodeXstring(text: string): string {
  return text.replace(/_x([0-9a-fA-F]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** What {@link decodeXstring} reads. */
export function encodeXstring(text: string): string {
  return (
    text
      .replace(/_x(?=[0-9a-fA-F]{4}_)/g, '_x005F_x')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, codeOf)
  );
}

function codeOf(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}

function nodeOf(child: PlacedElement, end: number, source: string): InlineNode {
  const { start } = child;
  const name = localNameOf(child);
  if (name === 't') {
    return textNodeOf(source, child, { run: undefined, end, text: decodeXstring(child.text) });
  }
  const text = name === 'r' ? child.children.find((each) => localNameOf(each) === 't') : undefined;
  if (text === undefined) return gap({ run: undefined, start, end, isStale: name === 'rPh' });
  const properties = child.children.find((each) => localNameOf(each) === 'rPr');
  const run: Run = {
    open: source.slice(start, text.start),
    close: source.slice(child.contentEnd, end),
    format:
      properties === undefined
        ? ''
        : source.slice(properties.contentStart, properties.contentEnd).trim(),
  };
  return textNodeOf(source, text, { run, end: child.contentEnd, text: decodeXstring(text.text) });
}

function createSheetDialect(prefix: string): Dialect {
  return {
    writeText(text, like, isInPlace): readonly NewPiece[] {
      const startTag = isInPlace ? like?.startTag : undefined;
      const content = escapeContent(encodeXstring(text.replace(/\r\n?/g, '\n')));
      const isUnchanged = isInPlace && text === like?.text;
      const countsSpace = !isUnchanged && (text.trim() !== text || text.includes('\n'));
      const own = isUnchanged ? escapeContent(encodeXstring(text)) : content;
      return [
        {
          run: like?.run,
          source: writeTextElement(startTag ?? `<${prefix}t>`, own, countsSpace),
        },
      ];
    },
  };
}

function gap(piece: Piece): InlineNode {
  return { type: 'gap', ...piece, isLoose: true };
}
