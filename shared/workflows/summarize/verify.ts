import type { CodeStage, StageContext } from '../definition.ts';
import { type Evidence, findEvidence } from '../evidence.ts';
import { figuresIn, unsupportedFigures } from '../figures.ts';
import { createSourceText } from '../source-text.ts';
import { findingsOf, notesById } from './reduce.ts';
import type { Finding, Note, NumberFact, Point, VerifyOutput } from './schemas.ts';

/** A reader looks up one quote, perhaps three, never ten. */
const maxEvidence = 3;

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
  const found = notes.flatMap((note) => foundNote(context, note) ?? []);
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

function foundNote(context: StageContext, note: Note): FoundNote | undefined {
  const claim = `${note.text} ${note.number?.value ?? ''}`;
  const evidence = findEvidence(context, { ...note, claim });
  const unit = evidence === undefined ? undefined : context.unit(evidence.unitId);
  if (evidence === undefined || unit === undefined) return undefined;
  return { note, evidence, sources: createSourceText(context.documents).around(unit) };
}
