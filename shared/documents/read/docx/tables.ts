import { collapseWhiteSpace } from '../../unit-list.ts';
import { childOf, type XmlElement } from '../../xml.ts';
import type { Note } from './notes.ts';
import { addNotes, flatten } from './paragraphs.ts';
import { placeOf, type Story } from './story.ts';
import { contentOf, numberOf, settingOf, toggleOf } from './xml.ts';

/** Adds the rows of a table that have text. Notes follow the whole table, since they would tear its rows apart. */
export function readTable(table: XmlElement, story: Story): void {
  const rows = [...contentOf(table)].filter((each) => each.name === 'w:tr');
  const kept = rows.filter((row) => !isDeleted(row, story));
  const isHeader = headerTest(kept);
  const notes: Note[] = [];
  let number: number | undefined;
  for (const [index, row] of kept.entries()) {
    const { cells, hasText, page } = readRow(row, notes, story);
    if (!hasText) continue;
    number ??= story.nextTable();
    story.units.add({
      kind: 'table-row',
      text: cells.join(' | '),
      table: { table: number, row: index + 1, isHeader: isHeader(row, index), cells },
      place: placeOf(row, story, page),
    });
  }
  addNotes(notes, story, story.pages.current());
}

/** Word's own limit. It also keeps a hostile span from making cells without end. */
const maxColumns = 63;

/** Rows marked as headers; if none is, the first of several. */
function headerTest(rows: readonly XmlElement[]): (row: XmlElement, index: number) => boolean {
  const isMarked = (row: XmlElement) =>
    toggleOf(childOf(childOf(row, 'w:trPr'), 'w:tblHeader')) ?? false;
  if (rows.some(isMarked)) return isMarked;
  return (_, index) => index === 0 && rows.length > 1;
}

function isDeleted(row: XmlElement, { tally }: Story): boolean {
  if (childOf(childOf(row, 'w:trPr'), 'w:del') === undefined) return false;
  tally.add('deleted');
  return true;
}

/** A cell that spans columns is followed by empty ones, so that the same column has the same place in each row. */
function readRow(row: XmlElement, notes: Note[], story: Story) {
  const startPage = story.pages.current();
  const cells = blanks(numberOf(settingOf(childOf(childOf(row, 'w:trPr'), 'w:gridBefore'))));
  const found = [...contentOf(row)].filter((each) => each.name === 'w:tc');
  const pages: number[] = [];
  let hasText = false;
  story.pages.sideBySide(found, (cell) => {
    const properties = childOf(cell, 'w:tcPr');
    const span = numberOf(settingOf(childOf(properties, 'w:gridSpan'))) ?? 1;
    const flat = flatten(isContinued(properties) ? [] : contentOf(cell), story);
    hasText ||= flat.hasText;
    if (flat.page !== undefined) pages.push(flat.page);
    notes.push(...flat.notes);
    cells.push(collapseWhiteSpace(flat.texts.join(' ')));
    cells.push(...blanks(Math.min(span - 1, maxColumns - cells.length)));
  });
  return { cells, hasText, page: pages.length === 0 ? startPage : Math.min(...pages) };
}

/** A merged cell continues the one above or before it, unless it says that it starts one. */
function isContinued(properties: XmlElement | undefined): boolean {
  const merges = [childOf(properties, 'w:vMerge'), childOf(properties, 'w:hMerge')];
  return merges.some((merge) => merge !== undefined && settingOf(merge) !== 'restart');
}

function blanks(count = 0): string[] {
  return Array.from({ length: Math.max(0, Math.min(count, maxColumns)) }, () => '');
}
