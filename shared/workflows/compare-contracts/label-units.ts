import type { Document, Unit } from '#shared/domain/document.ts';
import type { UnitId } from '#shared/domain/ids.ts';
import { typedNumberOf, withoutTypedNumber } from './similarity.ts';

/** How a reader finds and names a unit. */
export interface UnitLabel {
  readonly clause: string;
  /** Headings above it and its own number; empty without a number. */
  readonly position: string;
  readonly isHeading: boolean;
  readonly style: string;
}

const lettered = /^\(?[a-z]{1,5}[).]|^\(\d+\)/iu;
const maxHeadingLength = 80;

/** Names every unit of a document: `7.2 Fees and payment`, `1.1(b) Definitions`. */
export function labelUnits({ units }: Pick<Document, 'units'>): ReadonlyMap<UnitId, UnitLabel> {
  const labels = new Map<UnitId, UnitLabel>();
  const headingMarkers = new Map<string, string>();
  let numbered = '';
  for (const unit of units) {
    const marker = markerOf(unit);
    if (unit.kind === 'heading' && marker !== undefined) headingMarkers.set(unit.text, marker);
    if (unit.kind === 'heading') numbered = '';
    const number = numberOf(marker, numbered);
    if (number !== undefined && number === marker) numbered = marker;
    const heading = unit.kind === 'heading' ? unit.text : unit.locator.headingPath.at(-1);
    const inherited = headingMarkers.get(heading ?? '');
    labels.set(unit.id, labelOf(unit, { number, inherited, heading }));
  }
  return labels;
}

function labelOf(
  unit: Unit,
  found: Readonly<Record<'number' | 'inherited' | 'heading', string | undefined>>,
): UnitLabel {
  const { number, inherited, heading } = found;
  const above = unit.locator.headingPath.join(' › ');
  return {
    clause: clauseOf(unit, { number: number ?? inherited, heading }),
    position: number === undefined ? '' : `${above} › ${number}`,
    isHeading: unit.kind === 'heading' || unit.kind === 'title',
    style: `${unit.kind} ${unit.level ?? ''}`,
  };
}

/** `(b)` below `1.1` is `1.1(b)`. */
function numberOf(marker: string | undefined, above: string): string | undefined {
  return marker !== undefined && lettered.test(marker) ? `${above}${marker}` : marker;
}

function markerOf({ marker, text, kind }: Unit): string | undefined {
  const own = marker ?? (kind === 'table-row' ? undefined : typedNumberOf(text));
  return own !== undefined && /[\p{L}\p{N}]/u.test(own) ? own.replace(/\.$/u, '') : undefined;
}

function clauseOf(
  unit: Unit,
  { number, heading }: { number: string | undefined; heading: string | undefined },
): string {
  if (unit.kind === 'page-header') return 'Page header';
  if (unit.kind === 'page-footer') return 'Page footer';
  if (unit.kind === 'footnote') return `Footnote ${unit.note ?? ''}`.trim();
  const title = shorten(withoutTypedNumber(heading ?? ''));
  const named = [number, title].filter((each) => each !== undefined && each !== '').join(' ');
  const row = unit.table === undefined ? '' : `table ${unit.table.table}, row ${unit.table.row}`;
  if (named === '') return row === '' ? 'Opening' : `T${row.slice(1)}`;
  return row === '' ? named : `${named}, ${row}`;
}

function shorten(text: string): string {
  return text.length <= maxHeadingLength
    ? text
    : `${text.slice(0, maxHeadingLength - 1).trimEnd()}…`;
}
