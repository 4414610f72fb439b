import * as z from 'zod';
import type { Unit } from '#shared/domain/document.ts';
import { UnitId } from '#shared/domain/ids.ts';
import type { StageContext } from './definition.ts';
import { figuresIn } from './figures.ts';
import { findQuote, type Span } from './quotes.ts';

/** A quote that code has found in the unit; exactly the characters that stand there. */
export const Evidence = z.object({ unitId: UnitId, quote: z.string().min(1) });
export type Evidence = z.infer<typeof Evidence>;

/** A quote as the model claims it. */
export interface ClaimedQuote {
  readonly quote: string;
  /** Id of the unit as the model wrote it. */
  readonly unit: string;
  /** What the quote is to support; of a quote over several cells the one with a figure of the claim is shown. */
  readonly claim: string;
}

/**
 * The quote in the unit that the model names or, failing that, in any unit of the documents; `undefined` where it stands in none (I8). It is
 * cut out of the unit, so it is never the model's spelling of it.
 */
export function findEvidence(
  context: Pick<StageContext, 'documents' | 'unit'>,
  claimed: ClaimedQuote,
): Evidence | undefined {
  const unitId = UnitId.safeParse(claimed.unit).data;
  const named = unitId === undefined ? undefined : context.unit(unitId);
  const inNamed = named === undefined ? undefined : evidenceIn(named, claimed);
  if (inNamed !== undefined) return inNamed;

  const longest = longestWord(claimed.quote);
  for (const { units } of context.documents) {
    for (const unit of units) {
      // Looking closely is slow; a unit without the longest word of the quote cannot hold it.
      const found = unit.text.includes(longest) ? evidenceIn(unit, claimed) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function longestWord(text: string): string {
  const words = text.match(/[A-Za-z\d]+/g) ?? [''];
  return words.reduce((left, right) => (right.length > left.length ? right : left));
}

/** The quote in this very unit. */
export function evidenceIn(
  unit: Unit,
  claimed: Pick<ClaimedQuote, 'quote' | 'claim'>,
): Evidence | undefined {
  const quote = quoteIn(unit, claimed);
  return quote === undefined ? undefined : { unitId: unit.id, quote };
}

/** A cell with less than this is found everywhere. */
const minCellLength = 3;

function quoteIn(
  unit: Unit,
  { quote, claim }: Pick<ClaimedQuote, 'quote' | 'claim'>,
): string | undefined {
  const span = findQuote(quote, unit.text);
  if (span === undefined) return undefined;
  const found = unit.text.slice(span.from, span.to);
  if (unit.table === undefined) return found;
  const inCell = unit.table.cells.find((cell) => cell.includes(found));
  return inCell === undefined ? bestCell(coveredCells(unit, span), claim) : found;
}

/** Cells that lie within a stretch of the row's text. */
function coveredCells(unit: Unit, span: Span): string[] {
  let from = 0;
  return (unit.table?.cells ?? []).filter((cell) => {
    const at = cell === '' ? -1 : unit.text.indexOf(cell, from);
    if (at === -1) return false;
    from = at + cell.length;
    return at >= span.from && from <= span.to;
  });
}

/**
 * The ` | ` between cells is ours and stands in no file. Of a quote over several cells one cell is shown: the longest that has a
 * figure of the claim, or else the longest.
 */
function bestCell(cells: readonly string[], claim: string): string | undefined {
  const figures = figuresIn(claim);
  const telling = cells.filter(
    (cell) =>
      cell.length >= minCellLength && figuresIn(cell).some((each) => figures.includes(each)),
  );
  return (telling.length > 0 ? telling : cells).toSorted(
    (left, right) => right.length - left.length,
  )[0];
}
