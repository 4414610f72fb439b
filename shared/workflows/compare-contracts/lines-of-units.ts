import type { Document, Unit } from '#shared/domain/document.ts';
import { labelUnits, type UnitLabel } from './label-units.ts';
import type { Line, Part } from './lines.ts';

/** The parts of a document that can only be read, such as a PDF: a line for each unit. */
export function partsOfUnits(document: Document): Part[] {
  const labels = labelUnits(document);
  const parts = new Map<Part['kind'], Line[]>();
  for (const unit of document.units) {
    const kind = partOf(unit);
    const label = labels.get(unit.id);
    const line = label === undefined ? undefined : lineOf(unit, label);
    if (kind === undefined || line === undefined) continue;
    const lines = parts.get(kind);
    if (lines === undefined) parts.set(kind, [line]);
    else lines.push(line);
  }
  return [...parts].map(([kind, lines]) => ({ kind, story: 1, lines }));
}

function lineOf(unit: Unit, label: UnitLabel): Line | undefined {
  const cells = unit.table?.cells.map((text, index) => ({
    text: inOneLine(text),
    cell: index + 1,
  }));
  const passages = cells ?? [{ text: inOneLine(unit.text) }];
  if (passages.length === 0) return undefined;
  return {
    ...label,
    kind: unit.table === undefined ? 'paragraph' : 'row',
    key: JSON.stringify([unit.table !== undefined, passages.map(({ text }) => text)]),
    text: unit.text,
    passages: passages.map((each) => ({ ...each, boxes: [], hasNestedBoxes: false })),
    ...(unit.table === undefined ? {} : { table: unit.table.table }),
    isEmpty: false,
    unitIds: [unit.id],
  };
}

/** A paragraph of a redline is one line; what is no character of a text stays out of it. */
function inOneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\s\ufffe\uffff]+/gu, ' ')
    .trim()
    .toWellFormed();
}

/** Where a unit is compared; remarks and charts are not. */
export function partOf({ kind, locator }: Unit): Part['kind'] | undefined {
  if (kind === 'comment' || kind === 'chart') return undefined;
  const isWord = locator.kind === 'docx' || locator.kind === 'odt' || locator.kind === 'rtf';
  if (isWord) return locator.part === 'comment' ? undefined : locator.part;
  if (kind === 'page-header') return 'header';
  if (kind === 'page-footer') return 'footer';
  return kind === 'footnote' ? 'footnote' : 'body';
}
