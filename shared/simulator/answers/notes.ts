import { countWords, stopWords } from '#shared/workflows/language.ts';
import type { PromptLine, WrittenPrompt } from '#shared/workflows/prompt.ts';
import { cueScore, isDangling, kindOf, standAlone } from './cues.ts';
import { type AnsweredNote, limitOf, overlap } from './note.ts';
import { findNumber } from './number-facts.ts';
import { clipText, splitSentences, wordsOf } from './sentences.ts';
import { noteTables } from './tables.ts';

const maxQuoteLength = 300;
/** Two sentences with more words in common say the same. */
const sameness = 0.6;
/** Below this a sentence is not worth a note, unless there is no better one. */
const worthANote = 1.2;

/** Answers `summarize.notes`: the sentences of the part that tell the most, verbatim. */
export function answerNotes(prompt: WrittenPrompt): unknown {
  const lines = prompt.sections['units'] ?? [];
  const limit = limitOf(prompt.facts['Notes'], 12);
  const candidates = candidatesIn(lines, prompt.facts['Focus'] ?? '');
  const tableNotes = noteTables(lines);
  const roomForSentences = Math.max(Math.ceil(limit / 2), limit - tableNotes.length);
  const chosen = choose(candidates, roomForSentences);
  const notes = [...chosen.map(noteOf), ...tableNotes.slice(0, limit - chosen.length)];
  return { notes, sectionSummary: summarizeSection(lines, chosen) };
}

interface Candidate extends Statement {
  readonly unit: string;
  readonly heading: string;
  readonly position: number;
  readonly score: number;
}

const proseKinds = new Set([
  '',
  'list-item',
  'quote',
  'footnote',
  'comment',
  'cue',
  'speaker-notes',
]);

function candidatesIn(lines: readonly PromptLine[], focus: string): Candidate[] {
  const counts = wordCounts(lines);
  const focusWords = new Set(contentWords(focus));
  return proseIn(lines)
    .flatMap((unit) =>
      statementsIn(unit.text).map((statement, index) => {
        const { id, heading, remark } = unit;
        const { sentence } = statement;
        const score =
          baseScore(statement, remark) +
          centrality(sentence, counts) +
          sharedWords(sentence, new Set(contentWords(heading))) * 0.4 +
          sharedWords(sentence, focusWords) * 1.5 +
          placeScore(unit, index);
        return { ...statement, unit: id, heading, score };
      }),
    )
    .map((candidate, position) => ({ ...candidate, position }));
}

/** Openings and parts that sum up tell more than the rest. */
function placeScore({ heading, isOpening }: ProseUnit, index: number): number {
  const isSummingUp =
    /summary|overview|conclusion|key (?:findings|figures|points)|at a glance|zusammenfassung|fazit/iu;
  return (
    (index === 0 ? 0.3 : 0) +
    (index === 0 && isOpening ? 0.7 : 0) +
    (isSummingUp.test(heading) ? 0.8 : 0)
  );
}

/** A sentence; one that points back is taken together with the sentence before it, as far as both fit into a quote. */
interface Statement {
  readonly sentence: string;
  /** The part that is new. */
  readonly last: string;
  readonly isDangling: boolean;
}

function statementsIn(text: string): Statement[] {
  const sentences = splitSentences(text);
  return sentences.map((last, index): Statement => {
    const before = sentences[index - 1];
    if (!isDangling(last) || before === undefined) {
      return { sentence: last, last, isDangling: isDangling(last) };
    }
    const pair = text.slice(text.indexOf(before), text.indexOf(last) + last.length);
    const isReadable = pair.length <= maxQuoteLength && !isDangling(before);
    return isReadable
      ? { sentence: pair, last, isDangling: false }
      : { sentence: last, last, isDangling: true };
  });
}

interface ProseUnit {
  readonly id: string;
  readonly remark: string;
  readonly text: string;
  readonly heading: string;
  /** Whether it is the first below its heading. */
  readonly isOpening: boolean;
}

