import type { XmlAttributes } from '../../xml-walk.ts';
import type { CellRange } from '../sheet/a1.ts';
import type { SheetBudget } from '../sheet/budget.ts';
import type { CellType, SheetCell } from '../sheet/rows.ts';
import type { CellStyle, CellStyles } from './formats.ts';
import { shiftFormula } from './shift-formula.ts';
import { unescapeString } from './strings.ts';

/** What the cells of all sheets share. */
export interface CellContext {
  readonly strings: readonly string[];
  readonly styles: CellStyles;
  readonly budget: SheetBudget;
}

/** A cell as it stands in the file. */
export interface CellSource {
  readonly row: number;
  readonly column: number;
  /** `s`, `n`, `b`, `e`, `str`, `inlineStr` or `d` (18.18.11). */
  readonly type: string;
  readonly style: number;
  value: string | undefined;
  formula?: { readonly attributes: XmlAttributes; text: string };
}

/** Text of a cell whose number format shows nothing. */
export interface HiddenCell {
  readonly text: string;
  readonly range: CellRange;
}

interface Content {
  readonly text: string;
  readonly type: CellType;
  readonly number?: number;
}

/** Makes cells as a reader sees them, and takes note of what does not show. One for each sheet: shared formulas count by sheet. */
export function createCellReader({ strings, styles, budget }: CellContext) {
  const formulas = createFormulas((characters) => budget.spend(0, characters));
  const hiddenCells: HiddenCell[] = [];
  const found: { hiddenCells: HiddenCell[]; uncached: { count: number; first?: CellRange } } = {
    hiddenCells,
    uncached: { count: 0 },
  };
  const countUncached = (cell: CellSource) => {
    found.uncached = { first: rangeOf(cell), ...found.uncached, count: found.uncached.count + 1 };
  };

  return {
    found,
    /** `undefined` for a cell without content. */
    read(cell: CellSource): SheetCell | undefined {
      const formula = cell.formula === undefined ? undefined : formulas.read(cell, cell.formula);
      if (isUncached(cell) && formula !== undefined) {
        countUncached(cell);
        return { column: cell.column, text: `=${formula}`, type: 's', formula };
      }
      if (cell.value === undefined || cell.value === '') return undefined;
      const style = styles.get(cell.style);
      const raw = rawContentOf(cell, strings);
      const content = showContent(raw, style);
      if (content.text === '' && raw.text.trim() !== '' && raw.number !== 0) {
        budget.spend(1, raw.text.length);
        hiddenCells.push({ text: raw.text, range: rangeOf(cell) });
        return undefined;
      }
      const { text, type, number } = content;
      return { column: cell.column, text, type, number, formula, isBold: style.isBold };
    },
  };
}

function isUncached({ formula, value, type }: CellSource): boolean {
  return formula !== undefined && (value === undefined || (value === '' && type !== 'str'));
}

function rangeOf({ row, column }: CellSource): CellRange {
  return { top: row, bottom: row, left: column, right: column };
}

function rawContentOf({ type, value = '' }: CellSource, strings: readonly string[]): Content {
  switch (type) {
    case 's':
      return { text: strings[Number(value)] ?? '', type: 's' };
    case 'inlineStr':
      return { text: value, type: 's' };
    case 'str':
      return { text: unescapeString(value), type: 's' };
    case 'b':
      return { text: /^\s*(?:1|true)\s*$/i.test(value) ? 'TRUE' : 'FALSE', type: 'b' };
    case 'e':
      return { text: value, type: 'e' };
    case 'd':
      return { text: value.replace(/T00:00:00(?:\.0+)?Z?$|Z$/, ''), type: 'd' };
    default: {
      const number = Number(value);
      // What should be a number and is none is still what the cell says.
      return Number.isFinite(number)
        ? { text: value, type: 'n', number }
        : { text: value, type: 's' };
    }
  }
}

function showContent(raw: Content, style: CellStyle): Content {
  if (raw.type === 's') return { text: style.showText(raw.text), type: 's' };
  if (raw.number === undefined) return raw;
  const { text, type, isRounded } = style.showNumber(raw.number);
  return isRounded ? { text, type, number: raw.number } : { text, type };
}

/** Formulas of a sheet. One that is shared is written out once; the other cells only name it. */
function createFormulas(spend: (characters: number) => void) {
  const shared = new Map<string, { text: string; row: number; column: number }>();
  return {
    /** Without `=`; `undefined` where the file does not say it. */
    read(
      { row, column }: CellSource,
      { attributes, text }: { attributes: XmlAttributes; text: string },
    ): string | undefined {
      if (attributes['t'] === 'dataTable') return tableFormulaOf(attributes);
      const index = attributes['si'];
      if (attributes['t'] !== 'shared' || index === undefined)
        return text === '' ? undefined : text;
      const before = shared.get(index);
      if (text !== '') {
        shared.set(index, { text, row, column });
        return text;
      }
      if (before === undefined) return undefined;
      spend(before.text.length);
      return shiftFormula(before.text, row - before.row, column - before.column);
    },
  };
}

/** A what-if table (18.3.1.40): its cells have no formula, but the cells that they put their values in. */
function tableFormulaOf({ r1 = '', r2 = '', dt2D, dtr }: XmlAttributes): string {
  if (dt2D === '1' || dt2D === 'true') return `TABLE(${r1},${r2})`;
  return dtr === '1' || dtr === 'true' ? `TABLE(${r1},)` : `TABLE(,${r1})`;
}
