import type { TableRow } from '#shared/domain/document.ts';
import type { Place } from '../../unit-list.ts';
import { childOf, type XmlElement } from '../../xml.ts';
import { type InlineText, joinInlineTexts, linksOf } from '../inline-text.ts';
import { addAsides } from './add-asides.ts';
import type { Aside } from './asides.ts';
import { type FlatContent, flatten } from './flatten.ts';
import { readOddBlock } from './odd-blocks.ts';
import { readRemoved } from './removed.ts';
import { formattingIn, type Revision, revisionOf } from './revisions.ts';
import { placeOf, type Story } from './story.ts';
import { cellsOf, type GridCell, type GridRow, layOut } from './table-grid.ts';
import { contentOf, rawTextOf, toggleOf } from './xml.ts';

/**
 * Adds the rows of a table that have text. Comments follow their row. Notes follow the whole table: they would tear its rows apart, and
 * their mark tells where they belong.
 */
export function readTable(table: XmlElement, story: Story): void {
  const rows = rowsOf(table, story).filter((row) => !isDeleted(row, story));
  addFormatting(formattingOfTable(table), { element: table, text: '' }, story);
  const isHeader = headerTest(rows);
  const grid = layOut(rows, (cell) => isDeletedCell(cell, story));
  const notes: Aside[] = [];
  let number: number | undefined;
  for (const [index, row] of rows.entries()) {
    const content = readRow(row, grid[index], story);
    const isShown = content.hasText && !hide(row, content, story);
    if (isShown) {
      number ??= story.nextTable();
      const place = placeOf(row, story, content.page);
      const numbers = { table: number, row: index + 1, isHeader: isHeader(row, index) };
      addRow(numbers, { ...content, place }, story);
    }
    story.ledger.settle(story.units.headingPath);
    notes.push(...content.asides.filter((aside) => aside.kind === 'note'));
    const others = content.asides.filter((aside) => aside.kind !== 'note');
    addAsides(others, story, content.page);
  }
  addAsides(notes, story, story.pages.current());
}

interface RowContent {
  readonly text: string;
  /** Of the cells, with empty ones where a cell spans columns. */
  readonly parts: readonly InlineText[];
  readonly merges: GridRow['merges'];
  readonly asides: readonly Aside[];
  readonly hasText: boolean;
  readonly page: number | undefined;
}

function rowsOf(table: XmlElement, story: Story): XmlElement[] {
  const rows: XmlElement[] = [];
  for (const child of contentOf(table)) {
    if (child.name === 'w:tr') rows.push(child);
    else addAsides(readOddBlock(child, story), story);
  }
  return rows;
}

/** Rows marked as headers; if none is, the first of several. */
function headerTest(rows: readonly XmlElement[]): (row: XmlElement, index: number) => boolean {
  const isMarked = (row: XmlElement) =>
    toggleOf(childOf(childOf(row, 'w:trPr'), 'w:tblHeader')) ?? false;
  if (rows.some(isMarked)) return isMarked;
  return (_, index) => index === 0 && rows.length > 1;
}

function isDeleted(row: XmlElement, story: Story): boolean {
  return isRemoved(row, childOf(childOf(row, 'w:trPr'), 'w:del'), story);
}

function isDeletedCell(cell: XmlElement, story: Story): boolean {
  return isRemoved(cell, childOf(childOf(cell, 'w:tcPr'), 'w:cellDel'), story);
}

function isRemoved(element: XmlElement, mark: XmlElement | undefined, story: Story): boolean {
  if (mark === undefined) return false;
  const revision = revisionOf('deletion', mark);
  const { text, comments } = readRemoved(element, revision, story);
  story.ledger.addChange(
    { ...revision, text: textOfCells(element, text) },
    placeOf(element, story),
  );
  addAsides(comments, story);
  return true;
}

function textOfCells(element: XmlElement, text: string): string {
  if (element.name !== 'w:tr') return text.trim();
  return cellsOf(element)
    .map((cell) => rawTextOf(cell).trim())
    .join(' | ');
}

function formattingOfTable(table: XmlElement): readonly Revision[] {
  return [...formattingIn(childOf(table, 'w:tblPr')), ...formattingIn(childOf(table, 'w:tblGrid'))];
}

