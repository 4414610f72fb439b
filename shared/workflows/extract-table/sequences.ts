import type { MergedRow, ReconcileOutput, TypedColumn } from './schemas.ts';

const minRows = 5;
const minShareOfSteps = 0.9;
const maxGaps = 20_000;

/** Columns whose values count up by one, with letters in front or none, and the numbers that they leave out. */
export function findSequences(
  rows: readonly MergedRow[],
  columns: readonly TypedColumn[],
): ReconcileOutput['sequences'] {
  return columns.flatMap(({ name, type }, index) => {
    if (type !== 'text' && type !== 'integer') return [];
    const numbered = rows.flatMap((row) => numberIn(row.cells[index]?.text ?? '') ?? []);
    const [first] = numbered;
    if (first === undefined || numbered.length < minRows || numbered.length < rows.length)
      return [];
    if (numbered.some(({ prefix }) => prefix !== first.prefix)) return [];
    return sequenceOf(numbered, name);
  });
}

interface Numbered {
  readonly prefix: string;
  readonly number: number;
  readonly text: string;
}

function numberIn(text: string): Numbered | undefined {
  const match = /^(\D*)(\d{1,12})$/u.exec(text.trim());
  if (match === null) return undefined;
  return { prefix: match[1] ?? '', number: Number(match[2]), text: match[2] ?? '' };
}

function sequenceOf(numbered: readonly Numbered[], field: string): ReconcileOutput['sequences'] {
  const sorted = numbered.toSorted((left, right) => left.number - right.number);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return [];
  const steps = sorted.slice(1).map((each, index) => each.number - (sorted[index]?.number ?? 0));
  const byOne = steps.filter((step) => step === 1).length;
  if (
    byOne < steps.length * minShareOfSteps ||
    last.number - first.number > maxGaps + sorted.length
  )
    return [];
  const known = new Set(sorted.map(({ number }) => number));
  const width =
    first.text.startsWith('0') || first.text.length === last.text.length ? first.text.length : 0;
  const gaps: string[] = [];
  for (let number = first.number; number <= last.number; number += 1) {
    if (!known.has(number)) gaps.push(`${first.prefix}${String(number).padStart(width, '0')}`);
  }
  return [{ field, first: first.prefix + first.text, last: last.prefix + last.text, gaps }];
}
