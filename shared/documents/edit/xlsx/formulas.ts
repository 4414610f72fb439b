/** What formulas of a workbook say about texts of its cells. Such a text must stay as it is, or the formulas come out otherwise. */
export interface FormulaTexts {
  /** A formula of a cell, a name, a rule or a table. */
  see(formula: string): void;
  /** Whether formulas hold the text as a constant, to compare cells with it or to offer it as a choice. */
  compare(text: string): boolean;
  /** Whether formulas name a table's column by the text. */
  nameColumn(text: string): boolean;
}

export function createFormulaTexts(): FormulaTexts {
  const constants = new Set<string>();
  const columns = new Set<string>();
  return {
    see(formula) {
      for (const [, quoted = ''] of formula.matchAll(/"((?:[^"]|"")*)"/g)) {
        const constant = quoted.replaceAll('""', '"');
        constants.add(normalize(constant));
        for (const choice of constant.split(',')) constants.add(normalize(choice));
      }
      if (!formula.includes('[')) return;
      for (const [, name = ''] of formula.matchAll(/\[@?((?:'.|[^'[\]])*)\]/g)) {
        columns.add(normalize(name.replace(/'(.)/g, '$1')));
      }
    },
    compare: (text) => constants.has(normalize(text)),
    nameColumn: (text) => columns.has(normalize(text)),
  };
}

/** Excel compares without regard to case, and line ends of names are spaces in formulas. */
function normalize(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}
