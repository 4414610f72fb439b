import type { Document, Unit } from '#shared/domain/document.ts';
import { readDocument } from './read-document.ts';
import { type SheetParts, type WorkbookParts, workbookFile } from './workbook-files.ts';

export function readWorkbook(parts: WorkbookParts): Promise<Document> {
  return readDocument(workbookFile(parts), ['xlsx']);
}

/** A workbook with one sheet, `Sheet1`. */
export function readSheet(sheet: Omit<SheetParts, 'name'>, parts: Partial<WorkbookParts> = {}) {
  return readWorkbook({ sheets: [{ name: 'Sheet1', ...sheet }], ...parts });
}

/** `kind range text` of each unit. */
export function sheetOutline({ units }: Document): string[] {
  return units.map((unit) => `${unit.kind} ${rangeOf(unit)} ${unit.text}`);
}

export function rangeOf({ locator }: Unit): string {
  return locator.kind === 'sheet' ? locator.range : '';
}

/** `code count` of each warning. */
export const warningCodesOf = ({ warnings }: Document) =>
  warnings.map(({ code, count }) => `${code} ${count}`);
