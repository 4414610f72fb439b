import type { Unit } from '#shared/domain/document.ts';
import type { CodeStage, StageContext } from '../definition.ts';
import { countWords, guessLanguage } from '../language.ts';
import {
  type Coerced,
  coerceValue,
  type Reading,
  typeOfColumn,
  type WrittenCell,
} from './coerce-column.ts';
import { ExtractTableParams, fieldsOf } from './params.ts';
import {
  type CoerceOutput,
  type Issue,
  type MergedCell,
  MergeOutput,
  type TypedColumn,
} from './schemas.ts';
import { dayOrderOf } from './values/read-date.ts';
import { decimalSignOf } from './values/read-number.ts';

/** Gives every value its type. A column is read as a whole: how its other cells are written decides what `1.250` is. */
export const coerceStage: CodeStage = {
  kind: 'code',
  name: 'coerce',
  title: 'Reading numbers and dates',
  run(context): CoerceOutput {
    const { rows } = MergeOutput.parse(context.earlier('merge'));
    const language = languageOf(context);
    const columns = fieldsOf(context).map((field, index) => {
      const cells = rows.map((row) => writtenCell(row.cells[index], context));
      const reading = readingOf(cells, language);
      const type = field.type === 'auto' ? typeOfColumn(cells, reading) : field.type;
      const coerced = cells.map((cell) => coerceValue(cell, type, reading));
      return { name: field.name, type, coerced };
    });
    return {
      columns: columns.map(({ name, type, coerced }) => ({ name, type, ...currencyOf(coerced) })),
      values: rows.map((_, row) =>
        columns.map(({ coerced }) => coerced[row]?.value ?? { kind: 'empty' }),
      ),
      issues: columns.flatMap(({ name, coerced }) => [
        ...columnIssues(name, coerced),
        ...coerced.flatMap(({ doubt, isNotRead }, row): Issue[] => {
          if (doubt === undefined) return [];
          const unitId = rows[row]?.units[0];
          return [
            {
              kind: isNotRead ? 'not-coerced' : 'doubt',
              message: doubt,
              row,
              field: name,
              ...(unitId === undefined ? {} : { unitId }),
            },
          ];
        }),
      ]),
    };
  },
};

/** Language of the result and of what could be read in two ways. */
export function languageOf({ params, documents }: StageContext): string {
  const { language } = ExtractTableParams.parse(params);
  if (language !== 'auto') return language;
  const texts: string[] = [];
  for (const { units } of documents) {
    for (const { text, kind } of units) {
      if (kind !== 'table-row' && countWords(text) >= 6) texts.push(text);
      if (texts.length >= 200) return guessLanguage(texts.join(' '));
    }
  }
  const rows = documents.flatMap(({ units }) => units.slice(0, 50).map(({ text }) => text));
  return guessLanguage((texts.length > 0 ? texts : rows.slice(0, 200)).join(' '));
}

function writtenCell(cell: MergedCell | undefined, { unit: unitOf }: StageContext): WrittenCell {
  const text = cell?.text ?? null;
  if (text === null || cell?.source?.column === undefined) return { text };
  const unit = unitOf(cell.source.unitId);
  // The value of a workbook's cell is that of the text only where the text is all of the cell.
  return unit !== undefined && cell.source.quote.trim() === text
    ? { text, ...storedValue(unit, cell.source.column) }
    : { text };
}

function storedValue({ table }: Unit, column: number): Omit<WrittenCell, 'text'> {
  const type = table?.types?.[column];
  if (type === 'd') return { isDateTime: true };
  if (type !== 'n') return {};
  const value = table?.numbers?.[String(column)] ?? Number(table?.cells[column]);
  return Number.isFinite(value) ? { number: value } : {};
}

function readingOf(cells: readonly WrittenCell[], language: string): Reading {
  const texts = cells.flatMap(({ text }) => text ?? []);
  const decimal = onlyOne(texts.flatMap((text) => decimalSignOf(text) ?? []));
  const order = onlyOne(texts.flatMap((text) => dayOrderOf(text) ?? []));
  const isEnglish = language === 'en' || language.startsWith('en-');
  return {
    decimal: decimal ?? (isEnglish || language === 'de-CH' ? '.' : ','),
    isDecimalKnown: decimal !== undefined,
    order: order ?? (language === 'en' || language === 'en-US' ? 'month-first' : 'day-first'),
    isOrderKnown: order !== undefined,
    language,
  };
}

function onlyOne<Value>(values: readonly Value[]): Value | undefined {
  const distinct = new Set(values);
  return distinct.size === 1 ? values[0] : undefined;
}

function currenciesOf(coerced: readonly Coerced[]): string[] {
  return [
    ...new Set(
      coerced.flatMap(({ value }) => (value.kind === 'number' ? (value.currency ?? []) : [])),
    ),
  ].sort();
}

function currencyOf(coerced: readonly Coerced[]): Pick<TypedColumn, 'currency'> {
  const [only, ...more] = currenciesOf(coerced);
  return only === undefined || more.length > 0 ? {} : { currency: only };
}

function columnIssues(field: string, coerced: readonly Coerced[]): Issue[] {
  const currencies = currenciesOf(coerced);
  if (currencies.length < 2) return [];
  return [
    {
      kind: 'doubt',
      message: `Amounts are in several currencies (${currencies.join(', ')}); the column behind says which, and a sum means nothing.`,
      field,
    },
  ];
}
