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
    const document = documentOf(unit);
    if (unit.table === undefined || document === undefined) return undefined;
    return headersIn(document).get(unit.table.table);
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

/** Asked for each note; a document of many rows is gone through once. */
const headersOf = new WeakMap<Document, ReadonlyMap<number, string>>();

function headersIn(document: Document): ReadonlyMap<number, string> {
  const known = headersOf.get(document);
  if (known !== undefined) return known;
  const headers = new Map<number, string>();
  for (const { table, text } of document.units) {
    if (table?.isHeader === true && !headers.has(table.table)) headers.set(table.table, text);
  }
  headersOf.set(document, headers);
  return headers;
}
