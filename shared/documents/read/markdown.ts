import MarkdownIt, { type Token } from 'markdown-it';
import footnotes from 'markdown-it-footnote';
import type { SourceFile } from '#shared/domain/document.ts';
import { decodeText } from '../decode-text.ts';
import type { ReadContent } from '../read-content.ts';
import { createUnitList, type UnitList } from '../unit-list.ts';
import { textOfHtml } from './html.ts';
import { guessWarning } from './text.ts';

const frontMatter = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/;

interface OpenList {
  readonly isOrdered: boolean;
  next: number;
}

interface State {
  readonly list: UnitList;
  readonly lists: OpenList[];
  isItemStart: boolean;
  quoteDepth: number;
  footnote: string | undefined;
  table: { number: number; row: number; isHeader: boolean; cells: string[] } | undefined;
  tables: number;
  headingLevel: number | undefined;
  line: number;
  readonly lineOffset: number;
}

/** Reads Markdown (CommonMark, tables, footnotes). Inline markup goes, its text stays. */
export async function readMarkdown({ documentId, bytes }: SourceFile): Promise<ReadContent> {
  const { text, guessed } = decodeText(bytes);
  const matter = frontMatter.exec(text);
  const body = matter === null ? text : text.slice(matter[0].length);
  const list = createUnitList(documentId);
  const state: State = {
    list,
    lists: [],
    isItemStart: false,
    quoteDepth: 0,
    footnote: undefined,
    table: undefined,
    tables: 0,
    headingLevel: undefined,
    line: 1,
    lineOffset: matter === null ? 0 : matter[0].split('\n').length - 1,
  };
  const parser = new MarkdownIt({ html: true }).use(footnotes);
  for (const token of parser.parse(body, {})) take(token, state);

  const declared = /^title:\s*["']?(.+?)["']?\s*$/m.exec(matter?.[1] ?? '')?.[1];
  const title = declared ?? list.units.find((unit) => unit.kind === 'heading')?.text;
  return {
    ...(title === undefined ? {} : { title }),
    units: list.units,
    warnings: guessWarning(guessed),
  };
}

function take(token: Token, state: State): void {
  if (token.map) state.line = state.lineOffset + token.map[0] + 1;
  const handler = handlers[token.type];
  if (handler !== undefined) handler(token, state);
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
  footnote_open: (token, state) => {
    const { id, label } = token.meta as { id: number; label?: string };
    state.footnote = label ?? String(id + 1);
  },
  footnote_close: (_, state) => {
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
  tr_close: (_, state) => addRow(state),
  fence: code,
  code_block: code,
  html_block: (token, state) => {
    const text = textOfHtml(token.content);
    state.list.add({ kind: 'paragraph', text, place: { kind: 'text', line: state.line } });
  },
  inline: (token, state) => addInline(textOf(token), state),
};

function addInline(text: string, state: State): void {
  if (state.table !== undefined) {
    state.table.cells.push(text.trim());
    return;
  }
  const place = { kind: 'text' as const, line: state.line };
  const { list, headingLevel, footnote } = state;
  if (headingLevel !== undefined) list.add({ kind: 'heading', text, level: headingLevel, place });
  else if (footnote !== undefined) list.add({ kind: 'footnote', text, note: footnote, place });
  else if (state.isItemStart) addItem(text, state);
  else list.add({ kind: state.quoteDepth > 0 ? 'quote' : 'paragraph', text, place });
}

function addItem(text: string, state: State): void {
  const current = state.lists.at(-1);
  state.isItemStart = false;
  state.list.add({
    kind: 'list-item',
    text,
    level: Math.min(9, state.lists.length - 1),
    marker: current?.isOrdered === true ? `${current.next}.` : '•',
    place: { kind: 'text', line: state.line },
  });
}

function addRow({ table, list, line }: State): void {
  if (table === undefined) return;
  const { number, row, isHeader, cells } = table;
  list.add({
    kind: 'table-row',
    text: cells.join(' | '),
    table: { table: number, row, isHeader, cells },
    place: { kind: 'text', line },
  });
}

/** Text of an inline token: code and alternative texts too, markup not, a line break as a space. */
function textOf(token: Token): string {
  return (token.children ?? [])
    .map((child) => {
      if (child.type === 'text' || child.type === 'code_inline') return child.content;
      if (child.type === 'softbreak' || child.type === 'hardbreak') return ' ';
      return child.type === 'image' ? textOf(child) : '';
    })
    .join('');
}
