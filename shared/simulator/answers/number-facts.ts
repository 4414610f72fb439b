import { stopWords } from '#shared/workflows/language.ts';

/** A figure of a sentence with a name for it. */
export interface FoundNumber {
  readonly label: string;
  readonly value: string;
}

const amount = String.raw`\d+(?:[.,'’\u00a0\u202f]\d+)*`;
const scale = String.raw`(?:\s?(?:million|billion|thousand|trillion|Millionen|Milliarden|Mio\.?|Mrd\.?|m|bn|k)\b)?`;
const currencyName = '(?:EUR|USD|GBP|CHF|euros?|dollars?|pounds?|francs?|Euro)';

/** Kinds of figures, the most telling first. */
const money = new RegExp(
  String.raw`(?:(?:EUR|USD|GBP|CHF)\s?|[€$£]\s?)${amount}${scale}|${amount}${scale}\s?(?:[€$£]|${currencyName}\b)`,
  'gu',
);
const share = new RegExp(
  String.raw`${amount}\s?(?:%|per\s?cent\b|percent(?:age points?)?\b|Prozent\b|basis points?\b)`,
  'gu',
);
/** A figure and what it counts; years, dates and numbers of sections are none. */
const quantity = new RegExp(
  String.raw`(?<![\w.,/-])${amount}(?:\s(?:million|billion|thousand))?\s(\p{L}[\p{L}-]{2,}(?:(?<=-\p{L}+)\s\p{L}+)?)`,
  'gu',
);
const months =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember)$/iu;

/** Verbs that end the subject of a sentence, and so the label of its figure. */
const verbs =
  /\b(?:is|are|was|were|has|have|had|will|would|can|could|may|must|should|shall|rose|fell|grew|increased|decreased|declined|dropped|climbed|reached|amounted|amounts|totalled|totaled|totals|stood|stands|cost|costs|came|come|remained|remains|averaged|averages|account|accounted|accounts|handled|carried|moved|exceeded|exceeds|approved|approves|agreed|decided|improved|improves|doubled|halved|takes|took|requires|required|needs|needed|cover|covers|covered|provides|includes|included|represents|saves|saved|spent|spends|generated|ran|run|shows|showed|expect|expects|expected|estimates|estimated|plans|planned|proposes|set|sets|holds|held|serves|served|delivers|delivered|adds|added|stayed|went|arose|employed|employs|opened|closed|received|signed|bought|sold|hired|ist|sind|war|waren|wird|werden|wurde|wurden|hat|haben|stieg|stiegen|sank|sanken|beträgt|betragen|betrug|kostet)\b/iu;
/** Where a clause with a subject of its own begins. */
const clauseBreak =
  /;\s|:\s|,\s(?:where|while|whereas|which|who|and|but|because|since|of which)\s/gu;
const openings =
  /^(?:(?:in|by|for|during|since|after|before|over|under|from|at|on|as of|compared with|compared to|according to|despite|with)\s[^,]{1,60},\s|(?:in|on|by|since)\s(?:\d{1,2}\s)?[A-Z]\p{L}+\s(?:19|20)\d\d\s|(?:however|overall|moreover|furthermore|therefore|meanwhile|today|currently|finally|also),?\s)/iu;
const maxLabelWords = 7;

/** The most telling figure of a sentence, if it has one worth a table. */
export function findNumber(sentence: string): FoundNumber | undefined {
  const figure = strongestFigure(sentence);
  if (figure === undefined) return undefined;
  const label = labelOf(sentence, figure);
  return label === undefined ? undefined : { label, value: figure.value };
}

/** How much the figures of a sentence tell: 2 for money and shares, 1 for other quantities, 0 without any. */
export function figureStrength(sentence: string): 0 | 1 | 2 {
  const figure = strongestFigure(sentence);
  if (figure === undefined) return 0;
  return figure.kind === 'quantity' ? 1 : 2;
}

interface Figure {
  readonly kind: 'money' | 'share' | 'quantity';
  readonly value: string;
  readonly index: number;
  /** Of a quantity: what is counted. */
  readonly counted: string;
}

/** Money before everything else; otherwise what comes first, since that is what the subject of the sentence is about. */
function strongestFigure(sentence: string): Figure | undefined {
  const amountOfMoney = figureOf(sentence, 'money');
  if (amountOfMoney !== undefined) return amountOfMoney;
  const figures = [figureOf(sentence, 'share'), figureOf(sentence, 'quantity')];
  return figures
    .filter((figure) => figure !== undefined)
    .toSorted((left, right) => left.index - right.index)[0];
}

/** Of `from 3 % to 5 %` the second tells where things stand; otherwise the first figure of its kind. */
function figureOf(sentence: string, kind: Figure['kind']): Figure | undefined {
  const pattern = { money, share, quantity }[kind];
  const matches = [...sentence.matchAll(pattern)].filter(
    (match) => kind !== 'quantity' || isCount(match),
  );
  const chosen =
    matches.find(({ index }) => /\bto\s$/u.test(sentence.slice(0, index))) ?? matches[0];
  if (chosen === undefined) return undefined;
  return { kind, value: chosen[0].trim(), index: chosen.index, counted: chosen[1] ?? '' };
}

