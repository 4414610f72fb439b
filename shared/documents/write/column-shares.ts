import { widthOfText } from './text-width.ts';

const range = { least: 6, most: 60 } as const;

/**
 * Shares a width by what the columns hold: the longest word must fit, and long cells get more, though less than in proportion, since
 * they can wrap.
 *
 * @param columns texts of every column, the header's among them
 */
export function shareWidths(columns: readonly (readonly string[])[], width: number): number[] {
  const shares = columns.map((texts) => {
    const words = texts.flatMap((text) => text.split(/\s+/).map(widthOfText));
    const longestWord = words.reduce((most, length) => Math.max(most, length), 0);
    const longest = texts.reduce((most, text) => Math.max(most, widthOfText(text)), 0);
    const wanted = Math.max(longestWord + 2, Math.sqrt(longest) * 4);
    return Math.min(Math.max(Math.min(wanted, longest + 3), range.least), range.most);
  });
  const total = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => Math.floor((share / total) * width));
  const rest = width - widths.reduce((sum, each) => sum + each, 0);
  return widths.map((each, column) => (column === 0 ? each + rest : each));
}
