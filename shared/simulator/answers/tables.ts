import type { PromptLine } from '#shared/workflows/prompt.ts';
import type { AnsweredNote } from './note.ts';

const maxRowsPerTable = 3;
const maxColumns = 3;
const cellBreak = ' | ';

/** Notes of the rows of tables that tell most: totals, then the largest figures. */
export function noteTables(lines: readonly PromptLine[]): AnsweredNote[] {
  return tablesIn(lines).flatMap(({ header, rows }) => {
    const rated = rows.flatMap((row) => rateRow(row, header));
    const best = rated.toSorted((left, right) => right.score - left.score);
    const chosen = new Set(best.slice(0, maxRowsPerTable));
    return rated.filter((row) => chosen.has(row)).map(({ note }) => note);
  });
}

interface Table {
  readonly header: readonly string[];
  readonly rows: PromptLine[];
}

function tablesIn(lines: readonly PromptLine[]): Table[] {
  const tables: Table[] = [];
  let isWithin = false;
  for (const line of lines) {
    const isHeader = line.tag === 'header' || line.tag.endsWith(' table-header');
    const isRow = line.tag.endsWith(' table-row');
    if (isHeader || (isRow && !isWithin)) {
      tables.push({ header: isHeader ? line.text.split(cellBreak) : [], rows: [] });
    }
    if (isRow) tables.at(-1)?.rows.push(line);
    isWithin = isHeader || isRow;
  }
  return tables;
}

function rateRow(
  row: PromptLine,
  header: readonly string[],
): { readonly note: AnsweredNote; readonly score: number }[] {
  const cells = row.text.split(cellBreak);
  const [label = ''] = cells;
  const figures = cells.flatMap((value, column) =>
    column > 0 && /^[^\p{L}]*\d/u.test(value) ? [{ name: header[column] ?? '', value }] : [],
  );
  const last = figures.at(-1);
  if (last === undefined || !/\p{L}/u.test(label)) return [];
  const isTotal = /^(?:total|sum|overall|gesamt|summe|all\b)/iu.test(label);
  const shown = figures.slice(-maxColumns);
  const parts = shown.map(({ name, value }) => (name === '' ? value : `${name} ${value}`));
  const note: AnsweredNote = {
    text: `${label}: ${parts.join(', ')}.`,
    quote: row.text.length <= 300 ? row.text : label,
    unit: row.tag.split(' ')[0] ?? '',
    kind: 'number',
    weight: isTotal ? 3 : 2,
    number: { label: last.name === '' ? label : `${label}, ${last.name}`, value: last.value },
  };
  const size = Number(last.value.replace(/[^\d]/gu, '')) || 0;
  return [{ note, score: size + (isTotal ? Number.MAX_SAFE_INTEGER : 0) }];
}
