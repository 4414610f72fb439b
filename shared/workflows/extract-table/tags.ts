import type { Unit } from '#shared/domain/document.ts';

/** A number that a record is called by: letters and digits with a sign between them, such as `SEQ-00017` or `INV_2031`. */
const tagPattern =
  /(?<![\p{L}\p{N}])(\p{Lu}[\p{Lu}\p{N}]*[-_/#])(\p{N}{2,})(?![\p{L}\p{N}]|[-_/]\p{N})/gu;

export interface Tag {
  readonly text: string;
  readonly prefix: string;
  readonly digits: string;
}

export function tagsIn(text: string): Tag[] {
  return [...text.matchAll(tagPattern)].map(([whole, prefix = '', digits = '']) => ({
    text: whole,
    prefix,
    digits,
  }));
}

/**
 * Tags in a running text that are in no row, although another of the same make in this text is: a paragraph may hold several records, and
 * one of them be left out.
 */
export function looseTags(unit: Unit, values: ReadonlySet<string>): string[] {
  if (unit.table !== undefined) return [];
  const tags = tagsIn(unit.text);
  const prefixes = new Set(tags.filter(({ text }) => values.has(text)).map(({ prefix }) => prefix));
  return tags
    .filter(({ text, prefix }) => prefixes.has(prefix) && !values.has(text))
    .map(({ text }) => text);
}
