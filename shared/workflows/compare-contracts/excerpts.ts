import type { Unit } from '#shared/domain/document.ts';
import type { TextOperation } from '#shared/domain/redline.ts';
import type { StageContext } from '../definition.ts';
import type { Evidence } from '../evidence.ts';
import type { Line } from './lines.ts';

const maxQuoteLength = 320;

/** What a quote of one side is made of. */
export interface Excerpted {
  readonly line: Line | undefined;
  /** The same line of the other document, if it has one. */
  readonly other: Line | undefined;
  readonly operations: readonly TextOperation[];
  /** What goes on this side: `delete` in the base, `insert` in the revised document. */
  readonly kind: 'delete' | 'insert';
}

/** A quote from the place where a line differs, exactly as it stands in its unit. */
export function excerptOf(
  { unit: findUnit }: Pick<StageContext, 'unit'>,
  { line, other, operations, kind }: Excerpted,
): Evidence | undefined {
  const units = (line?.unitIds ?? []).flatMap((id) => findUnit(id) ?? []);
  const otherTexts = new Set((other?.unitIds ?? []).flatMap((id) => findUnit(id)?.text ?? []));
  const unit = units.find(({ text }) => !otherTexts.has(text)) ?? units[0];
  if (unit === undefined) return undefined;
  const quote =
    unit.table === undefined
      ? windowAround(unit.text, focusOf(operations, kind))
      : tellingCell(unit, otherTexts);
  return quote === undefined || quote === '' ? undefined : { unitId: unit.id, quote };
}

/** How many characters that are no white space stand before the first difference, on this side. */
function focusOf(operations: readonly TextOperation[], kind: Excerpted['kind']): number {
  let before = 0;
  for (const operation of operations) {
    if (operation.kind !== 'keep') break;
    before += operation.text.replace(/\s/gu, '').length;
  }
  return operations.every((operation) => operation.kind === kind) ? 0 : before;
}

/** All of a short text; of a long one the words around the place, from the edge of a word to the edge of a word. */
function windowAround(text: string, focus: number): string {
  if (text.length <= maxQuoteLength) return text;
  let at = 0;
  for (let seen = 0; at < text.length && seen < focus; at += 1) {
    if (!/\s/u.test(text.charAt(at))) seen += 1;
  }
  const wantedFrom = Math.max(0, Math.min(at - maxQuoteLength / 2, text.length - maxQuoteLength));
  const from = wantedFrom === 0 ? 0 : nextEdge(text, wantedFrom);
  const end = Math.min(text.length, from + maxQuoteLength);
  const to = end === text.length ? end : text.lastIndexOf(' ', end);
  return text
    .slice(from, to > from ? to : end)
    .trim()
    .toWellFormed();
}

function nextEdge(text: string, from: number): number {
  const edge = text.indexOf(' ', from);
  return edge === -1 || edge - from > maxQuoteLength / 4 ? from : edge + 1;
}

/** The ` | ` between cells stands in no file: the cell that differs is quoted, or else the longest. */
function tellingCell({ table }: Unit, otherTexts: ReadonlySet<string>): string | undefined {
  const others = new Set([...otherTexts].flatMap((text) => text.split(' | ')));
  const full = (table?.cells ?? []).filter((cell) => cell.trim() !== '');
  const changed = full.find((cell) => !others.has(cell));
  return changed ?? full.toSorted((left, right) => right.length - left.length)[0];
}
