import type { Token } from 'markdown-it';
import type { DocumentWarning, HiddenText } from '#shared/domain/document.ts';
import { textLimits } from '../../limits.ts';
import { refuseComplex } from '../../refuse-complex.ts';
import { collapseWhiteSpace, type UnitList } from '../../unit-list.ts';
import { readHtmlFragment } from '../html.ts';
import { type InlineText, joinInlineTexts, linksOf } from '../inline-text.ts';
import { type InlineFindings, readInline } from './inline.ts';

/** Collects the units of a Markdown text from the tokens of its blocks. */
export interface BlockReader {
  take(token: Token): void;
  readonly findings: InlineFindings;
  readonly warnings: readonly DocumentWarning[];
  readonly hidden: readonly HiddenText[];
}

export interface BlockOptions {
  readonly list: UnitList;
  /** The text that the tokens are of, in lines. */
  readonly lines: readonly string[];
  /** Lines above it. */
  readonly lineOffset: number;
  /** Inline tokens of a footnote that has no definition of its own. */
  inlineNote(id: number): readonly Token[];
}

export function createBlockReader({
  list,
  lines,
  lineOffset,
  inlineNote,
}: BlockOptions): BlockReader {
  const state: State = {
    list,
    sourceLine: (line) => lines[line - lineOffset - 1] ?? '',
    inlineNote,
    findings: { images: 0, noteIds: [] },
    warnings: [],
    hidden: [],
    lists: [],
    isItemStart: false,
    quoteDepth: 0,
    footnote: undefined,
    table: undefined,
    tables: 0,
    headingLevel: undefined,
    line: 1,
  };
  return {
    findings: state.findings,
    warnings: state.warnings,
    hidden: state.hidden,
    take(token) {
      // Deeper blocks are left out by the parser without a word.
      if (token.nesting === 1) {
        refuseComplex('levels of blocks', token.level + 2, textLimits.markdownNesting);
      }
      if (token.map) state.line = lineOffset + token.map[0] + 1;
      handlers[token.type]?.(token, state);
    },
  };
}

interface OpenList {
  readonly isOrdered: boolean;
  next: number;
}

interface State {
  readonly list: UnitList;
  readonly sourceLine: (line: number) => string;
  readonly inlineNote: (id: number) => readonly Token[];
  readonly findings: InlineFindings;
  readonly warnings: DocumentWarning[];
  readonly hidden: HiddenText[];
  readonly lists: OpenList[];
  isItemStart: boolean;
  quoteDepth: number;
  footnote: string | undefined;
  table: { number: number; row: number; isHeader: boolean; cells: InlineText[] } | undefined;
  tables: number;
  headingLevel: number | undefined;
  line: number;
}

type Handler = (token: Token, state: State) => void;

const openList =
  (isOrdered: boolean): Handler =>
  (token, state) => {
    state.lists.push({ isOrdered, next: Number(token.attrGet('start') ?? 1) });
  };
const closeList: Handler = (_, state) => {
  state.lists.pop();
};
const code: Handler = (token, state) => {
  state.list.add({ kind: 'code', text: token.content, place: { kind: 'text', line: state.line } });
};

const handlers: Readonly<Record<string, Handler>> = {
  heading_open: (token, state) => {
    state.headingLevel = Number(token.tag.slice(1));
  },
  heading_close: (_, state) => {
    state.headingLevel = undefined;
  },
  bullet_list_open: openList(false),
  bullet_list_close: closeList,
  ordered_list_open: openList(true),
  ordered_list_close: closeList,
  list_item_open: (_, state) => {
    state.isItemStart = true;
  },
  list_item_close: (_, state) => {
    const list = state.lists.at(-1);
    if (list !== undefined) list.next += 1;
    state.isItemStart = false;
  },
  blockquote_open: (_, state) => {
    state.quoteDepth += 1;
  },
  blockquote_close: (_, state) => {
    state.quoteDepth -= 1;
  },
  footnote_reference_open: (token, state) => {
    state.footnote = (token.meta as { readonly label: string }).label;
  },
  footnote_reference_close: (_, state) => {
    state.footnote = undefined;
  },
  table_open: (_, state) => {
    state.tables += 1;
    state.table = { number: state.tables, row: 0, isHeader: true, cells: [] };
  },
  table_close: (_, state) => {
    state.table = undefined;
  },
  tbody_open: (_, state) => {
    if (state.table !== undefined) state.table.isHeader = false;
  },
  tr_open: (_, state) => {
    if (state.table === undefined) return;
    state.table.row += 1;
    state.table.cells = [];
  },
  tr_close: (_, state) => {
    addRow(state);
    hideExcess(state);
    addInlineNotes(state);
  },
  fence: code,
  code_block: code,
  html_block: (token, state) => addHtml(token.content, state),
  inline: (token, state) => {
    const content = readInline(token.children ?? [], state.findings);
    if (state.table === undefined) {
      addText(content, state);
      addInlineNotes(state);
    } else {
      state.table.cells.push(content);
    }
  },
};

