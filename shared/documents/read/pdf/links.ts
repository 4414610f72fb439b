import type { Unit } from '#shared/domain/document.ts';
import { collapseWhiteSpace } from '../../unit-list.ts';
import type { PageAnnotations } from './annotations.ts';
import type { Box } from './geometry.ts';
import { boxOfRuns, type TextRun } from './lines.ts';

type Link = NonNullable<Unit['links']>[number];

/** Finds which characters of a text lie under the links of its page. The text is that of the runs, in their order. */
export function linksIn(
  rawText: string,
  runs: readonly TextRun[],
  links: PageAnnotations['links'],
): Link[] {
  if (links.length === 0) return [];
  const text = collapseWhiteSpace(rawText);
  const found: Link[] = [];
  let cursor = 0;
  for (const run of runs) {
    // A hyphen at the end of the line may have gone.
    const own = collapseWhiteSpace(run.text).replace(/-$/, '');
    const at = own === '' ? -1 : text.indexOf(own, cursor);
    if (at < 0) continue;
    cursor = at + own.length;
    for (const { box, target } of links) {
      const part = partUnder(own, boxOfRuns([run]), box);
      if (part !== undefined) add(found, { from: at + part.from, to: at + part.to, target });
    }
  }
  return found;
}

/** Letters are taken to be equally wide, and the ends are moved to those of words. */
function partUnder(text: string, run: Box, link: Box): { from: number; to: number } | undefined {
  const middle = (run.top + run.bottom) / 2;
  const width = run.right - run.left;
  if (middle < link.top || middle > link.bottom || width <= 0) return undefined;
  const scale = text.length / width;
  const from = endOfWord(text, Math.max(0, Math.round((link.left - run.left) * scale)));
  const to = endOfWord(text, Math.min(text.length, Math.round((link.right - run.left) * scale)));
  if (to <= from) return undefined;
  const part = text.slice(from, to);
  const start = from + part.length - part.trimStart().length;
  const end = start + part.trim().length;
  return end > start ? { from: start, to: end } : undefined;
}

/** The nearer end of the word that a place is in. */
function endOfWord(text: string, place: number): number {
  const before = text.lastIndexOf(' ', place - 1) + 1;
  const next = text.indexOf(' ', place);
  const after = next < 0 ? text.length : next;
  return place - before < after - place ? before : after;
}

/** A link over several runs is one. */
function add(found: Link[], link: Link): void {
  const last = found.at(-1);
  if (last !== undefined && last.target === link.target && link.from - last.to <= 1) {
    found[found.length - 1] = { ...last, to: Math.max(last.to, link.to) };
  } else {
    found.push(link);
  }
}
