import type { UntouchedTexts } from '#shared/domain/edit-view.ts';
import type { Survey } from './survey.ts';

/** Decides which texts of cells stay as they are, and counts them. */
export interface KeptTexts {
  mayChangeString(index: number, text: string): boolean;
  /** `name` is that of the cell: `Sheet1!B4`. */
  mayChangeCell(name: string, text: string): boolean;
  count(): readonly UntouchedTexts[];
}

export function createKeptTexts({
  formulas,
  headerStrings,
  pivotHeaders,
  tables,
}: Survey): KeptTexts {
  const pivotStrings = new Set<number>();
  const tableCells = new Set<string>();
  for (const { sheet, headers } of tables) {
    for (const cell of headers) tableCells.add(`${sheet.name}!${cell}`);
  }
  const tableStrings = new Set<number>();
  for (const [name, index] of headerStrings) {
    if (pivotHeaders.has(name)) pivotStrings.add(index);
    if (tableCells.has(name)) tableStrings.add(index);
  }
  // By place, as a part may be walked more than once.
  const kept = new Map<string, string>();
  const decide = (key: string, reason: string | undefined): boolean => {
    if (reason !== undefined) kept.set(key, reason);
    return reason === undefined;
  };
  const reasonFor = (text: string, isTableHeader: boolean, isPivotHeader: boolean) => {
    if (text.trim() === '') return undefined;
    if (isPivotHeader) return 'cells that head the source of a pivot table';
    if (isTableHeader && formulas.nameColumn(text)) return 'table headers that formulas refer to';
    return formulas.compare(text) ? 'cells with a text that formulas compare with' : undefined;
  };
  return {
    mayChangeString: (index, text) =>
      decide(String(index), reasonFor(text, tableStrings.has(index), pivotStrings.has(index))),
    mayChangeCell: (name, text) =>
      decide(name, reasonFor(text, tableCells.has(name), pivotHeaders.has(name))),
    count() {
      const counts = new Map<string, number>();
      for (const reason of kept.values()) counts.set(reason, (counts.get(reason) ?? 0) + 1);
      return [...counts].map(([reason, count]) => ({ reason, count }));
    },
  };
}
