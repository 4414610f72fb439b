import type { PromptLine, WrittenPrompt } from '#shared/workflows/prompt.ts';

/** Empty cells leave two bars with a space between them. */
const cellBreak = / ?\| ?/u;

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
    const { id, remark } = partsOf(line);
    const isHeader = isHead(line, fields);
    if (isHeader) columns = columnsOf(line, fields);
    const answered = isHeader ? [] : rowsIn(line, { fields, columns });
    rows.push(...answered);
    if (answered.length === 0) skipped.push({ u: [id], why: reasonOf(line, remark) });
  }
  return prompt.facts['Row per'] === 'document'
    ? { rows: rows.slice(0, 1), skipped: [] }
    : { rows, skipped: skipped.filter(({ u }) => !repeated.has(u[0] ?? '')) };
}

/** What the file marks as a head and has figures, but no name of a field, is a record. */
function isHead(line: PromptLine, fields: readonly AskedField[]): boolean {
  const { id, remark } = partsOf(line);
  if (id !== 'header' && remark !== 'table-header') return false;
  return columnsOf(line, fields).some((column) => column !== -1) || !/\d/u.test(line.text);
}

function partsOf({ tag }: PromptLine): { id: string; remark: string } {
  const [id = '', remark = ''] = tag.split(' ');
  return { id, remark };
}

function rowsIn(
  line: PromptLine,
  asked: { fields: readonly AskedField[]; columns: readonly number[] | undefined },
): AnsweredRow[] {
  const { id, remark } = partsOf(line);
  if (repeated.has(id)) return [];
  return remark.startsWith('table-') ? rowOf(id, line, asked) : textRows(id, line, asked.fields);
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

/** Tags of lines that are no units. */
const repeated = new Set(['header', 'author']);
const totalWords = /^(?:(?:grand |sub)?total|sum|gesamt|(?:zwischen)?summe|somme|totale)\b/iu;

function columnsOf({ text }: PromptLine, fields: readonly AskedField[]): number[] {
  const titles = text.split(cellBreak).map(keyOf);
  return fields.map(({ name }) => {
    const key = keyOf(name);
    const exact = titles.indexOf(key);
    return exact === -1
      ? titles.findIndex(
          (title) => /^\D+$/u.test(title) && (title.includes(key) || key.includes(title)),
        )
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

/** `Invoice: A-17; amount: EUR 12.50`: what follows the name of a field, up to the next separator. A comma is one where no semicolon is. */
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
  const end = text.includes('; ') ? ';|\\.\\s|\\.?$' : ',\\s|\\.\\s|\\.?$';
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])${escaped(name)}\\s*[:=]\\s*([^;|]+?)(?=${end})`,
    'iu',
  );
  const match = pattern.exec(text);
  const value = match?.[1]?.trim() ?? '';
  return match === null || value === '' ? undefined : { value, quote: match[0].trim() };
}

function reasonOf({ text }: PromptLine, remark: string): string {
  if (remark === 'table-header') return 'header';
  if (!remark.startsWith('table-')) return 'note';
  const filled = text.split(cellBreak).filter((cell) => /[\p{L}\p{N}]/u.test(cell));
  if (filled.length === 0) return 'blank';
  return filled.some((cell) => totalWords.test(cell.trim())) ? 'total' : 'note';
}

function keyOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
}
