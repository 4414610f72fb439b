import type {
  DocumentWarning,
  HiddenText,
  TrackedChange,
  UnitKind,
} from '#shared/domain/document.ts';
import { collapseWhiteSpace, type NewUnit, type Place, type UnitList } from '../../unit-list.ts';
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
  /** Notes and comments of the paragraph that is not at its end yet. */
  readonly notes: NewUnit[];
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

interface State {
  readonly part: Part;
  readonly output: RtfOutput;
  text: string;
  hiddenText: string;
  marker: string;
  author: string | undefined;
  links: { text: string; target: string }[];
  cells: string[];
  row: number;
}

/** A story for the body, or for a header, a note or a comment. Notes come behind the paragraph that they belong to. */
export function createStory(destination: Destination, output: RtfOutput): Story {
  const state: State = {
    part: partsOf[destination] ?? 'body',
    output,
    text: '',
    hiddenText: '',
    marker: '',
    author: undefined,
    links: [],
    cells: [],
    row: 0,
  };
  return {
    part: state.part,
    add: (text, format) => addRun(state, text, format),
    setMarker(marker) {
      // Private characters are bullets of symbol fonts.
      state.marker = collapseWhiteSpace(marker).replace(/[\ue000-\uf8ff]/g, '•');
    },
    setAuthor(author) {
      state.author = collapseWhiteSpace(author) || undefined;
    },
    endParagraph: (format) => endParagraph(state, format),
    endCell: () => endCell(state),
    endRow: (format) => endRow(state, format),
  };
}

function addRun(state: State, text: string, format: RunFormat): void {
  if (format.isDeleted) addChange(state, 'deletion', text);
  else if (format.isHidden) state.hiddenText += text;
  else {
    state.text += text;
    if (format.isInserted) addChange(state, 'insertion', text);
    if (format.target !== undefined) state.links.push({ text, target: format.target });
  }
}

function addChange({ part, output }: State, kind: TrackedChange['kind'], text: string): void {
  const paragraph = (output.positions.get(part) ?? 0) + 1;
  output.changes.push({ kind, text, locator: { kind: 'rtf', part, paragraph, headingPath: [] } });
}

function endParagraph(state: State, { level, isInTable }: ParagraphFormat): void {
  if (isInTable) {
    state.text += '\n';
    return;
  }
  state.row = 0;
  const { kind, text, marker } = kindOf(state, level);
  addUnit(state, {
    kind,
    text,
    place: nextPlace(state),
    ...(level === undefined ? {} : { level }),
    ...(kind === 'list-item' ? { marker, level: 0 } : {}),
    ...(state.author === undefined ? {} : { author: state.author }),
    ...takeLinks(state, text),
  });
  state.text = '';
  state.marker = '';
}

/** Some programs write the bullets of their lists as text. */
function kindOf(
  { part, text, marker: given }: State,
  level: number | undefined,
): { kind: UnitKind; text: string; marker: string } {
  if (part !== 'body') return { kind: kindsOf[part], text, marker: given };
  if (level !== undefined) return { kind: 'heading', text: `${given} ${text}`, marker: given };
  if (given !== '') return { kind: 'list-item', text, marker: given };
  const written = /^\s*([•▪◦●‣])\s+/.exec(text);
  if (written === null) return { kind: 'paragraph', text, marker: '' };
  return { kind: 'list-item', text: text.slice(written[0].length), marker: written[1] ?? '•' };
}

function endCell(state: State): void {
  const { marker, text } = state;
  state.cells.push(collapseWhiteSpace(marker === '' ? text : `${marker} ${text}`));
  state.text = '';
  state.marker = '';
  if (state.cells.length >= maxCells) endRow(state, { ...plainRow });
}

const plainRow: ParagraphFormat = { level: undefined, isInTable: true, isTableHeader: false };

function endRow(state: State, { isTableHeader }: ParagraphFormat): void {
  if (collapseWhiteSpace(state.text) !== '') endCell(state);
  const { cells, output } = state;
  if (cells.length === 0) return;
  if (state.row === 0) output.tables += 1;
  state.row += 1;
  const joined = cells.join(' | ');
  addUnit(state, {
    kind: 'table-row',
    text: cells.every((cell) => cell === '') ? '' : joined,
    place: nextPlace(state),
    table: { table: output.tables, row: state.row, isHeader: isTableHeader, cells },
    ...takeLinks(state, joined),
  });
  state.cells = [];
}

function nextPlace({ output, part }: State) {
  const paragraph = (output.positions.get(part) ?? 0) + 1;
  output.positions.set(part, paragraph);
  return { kind: 'rtf' as const, part, paragraph };
}

function addUnit(state: State, unit: NewUnit): void {
  const { output, part } = state;
  keepHidden(state, unit.place);
  if (part === 'footnote' || part === 'comment') {
    output.notes.push(unit);
    return;
  }
  output.list.add(unit);
  if (part !== 'body') return;
  for (const note of output.notes.splice(0)) output.list.add(note);
}

function keepHidden(state: State, place: Place): void {
  const text = collapseWhiteSpace(state.hiddenText);
  state.hiddenText = '';
  if (text !== '') state.output.hidden.push({ text, locator: { ...place, headingPath: [] } });
}

function takeLinks(state: State, within: string) {
  const links = linksIn(collapseWhiteSpace(within), state.links);
  state.links = [];
  return links.length === 0 ? {} : { links };
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
