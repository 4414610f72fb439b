import { rowsOf, type TextLine, type TextRun, textOf } from './lines.ts';
import type { PdfPage } from './page.ts';

/** What is set apart as running headers and footers. */
export interface Margins {
  /** Runs of all of them; they are no part of the text of their pages. */
  readonly runs: ReadonlySet<TextRun>;
  /** Each version once, on the first page that has it. */
  readonly first: readonly MarginLine[];
  /** How many more there are. */
  readonly repeated: number;
}

export interface MarginLine {
  readonly page: number;
  readonly kind: 'page-header' | 'page-footer';
  readonly line: TextLine;
}

/** Lines from an edge on that may be running ones. */
const depth = 4;
const fewestPages = 3;

/**
 * Finds what stands at the edge of three pages or more, in the same place and the same but for the number of the page. Other numbers
 * must be equal: a total at the foot of a page is no footer.
 */
export function marginsOf(pages: readonly PdfPage[]): Margins {
  const edges = pages.flatMap(edgesOf);
  const offset = numberingOf(edges);
  const counts = new Map<string, number>();
  for (const edge of edges) {
    const key = keyOf(edge, offset);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const isRunning = (edge: Edge) => (counts.get(keyOf(edge, offset)) ?? 0) >= fewestPages;
  const running = groupsOf(edges).flatMap((group) => {
    // What is nearer to the text than a line of the text is text.
    const end = group.findIndex((edge) => !isRunning(edge));
    return end < 0 ? group : group.slice(0, end);
  });
  const first = new Map<string, Edge>();
  for (const edge of running) {
    const key = keyOf(edge, offset);
    if (!first.has(key)) first.set(key, edge);
  }
  return {
    runs: new Set(running.flatMap((edge) => [...edge.line.runs])),
    first: [...first.values()].map(({ page, kind, line }) => ({ page: page.number, kind, line })),
    repeated: running.length - first.size,
  };
}

interface Edge {
  readonly page: PdfPage;
  readonly kind: MarginLine['kind'];
  readonly line: TextLine;
}

/** The lines at the top, from the edge inwards, then those at the foot. A page of few lines has no line twice. */
function edgesOf(page: PdfPage): Edge[] {
  const rows = rowsOf(page.runs);
  const half = Math.min(depth, Math.floor(rows.length / 2));
  const top = rows.slice(0, half).filter((row) => row.baseline < page.height / 3);
  const foot = rows
    .slice(rows.length - half)
    .filter((row) => row.baseline > (page.height * 2) / 3)
    .reverse();
  return [
    ...top.map((line) => ({ page, kind: 'page-header' as const, line })),
    ...foot.map((line) => ({ page, kind: 'page-footer' as const, line })),
  ];
}

function groupsOf(edges: readonly Edge[]): Edge[][] {
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) {
    const key = `${edge.page.number} ${edge.kind}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [edge]);
    else group.push(edge);
  }
  return [...groups.values()];
}

/** By how much the printed numbers of pages run ahead of their count: the difference found on most pages. */
function numberingOf(edges: readonly Edge[]): number {
  const pages = new Map<number, Set<number>>();
  for (const { page, line } of edges.filter(mayBeNumbered)) {
    for (const [digits] of line.text.matchAll(/\d{1,5}/g)) {
      const difference = Number(digits) - page.number;
      const others = pages.get(difference) ?? new Set();
      pages.set(difference, others.add(page.number));
    }
  }
  return [...pages].sort((a, b) => b[1].size - a[1].size)[0]?.[0] ?? 0;
}

function keyOf(edge: Edge, offset: number): string {
  const { page, kind, line } = edge;
  const number = String(page.number + offset).replace('-', '\\-');
  const place = new RegExp(`(?<!\\d)${number}(?!\\d)`);
  const text = mayBeNumbered(edge) ? line.text.replace(place, '#') : line.text;
  const unlabelled = text === page.label ? '#' : text;
  return `${kind} ${Math.round(line.baseline / 6)} ${unlabelled}`;
}

/** The number of a page stands by itself or at the foot; elsewhere a number may be that of an exhibit. */
function mayBeNumbered({ kind, line }: Edge): boolean {
  return (
    kind === 'page-footer' ||
    pageNumber.test(line.text) ||
    line.stretches.some((stretch) => /^\d{1,5}$/.test(textOf(stretch)))
  );
}

const pageNumber =
  /^\W{0,3}(?:page|seite|p\.|s\.)?\s?\d{1,5}(?:\s?(?:of|von|\/)\s?\d{1,5})?\W{0,3}$/i;
