import type { NewUnit } from '../../unit-list.ts';

const bullet = /^\s*(?:([-*•–])|(\d{1,3}[.)]))\s+(?=\S)/;

/**
 * Units of a body in plain text: paragraphs between blank lines, items of lists, and quoted lines (`>`, RFC 3676) as quotes. A line that
 * begins with `-- ` alone sets the signature apart.
 */
export function plainUnits(text: string): NewUnit[] {
  const units: (NewUnit & { text: string; depth: number })[] = [];
  let isOpen = false;
  for (const [index, raw] of text.split(/\r\n?|\n/).entries()) {
    const { depth, line } = unquoted(raw);
    if (line.trim() === '' || line === '-- ') {
      isOpen = false;
      continue;
    }
    const last = units.at(-1);
    const match = bullet.exec(line);
    const place = { kind: 'message' as const, part: 'body' as const, line: index + 1 };
    if (match !== null && depth === 0) {
      const marker = match[1] ?? match[2] ?? '';
      const item = line.slice(match[0].length);
      units.push({ kind: 'list-item', text: item, marker, level: 0, place, depth });
    } else if (isOpen && last !== undefined && last.depth === depth) {
      units[units.length - 1] = { ...last, text: `${last.text} ${line}` };
    } else {
      units.push({ kind: depth > 0 ? 'quote' : 'paragraph', text: line, place, depth });
    }
    isOpen = true;
  }
  return units.map(({ depth: _, ...unit }) => unit);
}

function unquoted(raw: string): { depth: number; line: string } {
  const marks = /^(?:> ?){1,100}/.exec(raw)?.[0] ?? '';
  return { depth: marks.replaceAll(' ', '').length, line: raw.slice(marks.length) };
}