function addText(content: InlineText, state: State): void {
  const linked = { text: content.text, ...linksOf(content) };
  const place = { kind: 'text' as const, line: state.line };
  const { list, headingLevel: level, footnote: note } = state;
  if (level !== undefined) list.add({ kind: 'heading', ...linked, level, place });
  else if (note !== undefined) list.add({ kind: 'footnote', ...linked, note, place });
  else if (state.isItemStart) addItem(content, state);
  else list.add({ kind: state.quoteDepth > 0 ? 'quote' : 'paragraph', ...linked, place });
}

/** The box of a task is its marker. */
const task = /^\[([ xX])\] (?=\S)/;

function addItem(content: InlineText, state: State): void {
  const current = state.lists.at(-1);
  state.isItemStart = false;
  const box = task.exec(content.text);
  const shown = box === null ? content : withoutStart(content, box[0].length);
  const bullet = current?.isOrdered === true ? `${current.next}.` : '•';
  state.list.add({
    kind: 'list-item',
    text: shown.text,
    ...linksOf(shown),
    level: Math.min(9, state.lists.length - 1),
    marker: box === null ? bullet : box[1] === ' ' ? '☐' : '☑',
    place: { kind: 'text', line: state.line },
  });
}

function withoutStart({ text, links }: InlineText, length: number): InlineText {
  const moved = links.map((link) => ({
    ...link,
    from: Math.max(0, link.from - length),
    to: Math.max(0, link.to - length),
  }));
  return { text: text.slice(length), links: moved };
}

function addRow({ table, list, line }: State): void {
  if (table === undefined) return;
  const { number, row, isHeader, cells } = table;
  const joined = joinInlineTexts(cells, ' | ');
  list.add({
    kind: 'table-row',
    text: joined.text,
    ...linksOf(joined),
    table: { table: number, row, isHeader, cells: cells.map(({ text }) => text) },
    place: { kind: 'text', line },
  });
}

/** Cells beyond the columns of the head are not shown (GFM 0.29, 4.10), nor does the parser hand them out. */
function hideExcess({ table, line, sourceLine, hidden }: State): void {
  const source = sourceLine(line)
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  const excess = source.split(/(?<!\\)\|/).slice(table?.cells.length ?? 0);
  const text = collapseWhiteSpace(excess.join(' | '));
  if (/[^\s|]/.test(text)) hidden.push({ text, locator: { kind: 'text', line, headingPath: [] } });
}

function addInlineNotes(state: State): void {
  for (const id of state.findings.noteIds.splice(0)) {
    const { text, links } = readInline(state.inlineNote(id), state.findings);
    const place = { kind: 'text' as const, line: state.line };
    const note = String(id + 1);
    state.list.add({ kind: 'footnote', text, ...linksOf({ text, links }), note, place });
    addInlineNotes(state);
  }
}

function addHtml(html: string, state: State): void {
  const { warnings, hidden } = readHtmlFragment(html, {
    list: state.list,
    placeOf: () => ({ kind: 'text', line: state.line }),
    nextTable: () => {
      state.tables += 1;
      return state.tables;
    },
  });
  state.isItemStart = false;
  state.warnings.push(...warnings);
  state.hidden.push(...hidden);
}
