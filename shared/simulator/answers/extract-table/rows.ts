import type { PromptLine, WrittenPrompt } from '#shared/workflows/prompt.ts';

const cellBreak = ' | ';

/** Answers `extract-table.rows`: cells by the names of their columns, values of running text by the words in front of them. */
export function answerRows(prompt: WrittenPrompt): unknown {
  const fields = (prompt.sections['fields'] ?? []).map(({ tag, text }) => ({
    name: text.split(' — ')[0] ?? text,
    type: tag.split(' ')[1] ?? 'any',
  }));
  const rows: AnsweredRow[] = [];
  const skipped: AnsweredSkip[] = [];
  let columns: readonly number[] | undefined;
  for (const line of prompt.sections['units'] ?? []) {
    const [id = '', remark = ''] = line.tag.split(' ');
    if (id === 'author') continue;
    if (id === 'header' || remark === 'table-header') {
      columns = columnsOf(line, fields);
      if (id !== 'header') skipped.push({ u: [id], why: 'header' });
      continue;
    }
    const answered =
      remark === 'table-row' ? rowOf(id, line, { fields, columns }) : textRows(id, line, fields);
    if (answered.length === 0) skipped.push({ u: [id], why: reasonOf(line, remark) });
    rows.push(...answered);
  }
  if (prompt.facts['Row per'] !== 'document') return { rows, skipped };
  return { rows: oneRow(rows), skipped: [] };
}

interface AskedField {
  readonly name: string;
  readonly type: string;
}

interface AnsweredRow {
  readonly u: readonly string[];
  readonly v: readonly (string | null)[];
  readonly q?: readonly (string | null)[];
}

interface AnsweredSkip {
  readonly u: readonly string[];
  readonly why: string;
}

const totalWords = /^(?:(?:grand |sub)?total|sum|gesamt|(?:zwischen)?summe|somme|totale)\b/iu;

function columnsOf({ text }: PromptLine, fields: readonly AskedField[]): number[] {
  const titles = text.split(cellBreak).map(keyOf);
  return fields.map(({ name }) => {
    const key = keyOf(name);
    const exact = titles.indexOf(key);
    return exact === -1
      ? titles.findIndex((title) => title !== '' && (title.includes(key) || key.includes(title)))
      : exact;
  });
}

function rowOf(
  id: string,
  { text }: PromptLine,
  { fields, columns }: { fields: readonly AskedField[]; columns: readonly number[] | undefined },
): AnsweredRow[] {
  const cells = text.split(cellBreak).map((cell) => cell.trim());
  const filled = cells.filter((cell) => /[\p{L}\p{N}]/u.test(cell));
  if (filled.length < 2 || filled.some((cell) => totalWords.test(cell))) return [];
  const v = fields.map((_, index) => {
    const cell = cells[columns?.[index] ?? index] ?? '';
    return cell === '' ? null : cell;
  });
  return v.every((value) => value === null) ? [] : [{ u: [id], v }];
}

/** `Invoice: A-17; amount EUR 12.50`: what follows the name of a field, up to the next separator. */
function textRows(id: string, { text }: PromptLine, fields: readonly AskedField[]): AnsweredRow[] {
  const found = fields.map(({ name }) => labelled(text, name));
  const count = found.filter((each) => each !== undefined).length;
  if (count * 2 < fields.length) return [];
  return [
    {
      u: [id],
      v: found.map((each) => each?.value ?? null),
      q: found.map((each) => each?.quote ?? null),
    },
  ];
}

function labelled(text: string, name: string): { value: string; quote: string } | undefined {
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])${escaped(name)}(?:\\s*[:=]\\s*|\\s+(?:is\\s+|of\\s+)?)([^;|]+?)(?=;|,\\s|\\.\\s|\\.?$)`,
    'iu',
  );
  const match = pattern.exec(text);
  const value = match?.[1]?.trim() ?? '';
  return match === null || value === '' ? undefined : { value, quote: match[0].trim() };
}

function reasonOf({ text }: PromptLine, remark: string): string {
  if (remark !== 'table-row') return 'note';
  const filled = text.split(cellBreak).filter((cell) => /[\p{L}\p{N}]/u.test(cell));
  if (filled.length === 0) return 'blank';
  return filled.some((cell) => totalWords.test(cell.trim())) ? 'total' : 'note';
}

function oneRow(rows: readonly AnsweredRow[]): AnsweredRow[] {
  const [first] = rows;
  return first === undefined ? [] : [first];
}

function keyOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
}
