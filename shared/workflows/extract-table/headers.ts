import { type Field, nameKey } from './fields.ts';

/** Whether a text says itself which fields it states: half of them, and two where there are as many, beside a figure. */
export function isWantedText(text: string, fields: readonly Field[]): boolean {
  if (!/\d/u.test(text)) return false;
  const words = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  const named = fields.filter(({ name }) =>
    words.includes(
      ` ${name
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim()} `,
    ),
  ).length;
  return named >= Math.min(2, fields.length) && named * 2 >= fields.length;
}

/** Whether the head of a table names enough of the fields that its rows must be wanted: half of them, and two where there are as many. */
export function isWantedHeader(header: string | undefined, fields: readonly Field[]): boolean {
  if (header === undefined) return false;
  const columns = new Set(header.split(' | ').map(nameKey));
  const named = fields.filter(({ name }) => columns.has(nameKey(name))).length;
  return named >= Math.min(2, fields.length) && named * 2 >= fields.length;
}
