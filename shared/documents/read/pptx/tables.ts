import type { TableRow } from '#shared/domain/document.ts';
import { childOf, type XmlElement } from '../../xml.ts';
import { type InlineText, joinInlineTexts, linksOf } from '../inline-text.ts';
import { createBullets } from './bullets.ts';
import { addToDeck, type Page } from './deck.ts';
import type { Shape } from './shapes.ts';
import { paragraphsIn, readParagraph } from './text.ts';

/**
 * Adds the rows of a table that have text (ECMA-376 21.1.3.13). Merged cells keep their place in the grid, so the same column has the same
 * place in each row; text that lies under a merge is kept apart as hidden.
 */
export function readTable(table: XmlElement, shape: Shape, page: Page): void {
  const rows = table.children.filter(({ name }) => name === 'a:tr');
  const firstRow = childOf(table, 'a:tblPr')?.attributes['firstRow'];
  const hasHeader = firstRow === '1' || firstRow === 'true';
  let paragraph = 1;
  let number: number | undefined;
  for (const [index, row] of rows.entries()) {
    const spot = { part: page.part, shape: shape.id, paragraph, isHidden: shape.isHidden };
    const { cells, covered, paragraphCount } = readRow(row, page);
    paragraph += paragraphCount;
    for (const text of covered)
      addToDeck(page, { ...spot, isHidden: true }, { kind: 'paragraph', text });
    if (cells.every(({ text }) => text === '')) continue;

    number ??= page.deck.nextTable();
    const joined = joinInlineTexts(cells, ' | ');
    const merges = mergesOf(row, rows.length - index);
    addToDeck(page, spot, {
      kind: 'table-row',
      text: joined.text,
      ...linksOf(joined),
      table: {
        table: number,
        row: index + 1,
        isHeader: hasHeader && index === 0,
        cells: cells.map(({ text }) => text),
        ...(merges.length === 0 ? {} : { merges }),
      },
    });
  }
}

function readRow(row: XmlElement, page: Page) {
  const cells: InlineText[] = [];
  const covered: string[] = [];
  let paragraphCount = 0;
  for (const cell of cellsOf(row)) {
    const paragraphs = paragraphsIn(cell);
    paragraphCount += paragraphs.length;
    const text = readCell(paragraphs, page);
    if (isCovered(cell) && text.text !== '') covered.push(text.text);
    cells.push(isCovered(cell) ? { text: '', links: [] } : text);
  }
  return { cells, covered, paragraphCount };
}

/** Bullets and numbers in a cell stand before their paragraphs. */
function readCell(paragraphs: readonly XmlElement[], page: Page): InlineText {
  const bullets = createBullets();
  const chain = page.stylesFor(undefined);
  const links = { source: page.source, slideNumbers: page.deck.slideNumbers };
  const texts: InlineText[] = [];
  for (const paragraph of paragraphs) {
    const text = readParagraph(paragraph, links);
    if (text.text === '') continue;
    const mark = bullets.next(paragraph, chain);
    if (mark !== undefined) texts.push({ text: mark.marker, links: [] });
    texts.push(text);
  }
  return joinInlineTexts(texts, ' ');
}

function mergesOf(row: XmlElement, rowsLeft: number): NonNullable<TableRow['merges']> {
  const cells = cellsOf(row);
  return cells.flatMap((cell, column) => {
    if (isCovered(cell)) return [];
    const columns = spanOf(cell.attributes['gridSpan'], cells.length - column);
    const rows = spanOf(cell.attributes['rowSpan'], rowsLeft);
    return columns === 1 && rows === 1 ? [] : [{ column, columns, rows }];
  });
}

function cellsOf(row: XmlElement): XmlElement[] {
  return row.children.filter(({ name }) => name === 'a:tc');
}

function isCovered({ attributes }: XmlElement): boolean {
  return [attributes['hMerge'], attributes['vMerge']].some(
    (value) => value === '1' || value === 'true',
  );
}

/** No more than the table has, whatever the file says. */
function spanOf(text: string | undefined, most: number): number {
  const span = Number(text ?? 1);
  return Number.isInteger(span) && span > 1 ? Math.min(span, most) : 1;
}
