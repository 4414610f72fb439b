import type { PromptLine, WrittenPrompt } from '#shared/workflows/prompt.ts';

const cellBreak = / ?\| ?/u;
const maxFields = 20;

/** Answers `extract-table.infer`: the names of the columns of tables, or the words in front of colons. */
export function answerInfer(prompt: WrittenPrompt): unknown {
  const lines = prompt.sections['units'] ?? [];
  const names = headerNames(lines) ?? labelNames(lines);
  return {
    fields: names.slice(0, maxFields).map((name, column) => ({
      name,
      type: typeOf(columnCells(lines, column)),
      description: `What the documents call ${name}.`,
    })),
  };
}

function headerNames(lines: readonly PromptLine[]): string[] | undefined {
  const header = lines.find(({ tag }) => tag === 'header' || tag.endsWith(' table-header'));
  const names = distinct(header?.text.split(cellBreak) ?? []);
  return names.length === 0 ? undefined : names;
}

function labelNames(lines: readonly PromptLine[]): string[] {
  const labels = lines.flatMap(({ text }) =>
    [...text.matchAll(/(?:^|[;,.]\s+)(\p{Lu}[\p{L} ]{1,30}):\s/gu)].map((match) => match[1] ?? ''),
  );
  return distinct(labels);
}

function distinct(names: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const name of names.map((each) => each.trim().slice(0, 80))) {
    const key = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
    if (key !== '' && !byKey.has(key)) byKey.set(key, name);
  }
  return [...byKey.values()];
}

function columnCells(lines: readonly PromptLine[], column: number): string[] {
  return lines
    .filter(({ tag }) => tag.endsWith(' table-row'))
    .flatMap(({ text }) => text.split(cellBreak)[column]?.trim() ?? [])
    .filter((cell) => cell !== '');
}

function typeOf(cells: readonly string[]): string {
  const isAll = (pattern: RegExp) => cells.length > 0 && cells.every((cell) => pattern.test(cell));
  if (isAll(/^\d{4}-\d\d-\d\d$/u)) return 'date';
  if (isAll(/^-?[1-9]\d{0,8}$|^0$/u)) return 'integer';
  if (isAll(/^(?:\p{Sc}|[A-Z]{3})\s?-?[\d.,]+$|^-?[\d.,]+\s?(?:\p{Sc}|[A-Z]{3})$/u))
    return 'currency';
  if (isAll(/^-?[\d.,]+\s?%$/u)) return 'percent';
  return isAll(/^-?[\d,.]*\d$/u) ? 'decimal' : 'text';
}
