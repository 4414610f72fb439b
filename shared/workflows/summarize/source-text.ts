import type { Document, Unit } from '#shared/domain/document.ts';
import { documentIdOfUnit } from '#shared/domain/ids.ts';

/** What belongs to a unit besides its own text. */
export interface SourceText {
  /** Text of the header row of the unit's table, if it has one. */
  headerOf(unit: Unit): string | undefined;
  /**
   * Everything that a claim about the unit may take its figures from: the unit, its headings, the header of
   * its table, the title of its document.
   */
  around(unit: Unit): string[];
}

export function createSourceText(documents: readonly Document[]): SourceText {
  const documentOf = (unit: Unit) => {
    const documentId = documentIdOfUnit(unit.id);
    return documents.find(({ id }) => id === documentId);
  };
  const headerOf = (unit: Unit) => {
    const { table } = unit;
    if (table === undefined) return undefined;
    const units = documentOf(unit)?.units ?? [];
    return units.find((each) => each.table?.table === table.table && each.table.isHeader)?.text;
  };
  return {
    headerOf,
    around(unit) {
      const others = [headerOf(unit), documentOf(unit)?.title];
      return [unit.text, ...unit.locator.headingPath, ...others].filter(
        (text) => text !== undefined,
      );
    },
  };
}
