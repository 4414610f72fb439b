import { cleanText } from '../../clean-text.ts';
import { type ElementSpan, type Splice, spansOf, spliceText } from '../../splice.ts';
import { escapeXml } from '../../xml-writer.ts';

const field = /\{\{\s*([\w-]{1,60})\s*\}\}/g;

/** The paragraph that is `{{content}}` and nothing else; text of a table's cell or of a content control may be it as well. */
export function findContentPlace(
  xml: string,
): { readonly start: number; readonly end: number } | undefined {
  return paragraphsOf(xml).find(({ text }) => /^\s*\{\{\s*content\s*\}\}\s*$/.test(text))?.span;
}

export function hasField(xml: string, name: string): boolean {
  return paragraphsOf(xml).some(({ text }) =>
    [...text.matchAll(field)].some((match) => match[1] === name),
  );
}

/** Fills in `{{name}}`, also where Word has shared it out over several runs; its format is that of the first. Unknown names stay. */
export function fillFields(xml: string, values: Readonly<Record<string, string>>): string {
  const splices = paragraphsOf(xml).flatMap(({ text, pieces }) =>
    [...text.matchAll(field)].flatMap((match) => {
      const value = Object.hasOwn(values, match[1] ?? '') ? values[match[1] ?? ''] : undefined;
      if (value === undefined) return [];
      return spliceField(pieces, { from: match.index, to: match.index + match[0].length, value });
    }),
  );
  return spliceText(xml, splices);
}

/** A stretch of a paragraph's text, and where it stands in the part. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly start: number;
}

interface Paragraph {
  readonly span: ElementSpan;
  /** As it stands in the XML, entities included: a field has none. */
  readonly text: string;
  readonly pieces: readonly Piece[];
}

function paragraphsOf(xml: string): Paragraph[] {
  const spans = spansOf(xml, (name) => name === 'w:p' || name === 'w:t');
  const texts = spans.filter(({ name }) => name === 'w:t');
  let next = 0;
  // Spans come in the order in which they end: the texts of a paragraph come before it, those of a text box in it with the box.
  return spans
    .filter(({ name }) => name === 'w:p')
    .map((span) => {
      const pieces: Piece[] = [];
      let text = '';
      for (; next < texts.length; next += 1) {
        const own = texts[next];
        if (own === undefined || own.start > span.end) break;
        const content = xml.slice(own.contentStart, own.contentEnd);
        pieces.push({
          from: text.length,
          to: text.length + content.length,
          start: own.contentStart,
        });
        text += content;
      }
      return { span, text, pieces };
    });
}

interface Filling {
  readonly from: number;
  readonly to: number;
  readonly value: string;
}

function spliceField(pieces: readonly Piece[], { from, to, value }: Filling): Splice[] {
  const touched = pieces.filter((piece) => piece.from < to && piece.to > from);
  return touched.map((piece, index) => ({
    start: piece.start + Math.max(from - piece.from, 0),
    end: piece.start + Math.min(to, piece.to) - piece.from,
    text: index === 0 ? escapeXml(cleanText(value)) : '',
  }));
}
