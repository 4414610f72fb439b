import type { Run } from '#shared/domain/report.ts';
import { cleanText } from '../clean-text.ts';
import { escapeMarkdown, escapeStart } from './escape.ts';

/** Writes the runs of a block on one line. */
export function writeRuns(
  runs: readonly Run[],
  cite: (ids: readonly string[]) => readonly string[],
): string {
  const joined = joinAlike(runs);
  let line = '';
  joined.forEach((run, index) => {
    const marks = cite(run.citations ?? []).join('');
    const next = marks === '' ? (joined[index + 1]?.text ?? '') : marks;
    line += emphasise(run, line, next) + marks;
  });
  return escapeStart(line.replace(/ {2,}/g, ' ').trim());
}

/** Runs of one style in a row as one, since `**a****b**` is no emphasis. */
function joinAlike(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const text = cleanText(run.text);
    const last = joined.at(-1);
    const isAlike =
      last !== undefined &&
      (last.citations ?? []).length === 0 &&
      last.isBold === run.isBold &&
      last.isItalic === run.isItalic;
    if (isAlike) joined[joined.length - 1] = { ...run, text: last.text + text };
    else joined.push({ ...run, text });
  }
  return joined;
}

/** Emphasis where CommonMark will see it (0.31, 6.2); elsewhere plain text rather than stray asterisks. */
function emphasise(run: Run, before: string, after: string): string {
  const escaped = escapeMarkdown(run.text);
  const inner = escaped.trim();
  const isItalic = run.isItalic === true;
  const marker = `${run.isBold === true ? '**' : ''}${isItalic ? '_' : ''}`;
  if (marker === '' || inner === '') return escaped;
  const lead = escaped.slice(0, escaped.length - escaped.trimStart().length);
  const trail = escaped.slice(escaped.trimEnd().length);
  const opens = canMark({ inside: inner.at(0), outside: (before + lead).at(-1), isItalic });
  const closes = canMark({ inside: inner.at(-1), outside: (trail + after).at(0), isItalic });
  if (!opens || !closes) return escaped;
  return `${lead}${marker}${inner}${[...marker].reverse().join('')}${trail}`;
}

interface Border {
  readonly inside: string | undefined;
  readonly outside: string | undefined;
  readonly isItalic: boolean;
}

/** Asterisks may stand between two letters, underscores may not, and neither next to another marker. */
function canMark({ inside = '', outside = '', isItalic }: Border): boolean {
  if (outside === '*' || outside === '_') return false;
  const isApart = outside === '' || /[\s\p{P}\p{S}]/u.test(outside);
  return isApart || (!isItalic && /[\p{L}\p{N}]/u.test(inside));
}
