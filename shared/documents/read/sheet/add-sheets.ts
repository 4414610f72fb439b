import type { UnitList } from '../../unit-list.ts';
import { addSheet, hasContent, type SheetContent, type SheetText } from './add-sheet.ts';

/** Text about a place in the workbook that stands on no sheet, the definition of a name for instance. */
export interface WorkbookText extends SheetText {
  /** Index of the sheet that it is about; the first sheet with content otherwise. */
  readonly sheet: number | undefined;
}

/**
 * Adds the sheets that have content. Where there are several, or the only one has a name that somebody gave it, the name is a heading:
 * it says what the rows are about, and a chunk begins with it.
 */
export function addSheets(
  sheets: readonly SheetContent[],
  texts: readonly WorkbookText[],
  units: UnitList,
): void {
  const filled = sheets.filter(hasContent);
  const hasHeading = filled.length > 1 || !filled.every(({ name }) => defaultName.test(name));
  let tableCount = 0;
  const nextTable = () => {
    tableCount += 1;
    return tableCount;
  };
  const ownerOf = ({ sheet = -1 }: WorkbookText): SheetContent | undefined =>
    filled.find((each) => each === sheets[sheet]) ?? filled[0];
  for (const sheet of filled) {
    const own = texts.filter((text) => ownerOf(text) === sheet);
    const all = [...sheet.texts, ...own.map(({ sheet: _, ...text }) => text)];
    addSheet({ ...sheet, texts: all }, { units, hasHeading, nextTable });
  }
}

/** What programs call the first sheet, in some languages. */
const defaultName =
  /^(?:sheet|worksheet|table|tabelle|tabell|feuil|feuille|hoja|foglio|planilha|folha|blad|ark|arkusz|list|munka|taul|sayfa|лист|工作表|シート|시트)\s?\d*$/iu;
