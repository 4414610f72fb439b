import { stopWords } from '#shared/workflows/language.ts';
import type { PromptLine, WrittenPrompt } from '#shared/workflows/prompt.ts';
import { clipText, splitSentences, wordsOf } from '../sentences.ts';
import { meaningOf } from './meanings.ts';

const maxQuoteLength = 300;
/** A sentence with fewer of the question's words is about something else. */
const minShare = 0.75;
const maxStatements = 2;

/** Answers `answer-questions.answer`: the sentence or row with nearly all telling words of the question, verbatim, or nothing. */
export function answerQuestion(prompt: WrittenPrompt): unknown {
  const question = prompt.sections['question']?.[0]?.text ?? '';
  const wanted = tellingWords(question);
  const candidates = candidatesIn(prompt.sections['passages'] ?? []).map((candidate) => ({
    ...candidate,
    share: shareOf(wanted, candidate),
  }));
  const best = Math.max(0, ...candidates.map(({ share }) => share));
  if (best < minShare)
    return { status: 'not-found', statements: [], missing: 'No passage says it.' };
  const chosen = candidates.filter(({ share }) => share === best);
  const statements = onePerDocument(chosen).slice(0, maxStatements).map(statementOf);
  return { status: 'answered', statements, missing: null };
}

interface Candidate {
  readonly unit: string;
  readonly text: string;
  readonly quote: string;
  /** The document and the headings above it. */
  readonly place: string;
  /** Header row of its table. */
  readonly header: string;
}

function candidatesIn(lines: readonly PromptLine[]): Candidate[] {
  const candidates: Candidate[] = [];
  let place = '';
  let header = '';
  for (const { tag, text } of lines) {
    const [unit = '', remark = ''] = tag.split(' ');
    if (unit === 'passage') [place, header] = [text, ''];
    if (unit === 'header' || remark === 'table-header') header = text;
    if (!/^d\d/u.test(unit) || aboutOthers.has(remark)) continue;
    candidates.push(...candidatesOf({ unit, text, isRow: remark === 'table-row' }, place, header));
  }
  return candidates.filter(({ quote }) => quote.length >= 8 && !/\?$/u.test(quote));
}

/** Lines that say what other lines are about. */
const aboutOthers = new Set(['table-header', 'heading', 'title']);

function candidatesOf(
  { unit, text, isRow }: { unit: string; text: string; isRow: boolean },
  place: string,
  header: string,
): Candidate[] {
  if (isRow) {
    const quote = clipText(text, maxQuoteLength);
    return [{ unit, text: rowText(text, header), quote, place, header }];
  }
  return splitSentences(text).map((sentence) => {
    const quote = clipText(sentence, maxQuoteLength);
    return { unit, text: quote, quote, place, header: '' };
  });
}

/** `Notice period: 14 days` of a row with its header. */
function rowText(row: string, header: string): string {
  const names = header.split(' | ');
  const cells = row.split(' | ');
  if (names.length !== cells.length) return row;
  return `${cells.map((cell, index) => `${names[index] ?? ''}: ${cell}`).join('; ')}.`;
}

/** How many of the telling words stand in the sentence; in its place or header they count as well if the sentence has some itself. */
function shareOf(wanted: readonly string[], { text, place, header }: Candidate): number {
  if (wanted.length === 0) return 0;
  const own = new Set(stemsOf(text));
  const around = new Set(stemsOf(`${place} ${header}`));
  const inText = wanted.filter((word) => own.has(word)).length;
  const inPlace = wanted.filter((word) => !own.has(word) && around.has(word)).length;
  // Figures and names say which of many like things is meant.
  return inText === 0 ? 0 : (inText + inPlace * 0.95) / wanted.length;
}

function statementOf({ text, quote, unit }: Candidate) {
  return { text, evidence: [{ quote, unit }] };
}

/** Two documents that answer alike may contradict each other; within one document the first sentence will do. */
function onePerDocument(candidates: readonly Candidate[]): Candidate[] {
  const documentOf = ({ unit }: Candidate) => unit.slice(0, unit.indexOf('.'));
  const first = new Map<string, Candidate>();
  for (const each of candidates) {
    if (!first.has(documentOf(each))) first.set(documentOf(each), each);
  }
  return [...new Map([...first.values()].map((each) => [each.text, each] as const)).values()];
}

/** Words with which a question asks rather than says what it is about. */
const askingWords = new Set(
  'how much many long often who whom whose what which when where why does do did is are was were please state describe name give tell sum amount wie viel viele lange wer was welche welcher welches wann wo'.split(
    ' ',
  ),
);

function tellingWords(question: string): string[] {
  const words = wordsOf(question).filter((word) => !stopWords.has(word) && !askingWords.has(word));
  return [...new Set(words.map(stem))];
}

function stemsOf(text: string): string[] {
  return wordsOf(text.replace(/[_-]+/gu, ' ')).map(stem);
}

function stem(written: string): string {
  const word = meaningOf(written);
  return word.length > 3 ? word.replace(/(?:ies|es|s|ed|ing)$/u, '') : word;
}
