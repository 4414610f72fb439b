import type { Span } from '../quotes.ts';

/** Stands in a text for something that is no character, such as a tab or the mark of a note. */
export const nonText = '\uE000';

const wordCharacter = '[\\p{L}\\p{N}]';

/** Matches an exact text wherever it stands as words of its own: as written or in capitals, over other white space, hyphens and apostrophes. */
export function exactPattern(text: string): RegExp {
  const trimmed = text.trim();
  const forms = [...new Set([trimmed, trimmed.toUpperCase()])].map(formOf);
  const before = new RegExp(`^${wordCharacter}`, 'u').test(trimmed) ? `(?<!${wordCharacter})` : '';
  const after = new RegExp(`${wordCharacter}$`, 'u').test(trimmed) ? `(?!${wordCharacter})` : '';
  return new RegExp(`${before}(?:${forms.join('|')})${after}`, 'gu');
}

/** Every place of an exact text. */
export function findExact(text: string, available: string): Span[] {
  if (text.trim() === '') return [];
  return [...available.matchAll(exactPattern(text))].map(({ 0: found, index }) => ({
    from: index,
    to: index + found.length,
  }));
}

const hyphens = '-‐‑‒–—';
const apostrophes = "'’ʼ‘";

function formOf(text: string): string {
  const pieces = text.split(/\s+/u).map((word) => [...word].map(characterOf).join(`${nonText}?`));
  return pieces.join(`[\\s${nonText}]+`);
}

function characterOf(character: string): string {
  if (hyphens.includes(character)) return `[${hyphens}]`;
  if (apostrophes.includes(character)) return `[${apostrophes}]`;
  return character.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
}
