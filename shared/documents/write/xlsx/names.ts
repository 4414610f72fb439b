import { cleanText } from '../clean-text.ts';
import { maxColumnTitleLength, maxSheetNameLength } from './limits.ts';

/** Names as Excel takes them for sheets, each once, upper and lower case being the same. */
export function sheetNames(wanted: readonly string[]): string[] {
  return distinct(wanted.map(cleanSheetName), maxSheetNameLength);
}

/** Titles as Excel takes them for the columns of a table, each once. */
export function columnTitles(wanted: readonly string[]): string[] {
  const cleaned = wanted.map((title, index) => cleanText(title).trim() || `Column ${index + 1}`);
  return distinct(cleaned, maxColumnTitleLength);
}

/** A name for a table object; the number keeps it apart from others and from references like `TAB1`. */
export function tableName(sheet: string, number: number): string {
  const letters = sheet.normalize('NFC').replace(/[^\p{L}\p{N}_]/gu, '_');
  return `Table${number}_${letters}`;
}

function cleanSheetName(name: string): string {
  const allowed = cleanText(name)
    .replace(/[[\]:*?/\\]/g, '_')
    .replace(/^'+|'+$/g, '')
    .trim();
  if (allowed === '') return 'Sheet';
  // Excel keeps the name to itself.
  return allowed.toLowerCase() === 'history' ? `${allowed}_` : allowed;
}

function distinct(names: readonly string[], maxLength: number): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let candidate = cut(name, maxLength);
    for (let count = 2; taken.has(candidate.toLowerCase()); count += 1) {
      const suffix = ` (${count})`;
      candidate = cut(name, maxLength - suffix.length) + suffix;
    }
    taken.add(candidate.toLowerCase());
    return candidate;
  });
}

function cut(name: string, length: number): string {
  // Neither half a character nor an apostrophe may stand at the end.
  return name.length <= length ? name : name.slice(0, length).replace(/[\ud800-\udbff']+$/, '');
}
