import type { Unit } from '#shared/domain/document.ts';
import { UnitId } from '#shared/domain/ids.ts';
import type { CodeStage, StageContext } from '../definition.ts';
import { figuresIn, unsupportedFigures } from '../figures.ts';
import { findQuote, type Span } from '../quotes.ts';
import { findingsOf, notesById } from './reduce.ts';
import type { Evidence, Finding, Note, NumberFact, Point, VerifyOutput } from './schemas.ts';
import { createSourceText } from './source-text.ts';

/** A reader looks up one quote, perhaps three, never ten. */
const maxEvidence = 3;
/** A cell with less than this is found everywhere. */
const minCellLength = 3;

/**
 * Finds every quote in the documents and drops what has none (I8). A quote that ships is cut out of the unit, so it is never the
 * model's spelling of it.
 */
export const verifyStage: CodeStage = {
  kind: 'code',
  name: 'verify',
  title: 'Checking every quote',
  run(context) {
    const notes = notesById(context);
    const output: VerifyOutput = { points: [], dropped: [] };
    for (const finding of findingsOf(context)) {
      const own = finding.notes.flatMap((id) => notes.get(id) ?? []);
      const verdict = verifyFinding(context, finding, own);
      if (verdict.isSupported) {
        output.points.push({ id: `p${output.points.length + 1}`, ...verdict.point });
        continue;
      }
      output.dropped.push({ text: finding.text, reason: verdict.reason });
    }
    return output;
  },
};

type Verdict =
  | { readonly isSupported: true; readonly point: Omit<Point, 'id'> }
  | { readonly isSupported: false; readonly reason: VerifyOutput['dropped'][number]['reason'] };

interface FoundNote {
  readonly note: Note;
  readonly evidence: Evidence;
  /** Everything that the claim may take its figures from. */
  readonly sources: readonly string[];
}

function verifyFinding(context: StageContext, finding: Finding, notes: readonly Note[]): Verdict {
  const found = notes.flatMap((note) => findEvidence(context, note) ?? []);
  if (found.length === 0) return { isSupported: false, reason: 'quote-not-found' };

  const sources = found.flatMap((each) => each.sources);
  const isTrue = (text: string) => unsupportedFigures(text, sources).length === 0;
  // A merged text may have gone wrong where the notes it was made of are right.
  const text = [finding.text, ...found.map(({ note }) => note.text)].find(isTrue);
  if (text === undefined) return { isSupported: false, reason: 'figure-not-in-source' };

  const { kind, weight } = finding;
  return {
    isSupported: true,
    point: {
      text,
      kind,
      weight,
      numbers: found.flatMap(supportedNumber),
      evidence: uniqueEvidence(found),
    },
  };
}

function uniqueEvidence(found: readonly FoundNote[]): Evidence[] {
  const byQuote = new Map(
    found.map(({ evidence }) => [`${evidence.unitId} ${evidence.quote}`, evidence] as const),
  );
  return [...byQuote.values()].slice(0, maxEvidence);
}

function supportedNumber({ note, sources }: FoundNote): NumberFact[] {
  const { number } = note;
  if (number === undefined || figuresIn(number.value).length === 0) return [];
  const claim = `${number.label} ${number.value}`;
  return unsupportedFigures(claim, sources).length === 0 ? [number] : [];
}

/** The quote in the unit that the model names or, failing that, in any unit of the documents. */
function findEvidence(context: StageContext, note: Note): FoundNote | undefined {
  const unitId = UnitId.safeParse(note.unit).data;
  const named = unitId === undefined ? undefined : context.unit(unitId);
  const inNamed = named === undefined ? undefined : evidenceIn(named, note, context);
  if (inNamed !== undefined) return inNamed;

  // Looking closely is slow; a unit without the longest word of the quote cannot hold it.
  const words = note.quote.match(/[A-Za-z\d]+/g) ?? [''];
  const longest = words.reduce((left, right) => (right.length > left.length ? right : left));
  const candidates = context.documents
    .flatMap(({ units }) => units)
    .filter(({ text }) => text.includes(longest));
  for (const unit of candidates) {
    const found = evidenceIn(unit, note, context);
    if (found !== undefined) return found;
  }
  return undefined;
}

function evidenceIn(unit: Unit, note: Note, context: StageContext): FoundNote | undefined {
  const quote = quoteIn(unit, note);
  if (quote === undefined) return undefined;
  const sources = createSourceText(context.documents).around(unit);
  return { note, evidence: { unitId: unit.id, quote }, sources };
}

function quoteIn(unit: Unit, note: Note): string | undefined {
  const span = findQuote(note.quote, unit.text);
  if (span === undefined) return undefined;
  const found = unit.text.slice(span.from, span.to);
  if (unit.table === undefined) return found;
  const inCell = unit.table.cells.find((cell) => cell.includes(found));
  return inCell === undefined ? bestCell(coveredCells(unit, span), note) : found;
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
function bestCell(cells: readonly string[], note: Note): string | undefined {
  const figures = figuresIn(`${note.text} ${note.number?.value ?? ''}`);
  const telling = cells.filter(
    (cell) =>
      cell.length >= minCellLength && figuresIn(cell).some((each) => figures.includes(each)),
  );
  return (telling.length > 0 ? telling : cells).toSorted(
    (left, right) => right.length - left.length,
  )[0];
}
