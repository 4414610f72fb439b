import { escapeText, withoutTags } from '#shared/domain/inline-tags.ts';
import type { FinalEntry } from './schemas.ts';

/** Excel's limit (support.microsoft.com, "Rename a worksheet"). */
const maxLength = 31;

/**
 * Makes translations of sheet names that a workbook takes: short, without the signs that references need, and no two alike. What does not
 * fit is cut, and that is named.
 */
export function createSheetNames(): (final: FinalEntry) => FinalEntry {
  const taken = new Set<string>();
  return (final) => {
    if (final.state === 'failed') {
      taken.add(withoutTags(final.text).toLowerCase());
      return final;
    }
    const wanted = withoutTags(final.text);
    const clean = wanted
      .replace(/[[\]:*?/\\]/g, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^['\s]+|['\s]+$/g, '');
    const name = freeName(clean === '' ? 'Sheet' : clean, taken);
    taken.add(name.toLowerCase());
    if (name === wanted) return final;
    const text = escapeText(name);
    return {
      ...final,
      text,
      faults: [...final.faults, { kind: 'length', action: 'repaired-by-code' }],
    };
  };
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = cut(name, maxLength);
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) {
    const ending = ` (${number})`;
    free = `${cut(name, maxLength - ending.length)}${ending}`;
  }
  return free;
}

/** Counted in UTF-16 units, as Excel does; no character is cut in half. */
function cut(name: string, length: number): string {
  return name
    .slice(0, length)
    .toWellFormed()
    .replace(/\uFFFD$/u, '')
    .trim();
}
