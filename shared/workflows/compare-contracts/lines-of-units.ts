import type { Document, Unit } from '#shared/domain/document.ts';
import { labelUnits } from './label-units.ts';
import type { Line, Part } from './lines.ts';
import { plainText } from './similarity.ts';

/** The parts of a document that can only be read, such as a PDF: a line for each unit. */
export function partsOfUnits(document: Document): Part[] {
  const labels = labelUnits(document);
  const parts = new Map<Part['kind'], Line[]>();
  for (const unit of document.units) {
    const kind = partOf(unit);
    const label = labels.get(unit.id);
    if (kind === undefined || label === undefined) continue;
    const cells = unit.table?.cells.map((text, index) => ({ text, cell: index + 1 }));
    const passages = cells ?? [{ text: unit.text }];
    const line: Line = {
      ...label,
      kind: unit.table === undefined ? 'paragraph' : 'row',
      key: plainText(unit.text),
      text: unit.text,
      passages: passages.map((each) => ({ ...each, boxes: [], hasNestedBoxes: false })),
      ...(unit.table === undefined ? {} : { table: unit.table.table }),
      isEmpty: false,
      unitIds: [unit.id],
    };
    const lines = parts.get(kind);
    if (lines === undefined) parts.set(kind, [line]);
    else lines.push(line);
  }
  return [...parts].map(([kind, lines]) => ({ kind, story: 1, lines }));
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
