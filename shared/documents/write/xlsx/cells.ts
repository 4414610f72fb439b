import { QuireError } from '#shared/domain/errors.ts';
import type { Cell, Column } from '#shared/domain/workbook.ts';
import { serialOfDate, serialOfDatetime } from '../../serial-date.ts';
import { type FindCitation, shownPart } from '../cited.ts';
import type { WarningTally } from '../written-file.ts';
import { element } from '../xml-writer.ts';
import { fitCellText } from './cell-text.ts';
import type { FormulaPlace, FormulaWriter, WrittenFormula } from './formulas.ts';
import type { ExcelLimits } from './limits.ts';
import type { SharedStrings } from './shared-strings.ts';
import { type CellLook, formatOf, type StyleSheet } from './styles.ts';

export interface CellContext {
  readonly strings: SharedStrings;
  readonly styles: StyleSheet;
  readonly formulas: FormulaWriter;
  readonly warnings: WarningTally;
  readonly limits: ExcelLimits;
  readonly find: FindCitation;
}

/** A cell, where it stands, and in which column. */
export interface PlacedCell {
  readonly cell: Cell;
  readonly column: Column;
  /** `B4`. */
  readonly name: string;
  readonly wrap: boolean;
  /** Of its text; figures end at the column. */
  readonly isIndented: boolean;
  readonly place: FormulaPlace;
}

/** Writes a cell as an element `c`; an empty one without a mark is nothing. */
export function writeCell(placed: PlacedCell, context: CellContext): string {
  const { cell, column, name, wrap, place } = placed;
  const look = { mark: cell.mark, format: formatOf(cell, column), wrap };
  const { isIndented } = placed;
  switch (cell.kind) {
    case 'empty':
      return cell.mark === undefined ? '' : element('c', { r: name, s: styleOf(look, context) });
    case 'number':
      return numberCell(name, finite(cell.value), styleOf(look, context));
    case 'boolean':
      return valueCell({ name, type: 'b', value: cell.value ? '1' : '0' }, styleOf(look, context));
    case 'date':
      return dateCell(placed, { text: cell.date, serial: serialOfDate(cell.date) }, context);
    case 'datetime': {
      const serial = serialOfDatetime(cell.datetime);
      return dateCell(placed, { text: cell.datetime, serial }, context);
    }
    case 'formula':
      return formulaCell(name, context.formulas.write(cell.formula, place), styleOf(look, context));
    case 'link':
      return writeText(name, cell.text, { look: { ...look, font: 'link', isIndented }, context });
    case 'text':
      return writeText(name, cell.text, { look: { ...look, isIndented }, context });
    case 'citation': {
      const text = shownPart(context.find(cell.id), cell.show);
      return writeText(name, text, { look: { ...look, isIndented }, context });
    }
  }
}

/** A text as a shared string, so that nothing in it is ever a formula. */
export function writeText(
  name: string,
  text: string,
  { look, context }: { readonly look: CellLook; readonly context: CellContext },
): string {
  const fitting = fitCellText(text, context.warnings, context.limits.charactersInCell);
  const style = styleOf({ ...look, isQuoted: changesWhenEdited(text) }, context);
  return valueCell({ name, type: 's', value: String(context.strings.indexOf(fitting)) }, style);
}

/** A formula with the value that it has now. */
export function formulaCell(name: string, formula: WrittenFormula, style: number): string {
  const { text, value } = formula;
  if (value === undefined) {
    return element(
      'c',
      { r: name, s: style, t: 'str' },
      element('f', {}, escapeFormula(text)),
      '<v></v>',
    );
  }
  return element(
    'c',
    { r: name, s: style },
    element('f', {}, escapeFormula(text)),
    `<v>${value}</v>`,
  );
}

function dateCell(
  { cell, name, column, wrap }: PlacedCell,
  { text, serial }: { readonly text: string; readonly serial: number | undefined },
  context: CellContext,
): string {
  if (serial !== undefined) {
    const look = { mark: cell.mark, format: formatOf(cell, column), wrap };
    return numberCell(name, serial, styleOf(look, context));
  }
  context.warnings.add('date_as_text');
  return writeText(name, text, { look: { mark: cell.mark, wrap }, context });
}

function styleOf(look: CellLook, { styles }: CellContext): number {
  return styles.indexOf(look);
}

function numberCell(name: string, value: number, style: number): string {
  return `<c r="${name}"${style === 0 ? '' : ` s="${style}"`}><v>${value}</v></c>`;
}

/** By hand, since there can be millions of them. */
function valueCell(
  {
    name,
    type,
    value,
  }: { readonly name: string; readonly type: 's' | 'b'; readonly value: string },
  style: number,
): string {
  return `<c r="${name}"${style === 0 ? '' : ` s="${style}"`} t="${type}"><v>${value}</v></c>`;
}

/** What Excel would read as a formula, a number or a date if somebody typed it. */
function changesWhenEdited(text: string): boolean {
  return (
    /^[=+\-@]/.test(text) || (text.length < 30 && /^[\d\s.,:/%()]*\d[\d\s.,:/%()eE+-]*$/.test(text))
  );
}

function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new QuireError(
    'internal_error',
    'Expected a finite number in a cell, got none. Report this as a fault of the workflow.',
  );
}

function escapeFormula(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
