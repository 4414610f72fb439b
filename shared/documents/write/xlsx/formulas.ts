import { QuireError } from '#shared/domain/errors.ts';
import type { Cell, Formula } from '#shared/domain/workbook.ts';
import { serialOfDate, serialOfDatetime } from '../../serial-date.ts';
import type { SheetLayout } from './layout.ts';
import { cellName, columnName, quotedSheet } from './references.ts';

/** A formula with its value, which programs show that do not calculate. */
export interface WrittenFormula {
  /** Without `=`. */
  readonly text: string;
  /** `undefined` shows as an empty cell. */
  readonly value: number | undefined;
}

/** The cell that a formula stands in; its row counts among the rows of the source, from 0. */
export interface FormulaPlace {
  readonly layout: SheetLayout;
  readonly row: number;
}

export interface FormulaWriter {
  write(formula: Formula, place: FormulaPlace): WrittenFormula;
}

type Aggregate = Extract<Formula, { kind: 'aggregate' }>;
type Arithmetic = Extract<Formula, { kind: 'arithmetic' }>;

const excelFunctions: Readonly<Record<Aggregate['function'], string>> = {
  sum: 'SUM',
  average: 'AVERAGE',
  count: 'COUNTA',
  minimum: 'MIN',
  maximum: 'MAX',
};

/** Builds formulas from what the workbook says about them, and calculates them. */
export function createFormulaWriter(layouts: readonly SheetLayout[]): FormulaWriter {
  const known = new Map<string, WrittenFormula>();
  return {
    write(formula, place) {
      if (formula.kind === 'arithmetic') return writeArithmetic(formula, place);
      const key = JSON.stringify(formula);
      const written = known.get(key) ?? writeAggregate(formula, layouts);
      known.set(key, written);
      return written;
    },
  };
}

function writeAggregate(formula: Aggregate, layouts: readonly SheetLayout[]): WrittenFormula {
  const first = layouts.find(({ source }) => source.name === formula.sheet);
  if (first === undefined) throw unknownPlace('sheet');
  const parts = layouts.filter(({ source }) => source === first.source);
  const column = columnOf(first, formula.column);
  const ranges = parts.map(({ name, firstRow, lastRow }) => {
    const letters = columnName(column);
    return `${quotedSheet(name)}!$${letters}$${firstRow}:$${letters}$${lastRow}`;
  });
  const call = `${excelFunctions[formula.function]}(${ranges.join(',')})`;
  const value = aggregate(formula.function, first, column);
  return { text: formula.function === 'average' ? `IFERROR(${call},"")` : call, value };
}

function aggregate(
  name: Aggregate['function'],
  layout: SheetLayout,
  column: number,
): number | undefined {
  let count = 0;
  let numbers = 0;
  let sum = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  layout.source.rows.forEach((cells, row) => {
    const cell = cells[column];
    if (cell === undefined || cell.kind === 'empty') return;
    count += 1;
    const value = valueInCell(cell, { layout, row });
    if (value === undefined) return;
    numbers += 1;
    sum += value;
    least = Math.min(least, value);
    most = Math.max(most, value);
  });
  switch (name) {
    case 'sum':
      return sum;
    case 'average':
      return numbers === 0 ? undefined : sum / numbers;
    case 'count':
      return count;
    case 'minimum':
      return numbers === 0 ? 0 : least;
    case 'maximum':
      return numbers === 0 ? 0 : most;
  }
}

function valueInCell(cell: Cell, place: FormulaPlace): number | undefined {
  if (cell.kind !== 'formula') return numberOf(cell);
  if (cell.formula.kind === 'arithmetic') return writeArithmetic(cell.formula, place).value;
  throw new QuireError(
    'internal_error',
    'Expected an aggregate of values, got one of aggregates. Report this as a fault of the workflow.',
  );
}

/** Guarded, since a cell that holds no number is a gap in the data and no error of the sheet. */
function writeArithmetic(
  { left, right, operator }: Arithmetic,
  { layout, row }: FormulaPlace,
): WrittenFormula {
  const columns = [columnOf(layout, left), columnOf(layout, right)];
  const [first = '', second = ''] = columns.map((column) =>
    cellName(column, layout.firstRow + row - layout.from),
  );
  const values = columns.map((column) => operandOf(layout.source.rows[row]?.[column]));
  const guarded = `IF(AND(ISNUMBER(${first}),ISNUMBER(${second})),${first}${operator}${second},"")`;
  return {
    text: operator === '/' ? `IFERROR(${guarded},"")` : guarded,
    value: calculate(operator, values[0], values[1]),
  };
}

function operandOf(cell: Cell | undefined): number | undefined {
  if (cell?.kind !== 'formula') return cell === undefined ? undefined : numberOf(cell);
  throw new QuireError(
    'internal_error',
    'Expected values in both columns of a formula, got a formula. Report this as a fault of the workflow.',
  );
}

function calculate(
  operator: Arithmetic['operator'],
  left: number | undefined,
  right: number | undefined,
): number | undefined {
  if (left === undefined || right === undefined) return undefined;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? undefined : left / right;
  }
}

function numberOf(cell: Cell): number | undefined {
  if (cell.kind === 'number') return cell.value;
  if (cell.kind === 'date') return serialOfDate(cell.date);
  return cell.kind === 'datetime' ? serialOfDatetime(cell.datetime) : undefined;
}

function columnOf({ source }: SheetLayout, title: string): number {
  const column = source.columns.findIndex((each) => each.title === title);
  if (column >= 0) return column;
  throw unknownPlace('column');
}

function unknownPlace(what: string): QuireError {
  return new QuireError(
    'internal_error',
    `Expected a formula over a ${what} of the workbook, got one that is not there. Report this as a fault of the workflow.`,
  );
}
