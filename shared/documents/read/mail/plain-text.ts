import type { NewUnit } from '../../unit-list.ts';

const bullet = /^\s*(?:([-*•–])|(\d{1,3}[.)]))\s+(?=\S)/;

/**
 * Units of a body in plain text: paragraphs between blank lines, items of lists, and quoted lines (`>`, RFC 3676) as quotes. A line that
 * begins with `-- ` alone sets the signature apart.
 */
export function plainUnits(text: string): NewUnit[] {
  const blocks: Block[] = [];
  let isOpen = false;
  for (const [index, raw] of text.split(/\r\n?|\n/).entries()) {
    const { depth, line } = unquoted(raw);
    const isBreak = line.trim() === '' || line === '-- ';
    const last = blocks.at(-1);
    const isItem = depth === 0 && bullet.test(line);
    if (!isBreak && isOpen && !isItem && last?.depth === depth) last.text += ` ${line}`;
    else if (!isBreak) blocks.push({ text: line, depth, line: index + 1 });
    isOpen = !isBreak;
  }
  return blocks.map(unitOf);
}

interface Block {
  text: string;
  readonly depth: number;
  readonly line: number;
}

function unitOf({ text, depth, line }: Block): NewUnit {
  const place = { kind: 'message' as const, part: 'body' as const, line };
  const match = depth === 0 ? bullet.exec(text) : null;
  if (match === null) return { kind: depth > 0 ? 'quote' : 'paragraph', text, place };
  const marker = match[1] ?? match[2] ?? '';
  return { kind: 'list-item', text: text.slice(match[0].length), marker, level: 0, place };
}

function unquoted(raw: string): { depth: number; line: string } {
  const marks = /^(?:> ?){1,100}/.exec(raw)?.[0] ?? '';
  return { depth: marks.replaceAll(' ', '').length, line: raw.slice(marks.length) };
}
