import type {
  DocumentWarning,
  HiddenText,
  TrackedChange,
  UnitKind,
} from '#shared/domain/document.ts';
import { collapseWhiteSpace, type UnitList } from '../../unit-list.ts';
import type { Destination } from './destinations.ts';

type Part = 'body' | 'header' | 'footer' | 'footnote' | 'comment';

/** Format of a stretch of text. */
export interface RunFormat {
  readonly isHidden: boolean;
  readonly isDeleted: boolean;
  readonly isInserted: boolean;
  readonly target: string | undefined;
}

/** Format of a paragraph, as it stands when it ends. */
export interface ParagraphFormat {
  readonly level: number | undefined;
  readonly isInTable: boolean;
  readonly isTableHeader: boolean;
}

/** Gathers the text of one part of the document and makes units of it. */
export interface Story {
  readonly part: Part;
  add(text: string, format: RunFormat): void;
  endParagraph(format: ParagraphFormat): void;
  endCell(): void;
  endRow(format: ParagraphFormat): void;
  setMarker(marker: string): void;
  setAuthor(author: string): void;
}

/** What all parts of a document share. */
export interface RtfOutput {
  readonly list: UnitList;
  readonly hidden: HiddenText[];
  readonly changes: TrackedChange[];
  readonly positions: Map<Part, number>;
  tables: number;
  pictures: number;
  objects: number;
}

const partsOf: Partial<Record<Destination, Part>> = {
  header: 'header',
  footer: 'footer',
  footnote: 'footnote',
  comment: 'comment',
};
const kindsOf: Readonly<Record<Part, UnitKind>> = {
  body: 'paragraph',
  header: 'page-header',
  footer: 'page-footer',
  footnote: 'footnote',
  comment: 'comment',
};
/** More cells than any row has; a row of more is cut into several. */
const maxCells = 1_000;

export function createStory(destination: Destination, output: RtfOutput): Story {
  const part = partsOf[destination] ?? 'body';
  let text = '';
  let hiddenText = '';
  let marker = '';
  let author: string | undefined;
  let links: { text: string; target: string }[] = [];
  let cells: string[] = [];
  let row = 0;

  const nextPlace = () => {
    const paragraph = (output.positions.get(part) ?? 0) + 1;
    output.positions.set(part, paragraph);
    return { kind: 'rtf' as const, part, paragraph };
  };
  const change = (kind: TrackedChange['kind'], changed: string) => {
    const paragraph = (output.positions.get(part) ?? 0) + 1;
    const locator = { kind: 'rtf' as const, part, paragraph, headingPath: [] };
    output.changes.push({ kind, text: changed, locator });
  };
  const keepHidden = (paragraph: number) => {
    const kept = collapseWhiteSpace(hiddenText);
    hiddenText = '';
    if (kept === '') return;
    output.hidden.push({ text: kept, locator: { kind: 'rtf', part, paragraph, headingPath: [] } });
  };
  const takeLinks = (within: string) => {
    const found = linksIn(collapseWhiteSpace(within), links);
    links = [];
    return found.length === 0 ? {} : { links: found };
  };

  return {
    part,
    add(added, { isHidden, isDeleted, isInserted, target }) {
      if (isDeleted) change('deletion', added);
      else if (isHidden) hiddenText += added;
      else {
        text += added;
        if (isInserted) change('insertion', added);
        if (target !== undefined) links.push({ text: added, target });
      }
    },
    setMarker(value) {
      marker = collapseWhiteSpace(value);
    },
    setAuthor(value) {
      author = collapseWhiteSpace(value) || undefined;
    },
    endParagraph({ level, isInTable }) {
      if (isInTable) {
        text += '\n';
        return;
      }
      row = 0;
      const place = nextPlace();
      keepHidden(place.paragraph);
      const kind = level !== undefined ? 'heading' : marker !== '' ? 'list-item' : 'paragraph';
      output.list.add({
        kind: part === 'body' ? kind : kindsOf[part],
        text,
        place,
        ...(level === undefined ? {} : { level }),
        ...(kind === 'list-item' ? { marker, level: 0 } : {}),
        ...(author === undefined ? {} : { author }),
        ...takeLinks(text),
      });
      text = '';
      marker = '';
    },
    endCell() {
      cells.push(collapseWhiteSpace(marker === '' ? text : `${marker} ${text}`));
      text = '';
      marker = '';
      if (cells.length >= maxCells)
        this.endRow({ level: undefined, isInTable: true, isTableHeader: false });
    },
    endRow({ isTableHeader }) {
      if (collapseWhiteSpace(text) !== '') this.endCell();
      if (cells.length === 0) return;
      if (row === 0) output.tables += 1;
      row += 1;
      const place = nextPlace();
      keepHidden(place.paragraph);
      const joined = cells.join(' | ');
      const isEmpty = cells.every((cell) => cell === '');
      output.list.add({
        kind: 'table-row',
        text: isEmpty ? '' : joined,
        place,
        table: { table: output.tables, row, isHeader: isTableHeader, cells },
        ...takeLinks(joined),
      });
      cells = [];
    },
  };
}

function linksIn(text: string, links: readonly { text: string; target: string }[]) {
  const found: { from: number; to: number; target: string }[] = [];
  let cursor = 0;
  for (const { text: raw, target } of links) {
    const own = collapseWhiteSpace(raw);
    const from = own === '' ? -1 : text.indexOf(own, cursor);
    if (from < 0) continue;
    cursor = from + own.length;
    const last = found.at(-1);
    if (last?.target === target && from - last.to <= 1)
      found[found.length - 1] = { ...last, to: cursor };
    else found.push({ from, to: cursor, target });
  }
  return found;
}

/** What is said of a file besides its units. */
export function warningsOf({ hidden, pictures, objects, changes }: RtfOutput): DocumentWarning[] {
  const deleted = changes.filter((change) => change.kind === 'deletion').length;
  const counts = [
    ['hidden-text', hidden.length, 'Text that is formatted as hidden is kept apart.'],
    ['deleted-text', deleted, 'Text that is deleted, but not yet for good, was left out.'],
    ['image', pictures, 'Text within pictures was not read.'],
    ['embedded-object', objects, 'Embedded objects were not opened.'],
  ] as const;
  return counts
    .filter(([, count]) => count > 0)
    .map(([code, count, message]) => ({ code, message, count }));
}