function proseIn(lines: readonly PromptLine[]): ProseUnit[] {
  const units: ProseUnit[] = [];
  let heading = '';
  for (const { tag, text } of lines) {
    const [id = '', remark = ''] = tag.split(' ');
    if (remark === 'heading' || remark === 'title') heading = text;
    if (!proseKinds.has(remark) || id === 'header' || id === 'author') continue;
    const isOpening = units.at(-1)?.heading !== heading;
    units.push({ id, remark, text, heading, isOpening });
  }
  return units;
}

function baseScore({ sentence, last, isDangling }: Statement, remark: string): number {
  const words = countWords(last);
  const isWhole = /[.!?…]["”’)]?$/u.test(sentence);
  return (
    cueScore(last) -
    (words < 6 ? 3 : 0) -
    (words > 38 ? 1.5 : 0) -
    (words > 60 ? 2 : 0) -
    (isDangling ? 2 : 0) -
    (!isWhole && remark !== 'list-item' ? 1.5 : 0) -
    (/https?:\/\/|@\w|^see\b|^table \d|^figure \d/iu.test(sentence) ? 2 : 0) -
    (remark === 'footnote' ? 1 : 0)
  );
}

/** Takes the best, each time a little less from where much has been taken, and nothing twice. */
function choose(candidates: readonly Candidate[], limit: number): Candidate[] {
  const chosen: Candidate[] = [];
  const left = [...candidates];
  while (chosen.length < limit && left.length > 0) {
    const crowding = (candidate: Candidate) =>
      chosen.filter(({ heading }) => heading === candidate.heading).length * 0.15;
    const rated = left.map((candidate) => candidate.score - crowding(candidate));
    const bestAt = rated.indexOf(Math.max(...rated));
    const [best] = left.splice(bestAt, 1);
    if (best === undefined) break;
    if ((rated[bestAt] ?? 0) < worthANote && chosen.length > 0) break;
    addUnlessSaid(chosen, best);
  }
  return chosen.toSorted((left_, right) => left_.position - right.position);
}

function addUnlessSaid(chosen: Candidate[], candidate: Candidate): void {
  const same = chosen.findIndex(({ sentence }) => overlap(sentence, candidate.sentence) > sameness);
  const said = chosen[same];
  if (said === undefined) chosen.push(candidate);
  // With the sentence before it, it says all that was said and more.
  else if (candidate.sentence.includes(said.sentence)) chosen[same] = candidate;
}

function noteOf(candidate: Candidate): AnsweredNote {
  const { sentence, last, unit, score } = candidate;
  const quote = clipText(sentence, maxQuoteLength);
  const kind = kindOf(last);
  const number = kind === 'question' ? undefined : findNumber(clipText(last, maxQuoteLength));
  return {
    text: standAlone(clipText(sentence, 600)),
    quote,
    unit,
    kind,
    weight: weightOf(score),
    ...(number === undefined ? {} : { number }),
  };
}

function weightOf(score: number): number {
  return [2.2, 3.2, 4.2, 5.4].filter((threshold) => score >= threshold).length + 1;
}

function summarizeSection(lines: readonly PromptLine[], chosen: readonly Candidate[]): string {
  const headings = lines.filter(({ tag }) => tag.endsWith(' heading')).map(({ text }) => text);
  if (headings.length > 0) return `Covers ${headings.slice(0, 4).join('; ')}.`;
  const [best] = chosen.toSorted((left, right) => right.score - left.score);
  return best === undefined ? '' : standAlone(best.sentence);
}

function contentWords(text: string): string[] {
  return wordsOf(text).filter((word) => word.length > 2 && !stopWords.has(word));
}

function wordCounts(lines: readonly PromptLine[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of lines.flatMap(({ text }) => contentWords(text))) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/** 0 to 2: how much a sentence is made of the words that the part uses often. */
function centrality(sentence: string, counts: ReadonlyMap<string, number>): number {
  const words = [...new Set(contentWords(sentence))];
  if (words.length < 3) return 0;
  const frequent = words.map((word) => Math.min(4, (counts.get(word) ?? 1) - 1));
  return Math.min(2, frequent.reduce((sum, each) => sum + each, 0) / words.length);
}

function sharedWords(sentence: string, others: ReadonlySet<string>): number {
  const shared = new Set(contentWords(sentence).filter((word) => others.has(word)));
  return Math.min(3, shared.size);
}
