import type { PlacedElement } from '../../placed-xml.ts';
import { decodeEntities } from '../../xml-entities.ts';
import type { InlineContent } from '../ooxml/blocks.ts';
import type { AtomNode, InlineNode, Piece } from '../ooxml/inline.ts';
import { escapeContent } from '../ooxml/source.ts';

/**
 * A header or footer of printed pages: text with codes such as `&P` for the page or `&"Arial,Bold"` for a font (ECMA-376 part 1,
 * 18.3.1.46), which are tags here. `undefined` if it is written in a way that no program uses.
 */
export function pageTextOf(
  { contentStart, contentEnd }: PlacedElement,
  source: string,
): InlineContent | undefined {
  const raw = source.slice(contentStart, contentEnd);
  if (raw.includes('<')) return undefined;
  const nodes: InlineNode[] = [];
  const addText = (start: number, end: number) => {
    if (end <= start) return;
    const written = raw.slice(start, end);
    const text = (decodeEntities(written) ?? written).replaceAll('&&', '&');
    const range = { start: contentStart + start, end: contentStart + end };
    nodes.push({
      type: 'text',
      run: undefined,
      ...range,
      elementEnd: range.end,
      text,
      startTag: undefined,
    });
  };
  let at = 0;
  for (const match of raw.matchAll(codePattern)) {
    const end = match.index + match[0].length;
    if (match[1] === ampersand) continue;
    addText(at, match.index);
    nodes.push(
      codeOf(match[1] ?? '', {
        run: undefined,
        start: contentStart + match.index,
        end: contentStart + end,
      }),
    );
    at = end;
  }
  addText(at, raw.length);
  return { type: 'inline', nodes, dialect };
}

const ampersand = '&amp;';
/** A pair of ampersands is one that is printed. */
const codePattern =
  /&amp;(&amp;|"[^"]*"|&quot;(?:(?!&quot;)[^<])*&quot;|\d+|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|[A-Za-z])/g;

/** The three sections of a page keep their order. */
function codeOf(code: string, piece: Piece): AtomNode {
  const order = /^[LCR]$/.test(code) ? { orderKeys: ['section'] } : {};
  return { type: 'atom', pieces: [piece], isMarker: false, ...order };
}

/** A digit right behind a code could be read as a font size. */
const dialect: InlineContent['dialect'] = {
  writeText(text, like, isInPlace) {
    const isUnchanged = isInPlace && text === like?.text;
    const line = text.replace(/^(?=\d)/, isUnchanged ? '' : ' ').replaceAll('&', '&&');
    return [{ run: undefined, source: escapeContent(line) }];
  },
};
