import type { PlainBlock } from '#shared/domain/plain-block.ts';
import type { ParagraphAddress } from '#shared/domain/redline.ts';
import type { Line, Part, Passage } from './lines.ts';

/** The parts of a document that can only be read, with the places that their texts get in a plain Word document of them. */
export interface TextBase {
  readonly parts: readonly Part[];
  readonly blocks: readonly PlainBlock[];
}

/**
 * Lays the texts of a document one behind the other: the body, then what else there is, all in one body. Each paragraph, each cell and the
 * empty paragraph behind each table has the number that `writePlainDocx` gives it.
 */
export function layOutText(parts: readonly Part[]): TextBase {
  const sheet = createSheet();
  const inOrder = parts.toSorted((left, right) => rankOf(left) - rankOf(right));
  const laid = new Map(
    inOrder.map((part) => {
      const lines = part.lines.flatMap((line, index) => sheet.lay(line, part.lines[index + 1]));
      return [part, { ...part, lines }] as const;
    }),
  );
  return { parts: parts.map((part) => laid.get(part) ?? part), blocks: sheet.blocks };
}

function rankOf({ kind }: Part): number {
  return kind === 'body' ? 0 : 1;
}

function createSheet() {
  const blocks: PlainBlock[] = [];
  let rows: string[][] = [];
  let count = 0;
  const next = (): ParagraphAddress => {
    count += 1;
    return { part: 'body', paragraph: count };
  };
  const place = (passage: Passage): Passage => ({ ...passage, at: next() });
  return {
    blocks,
    /** The line with its places; the last row of a table is followed by the empty paragraph behind that. */
    lay(line: Line, following: Line | undefined): Line[] {
      const passages = line.passages.map(place);
      const placed = { ...line, passages };
      if (line.kind === 'paragraph') {
        const text = passages.map((passage) => passage.text).join(' ');
        blocks.push({ kind: 'paragraph', text, isHeading: line.isHeading });
        return [placed];
      }
      rows.push(passages.map(({ text }) => text));
      if (following?.kind === 'row' && following.table === line.table) return [placed];
      blocks.push({ kind: 'table', rows });
      rows = [];
      return [placed, spacerBehind(line, next())];
    },
  };
}

function spacerBehind({ clause, position }: Line, at: ParagraphAddress): Line {
  return {
    ...{ clause, position, isHeading: false, style: '' },
    ...{ kind: 'paragraph', key: 'paragraph', text: '', isEmpty: true, unitIds: [] },
    passages: [{ text: '', at, boxes: [], hasNestedBoxes: false }],
  };
}
