import MarkdownIt, { type Token } from 'markdown-it';
import footnotes from 'markdown-it-footnote';
import { escapeMarkdown } from './markdown/escape.ts';
import { inlinePieces, type MarkdownParser } from './markdown/inline.ts';
import { createSourceLines, type SourceLines } from './markdown/source-lines.ts';
import type { EditableFile } from './segments.ts';
import { openEncodedText } from './text/encoded-text.ts';
import { editableText, hasText, type SourceSegment } from './text/text-segments.ts';

/**
 * Opens Markdown (CommonMark, tables, footnotes) for rewriting its texts: paragraphs, headings, items, cells of tables, texts of links and
 * of images. Code, addresses, HTML, front matter and all markup stay byte for byte. The parser gives lines only; the place of each piece is
 * found by matching its tokens against the source, and a text that does not match is no segment.
 */
export function openMarkdownForEdit(bytes: Uint8Array): EditableFile {
  const encoded = openEncodedText(bytes);
  const lines = createSourceLines(encoded.text);
  const parser = new MarkdownIt({ html: true }).use(footnotes);
  // Escapes and entities stay tokens of their own, which have their source.
  parser.core.ruler.disable('text_join');
  const segments: SourceSegment[] = [];
  const row: Row = { line: undefined, at: 0 };
  for (const token of parser.parse(withoutFrontMatter(encoded.text), {})) {
    if (token.type === 'tr_open') Object.assign(row, { line: token.map?.[0], at: 0 });
    if (token.type === 'tr_close') row.line = undefined;
    if (token.type === 'inline') segments.push(...segmentsOf(token, { lines, row, parser }));
  }
  return editableText(
    encoded,
    segments.toSorted((left, right) => left.start - right.start || right.end - left.end),
  );
}

interface Row {
  /** Of the row of a table that is being read; its cells are on that line, one after the other. */
  line: number | undefined;
  at: number;
}

/** Lines are what counts, so those of the front matter become empty. */
function withoutFrontMatter(text: string): string {
  return text.replace(/^---\r?\n[\s\S]*?\r?\n---(?:\r?\n|$)/, (matter) =>
    matter.replace(/[^\r\n]+/g, ''),
  );
}

function segmentsOf(
  token: Token,
  {
    lines,
    row,
    parser,
  }: { readonly lines: SourceLines; readonly row: Row; readonly parser: MarkdownParser },
): SourceSegment[] {
  const isCell = row.line !== undefined;
  const first = row.line ?? token.map?.[0];
  if (first === undefined || token.content.trim() === '') return [];
  const place = lines.locate(token.content, first, isCell ? row.at : undefined);
  if (place === undefined) return [];
  if (isCell) row.at = place.end - lines.startOf(first);
  const inline = inlinePieces(token, { toSource: place.toSource, parser });
  if (inline === undefined) return [];
  const segments = inline.images.map(
    ({ start, end, text }): SourceSegment => ({
      id: `alt-${start}`,
      kind: 'alt-text',
      place: { kind: 'text', line: first + 1 },
      start,
      end,
      pieces: [{ type: 'text', text }],
      write: (written) => escapeMarkdown(written, isCell),
    }),
  );
  if (!hasText(inline.pieces)) return segments;
  const { start, end } = place;
  return [
    ...segments,
    {
      id: `text-${start}`,
      kind: isCell ? 'cell' : 'paragraph',
      place: { kind: 'text', line: first + 1 },
      start,
      end,
      pieces: inline.pieces,
      write: (written) => escapeMarkdown(written, isCell),
    },
  ];
}
