import { forbiddenInXml } from '../clean-text.ts';
import type { WarningTally } from '../written-file.ts';
import { excelLimits } from './limits.ts';

/**
 * Text as ISO 29500-1, 22.9.2.19 (ST_Xstring) writes it: what XML cannot hold as `_xHHHH_`, and a text that looks like such an escape
 * with its first character escaped, so that every text comes back as it was.
 */
export function escapeCellText(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/\r/g, escapeOf)
    .replace(forbiddenInXml, escapeOf);
}

/** The text as far as a cell can hold it. What is cut ends with a remark that says so, and is counted. */
export function fitCellText(
  text: string,
  warnings: WarningTally,
  limit = excelLimits.charactersInCell,
): string {
  if (text.length <= limit) return text;
  warnings.add('text_cut');
  const remark = ` … [cut: a cell holds ${limit} of these ${text.length} characters]`;
  const start = text.slice(0, limit - remark.length);
  // Half a character is none.
  return start.replace(/[\ud800-\udbff]$/, '') + remark;
}

function escapeOf(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}
