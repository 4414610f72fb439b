import { describeLocator } from '#shared/domain/locator.ts';
import { clockOf } from '#shared/domain/time.ts';
import type { StageContext } from '../definition.ts';
import type { Evidence } from '../evidence.ts';
import { findQuote, type Span } from '../quotes.ts';
import type { Turn } from './schemas.ts';

/** The words of turns and where in the units they stand. */
export interface TurnTexts {
  readonly turns: readonly Turn[];
  turn(id: string): Turn | undefined;
  /** Turn so many places before (negative) or behind the one named. */
  beside(id: string, distance: number): Turn | undefined;
  /** Position among the turns; that of one unknown is behind all. */
  positionOf(id: string): number;
  textOf(turn: Turn): string;
  /** A stretch of a turn's text as what stands in its units: one piece of evidence for each unit that it touches. */
  evidenceOf(turn: Turn, span: Span): Evidence[];
  findIn(turn: Turn, quote: string): Span | undefined;
  /** When it is said, or where it stands if the transcript has no times. */
  timeOf(turn: Turn, at: number): string;
}

/** Texts of turns are wanted again and again; they are joined once for each list of turns. */
export function createTurnTexts(
  context: Pick<StageContext, 'unit' | 'documents'>,
  turns: readonly Turn[],
): TurnTexts {
  const positions = new Map(turns.map(({ id }, index) => [id, index]));
  const joined = new Map<string, JoinedTurn>();
  const joinOf = (turn: Turn): JoinedTurn => {
    const known = joined.get(turn.id);
    if (known !== undefined) return known;
    const made = joinTurn(context, turn);
    joined.set(turn.id, made);
    return made;
  };
  return {
    turns,
    turn: (id) => turns[positions.get(id) ?? -1],
    beside: (id, distance) => {
      const at = positions.get(id);
      return at === undefined ? undefined : turns[at + distance];
    },
    positionOf: (id) => positions.get(id) ?? turns.length,
    textOf: (turn) => joinOf(turn).text,
    evidenceOf: (turn, span) => evidenceOf(context, joinOf(turn), span),
    findIn: (turn, quote) => findQuote(quote, joinOf(turn).text),
    timeOf: (turn, at) => timeOf(context, { turn, at, joined: joinOf(turn) }),
  };
}

interface JoinedPiece {
  readonly unitId: Turn['unitIds'][number];
  /** Characters of the unit. */
  readonly from: number;
  /** Where it begins and ends in the turn's text. */
  readonly at: number;
  readonly end: number;
}

interface JoinedTurn {
  readonly text: string;
  readonly pieces: readonly JoinedPiece[];
}

function joinTurn(context: Pick<StageContext, 'unit'>, turn: Turn): JoinedTurn {
  let text = '';
  const pieces: JoinedPiece[] = [];
  for (const { unitId, from, to } of turn.pieces) {
    const part = context.unit(unitId)?.text.slice(from, to) ?? '';
    if (part.trim() === '') continue;
    if (text !== '') text += ' ';
    pieces.push({ unitId, from, at: text.length, end: text.length + part.length });
    text += part;
  }
  return { text, pieces };
}

function evidenceOf(
  context: Pick<StageContext, 'unit'>,
  { pieces }: JoinedTurn,
  span: Span,
): Evidence[] {
  return pieces.flatMap(({ unitId, from, at, end }) => {
    if (end <= span.from || at >= span.to) return [];
    const start = from + Math.max(at, span.from) - at;
    const stop = from + Math.min(end, span.to) - at;
    const quote = context.unit(unitId)?.text.slice(start, stop).trim() ?? '';
    return quote === '' ? [] : [{ unitId, quote }];
  });
}

function timeOf(
  context: Pick<StageContext, 'unit' | 'documents'>,
  { turn, at, joined }: { turn: Turn; at: number; joined: JoinedTurn },
): string {
  const piece = joined.pieces.find(({ end }) => end > at) ?? joined.pieces.at(-1);
  const unit = context.unit(piece?.unitId ?? turn.unitIds[0] ?? ('' as never));
  if (unit === undefined) return '';
  const { locator } = unit;
  const exact = locator.kind === 'cue' ? locator.startInMs : undefined;
  const timeInMs = exact ?? turn.startInMs;
  return timeInMs === undefined ? describeLocator(locator) : clockOf(timeInMs);
}