function isCount(match: RegExpExecArray): boolean {
  const counted = (match[1] ?? '').toLowerCase();
  const isYear = /^(?:19|20)\d\d\s/u.test(match[0]);
  const isVerb = /ed$/u.test(counted) || verbs.test(counted);
  return !isYear && !isVerb && !months.test(counted) && !stopWords.has(counted);
}

function labelOf(sentence: string, figure: Figure): string | undefined {
  const clauseStart = lastEnd(sentence.slice(0, figure.index), clauseBreak);
  const opening = openings.exec(sentence.slice(clauseStart, figure.index))?.[0] ?? '';
  const before = sentence.slice(clauseStart + opening.length, figure.index);
  const after = sentence.slice(figure.index + figure.value.length);
  const shareOf = figure.kind === 'share' ? wholeOf(after) : '';
  const subject = labelOfSubject(before, shareOf);
  if (subject !== undefined) return subject;
  if (shareOf !== '') return `Share of ${shareOf}`;
  const counted = countedPhrase(figure, after);
  if (isTelling(counted)) return counted;
  return clauseStart === 0 ? undefined : subjectOf(sentence.slice(0, clauseStart));
}

/** A person or a body does something to what the figure is about; a thing is what the figure is about. */
function labelOfSubject(before: string, shareOf: string): string | undefined {
  const verb = verbs.exec(before)?.[0] ?? '';
  const verbAt = verb === '' ? before.length : before.search(verbs);
  const subject = tidy(before.slice(0, verbAt));
  const object = tidy(before.slice(verbAt + verb.length));
  const isAgent = subject.split(' ').length <= 2 && verb !== '' && !beingVerbs.test(verb);
  if (isAgent && isTelling(object)) return object;
  if (!isTelling(subject)) return undefined;
  if (isAgent) return `${subject} ${verb}`;
  return shareOf === '' ? subject : `${subject}, share of ${shareOf}`;
}

/** What is counted and of which, for example `Derailments in yards`; the bare noun says no more than the value does. */
function countedPhrase({ counted }: Figure, after: string): string {
  const phrase = `${counted}${untilClauseEnd(after)}`;
  const label = tidy(phrase.slice(0, verbs.exec(phrase)?.index ?? phrase.length));
  return counted !== '' && label.split(' ').length > 1 ? label : '';
}

const beingVerbs =
  /^(?:is|are|was|were|rose|fell|grew|increased|decreased|declined|dropped|climbed|reached|amounted|amounts|totalled|totals|stood|stands|cost|costs|remained|remains|averaged|averages|account|accounted|accounts|improved|exceeded|exceeds|covers?|covered|represents|stieg|stiegen|sank|sanken|beträgt|betragen|betrug|kostet)$/iu;

function subjectOf(clause: string): string | undefined {
  const subject = tidy(clause.slice(0, verbs.exec(clause)?.index ?? clause.length));
  return isTelling(subject) ? subject : undefined;
}

function lastEnd(text: string, pattern: RegExp): number {
  const last = [...text.matchAll(pattern)].at(-1);
  return last === undefined ? 0 : last.index + last[0].length;
}

function untilClauseEnd(text: string): string {
  return text.split(/[,;:.(]|\s(?:and|or|but|as|than|compared)\s/u)[0] ?? '';
}

/** In `63 percent of revenue`: revenue. */
function wholeOf(after: string): string {
  const whole =
    /^\s+of\s+(?:the\s|its\s|their\s|all\s|our\s)?(.*)$/iu.exec(untilClauseEnd(after))?.[1] ?? '';
  const words = whole.split(/\s+/u).slice(0, 4);
  const end = words.findIndex((word, index) => index > 0 && stopWords.has(word.toLowerCase()));
  return words.slice(0, end === -1 ? 3 : end).join(' ');
}

function tidy(text: string): string {
  const phrase = text.replace(/\([^)]*\)/gu, ' ').split(/[;:–—]|,\s/u)[0] ?? '';
  const words = phrase
    .trim()
    .split(/\s+/u)
    .filter((word) => word !== '')
    .slice(0, maxLabelWords);
  while (words.length > 0 && isSmall(words.at(-1) ?? '')) words.pop();
  while (words.length > 0 && /^(?:the|a|an|of|der|die|das)$/iu.test(words[0] ?? '')) words.shift();
  const label = words.join(' ');
  return label.slice(0, 1).toUpperCase() + label.slice(1);
}

function isSmall(word: string): boolean {
  const isFiller =
    /^(?:about|around|some|only|nearly|almost|roughly|therefore|now|then|thus|currently|again|further|up|worth)$/iu;
  return stopWords.has(word.toLowerCase()) || isFiller.test(word);
}

function isTelling(label: string): boolean {
  const words = label.split(' ');
  const isPronoun =
    /^(?:this|that|these|those|it|they|we|he|she|there|which|who|its|their|most|many|some|all)\b/iu.test(
      label,
    );
  const isVerb = words.length === 1 && verbs.test(label);
  return label.length >= 4 && !isPronoun && !isVerb && words.some((word) => !isSmall(word));
}