function addFormatting(
  revisions: readonly Revision[],
  { element, text }: { readonly element: XmlElement; readonly text: string },
  story: Story,
): void {
  for (const revision of revisions) {
    story.ledger.addChange({ ...revision, text }, placeOf(element, story, story.pages.current()));
  }
}

/** A cell that spans columns is followed by empty ones, so that the same column has the same place in each row. */
function readRow(row: XmlElement, grid: GridRow | undefined, story: Story): RowContent {
  const { cells: found, merges } = grid ?? { cells: [], merges: [] };
  const startPage = story.pages.current();
  const added = childOf(childOf(row, 'w:trPr'), 'w:ins');
  const within = added === undefined ? story : { ...story, within: revisionOf('insertion', added) };
  const parts: InlineText[] = [];
  const asides: Aside[] = [];
  const pages: number[] = [];
  let hasText = false;
  story.pages.sideBySide(found, (cell) => {
    const flat = readCell(cell, within);
    hasText ||= flat.hasText;
    if (flat.page !== undefined) pages.push(flat.page);
    asides.push(...flat.asides);
    while (parts.length < cell.column) parts.push(blank);
    parts.push(flat);
    while (parts.length < cell.column + cell.columns) parts.push(blank);
  });
  const text = parts.map((part) => part.text).join(' | ');
  const page = pages.length === 0 ? startPage : Math.min(...pages);
  noteChanges(row, added, { text, story });
  return { text, parts, merges, asides, hasText, page };
}

const blank: InlineText = { text: '', links: [] };

function readCell({ element, isCovered }: GridCell, story: Story): FlatContent {
  const properties = childOf(element, 'w:tcPr');
  const added = childOf(properties, 'w:cellIns');
  const revision = added === undefined ? undefined : revisionOf('insertion', added);
  const own = revision === undefined ? story : { ...story, within: revision };
  const flat = flatten(contentOf(element), own);
  const { text } = flat;
  if (revision !== undefined && story.within === undefined) {
    story.ledger.addChange({ ...revision, text }, placeOf(element, story, flat.page));
  }
  addFormatting(formattingIn(properties), { element, text }, story);
  if (!isCovered || !flat.hasText) return flat;
  story.tally.add('covered');
  story.ledger.addHidden(text, placeOf(element, story, flat.page));
  return { ...flat, ...blank, hasText: false };
}

function noteChanges(
  row: XmlElement,
  added: XmlElement | undefined,
  { text, story }: { readonly text: string; readonly story: Story },
): void {
  const place = placeOf(row, story, story.pages.current());
  if (added !== undefined)
    story.ledger.addChange({ ...revisionOf('insertion', added), text }, place);
  addFormatting(formattingIn(childOf(row, 'w:trPr')), { element: row, text }, story);
  addFormatting(formattingIn(childOf(row, 'w:tblPrEx')), { element: row, text }, story);
}

/** Rows can be formatted as hidden, as text can. */
function hide(row: XmlElement, { text, page }: RowContent, story: Story): boolean {
  if (toggleOf(childOf(childOf(row, 'w:trPr'), 'w:hidden')) !== true) return false;
  story.tally.add('hidden');
  story.ledger.addHidden(text, placeOf(row, story, page));
  return true;
}

function addRow(
  numbers: Pick<TableRow, 'table' | 'row' | 'isHeader'>,
  { parts, merges, place }: RowContent & { readonly place: Place },
  { units, part }: Story,
): void {
  if (part === 'header' || part === 'footer') {
    // A table at the top or foot of pages is there for the layout.
    const shown = parts.filter(({ text }) => text !== '');
    units.add({ kind: `page-${part}`, ...unitText(shown), place });
    return;
  }
  const cells = parts.map(({ text }) => text);
  const merged = merges.length === 0 ? {} : { merges: [...merges] };
  units.add({
    kind: 'table-row',
    ...unitText(parts),
    table: { ...numbers, cells, ...merged },
    place,
  });
}

function unitText(parts: readonly InlineText[]) {
  const joined = joinInlineTexts(parts, ' | ');
  return { text: joined.text, ...linksOf(joined) };
}
