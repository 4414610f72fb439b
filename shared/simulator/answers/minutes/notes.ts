import { stopWords } from '#shared/workflows/language.ts';
import type { PromptLine, WrittenPrompt } from '#shared/workflows/prompt.ts';
import { splitSentences, wordsOf } from '../sentences.ts';
import { dueIn } from './due.ts';
import { isAssent, type SpeechAct, speechActOf } from './speech.ts';

interface AnsweredNote {
  readonly kind: 'decision' | 'action' | 'point' | 'question';
  readonly text: string;
  readonly quote: string;
  readonly turn: string;
  readonly topic: string;
  readonly owner?: string;
  readonly due?: string;
  readonly corrects?: string;
  readonly isWithdrawn?: boolean;
}

interface Spoken {
  readonly turn: string;
  readonly sentence: string;
  readonly act: SpeechAct;
  /** What the next turn begins with. */
  readonly reply: string;
}

const maxPoints = 8;
const maxQuote = 400;

/** Answers `minutes.notes`: sentences by the words that commit or decide; what a signal says else is passed over. */
export function answerMinutesNotes(prompt: WrittenPrompt): unknown {
  const agenda = prompt.sections['agenda'] ?? [];
  const before = spokenIn(prompt.sections['before'] ?? [], prompt.sections['turns'] ?? []);
  const spoken = spokenIn(prompt.sections['turns'] ?? [], prompt.sections['after'] ?? []);
  const notes: AnsweredNote[] = [];
  const earlier: AnsweredNote[] = before.flatMap((each) => noteOf(each, '', []) ?? []);
  let topic = 'General';
  for (const each of spoken) {
    topic = topicOf(each.sentence, agenda) ?? topic;
    const note = noteOf(each, topic, earlier);
    if (note === undefined) continue;
    notes.push(note);
    earlier.push(note);
  }
  const kept = withoutExcess(
    prompt.facts['Style'] === 'brief' ? notes.filter(({ kind }) => kind !== 'point') : notes,
  );
  return { notes: kept, passedOver: passedOver(prompt.sections['signals'] ?? [], kept) };
}

function spokenIn(lines: readonly PromptLine[], following: readonly PromptLine[]): Spoken[] {
  const all = [...lines, ...following];
  return lines.flatMap(({ tag, text }, index) =>
    splitSentences(text).map(
      (sentence): Spoken => ({
        turn: tag.split(' ')[0] ?? '',
        sentence: sentence.slice(0, maxQuote),
        act: speechActOf(sentence),
        reply: all[index + 1]?.text ?? '',
      }),
    ),
  );
}

function noteOf(
  { turn, sentence, act, reply }: Spoken,
  topic: string,
  earlier: readonly AnsweredNote[],
): AnsweredNote | undefined {
  const base = { quote: sentence, turn, topic };
  const due = dueIn(sentence);
  switch (act.kind) {
    case 'decision':
      return { kind: 'decision', text: wholeSentence(sentence), ...base };
    case 'action':
      if (act.needsAssent && !isAssent(reply)) return undefined;
      return {
        kind: 'action',
        text: taskOf(act.task, due),
        ...base,
        ...(act.owner === undefined ? {} : { owner: act.owner }),
        ...(due === undefined ? {} : { due }),
      };
    case 'correction':
      return correctionOf({ ...base, isWithdrawn: act.isWithdrawal }, due, earlier);
    case 'question':
    case 'point':
      return { kind: act.kind, text: wholeSentence(sentence), ...base };
    case 'none':
      return undefined;
  }
}

function correctionOf(
  base: Pick<AnsweredNote, 'quote' | 'turn' | 'topic'> & { readonly isWithdrawn: boolean },
  due: string | undefined,
  earlier: readonly AnsweredNote[],
): AnsweredNote | undefined {
  const target = earlier.findLast(({ kind }) => kind === 'action' || kind === 'decision');
  if (target === undefined) return undefined;
  const owner = /(\p{Lu}\p{Ll}+) (?:will|takes|übernimmt|macht)/u.exec(base.quote)?.[1];
  const { isWithdrawn, ...others } = base;
  return {
    kind: target.kind,
    text: target.kind === 'decision' ? wholeSentence(base.quote) : target.text,
    ...others,
    topic: target.topic || base.topic,
    corrects: target.turn,
    ...(due === undefined ? {} : { due }),
    ...(owner === undefined ? {} : { owner }),
    ...(isWithdrawn ? { isWithdrawn } : {}),
  };
}

function withoutExcess(notes: readonly AnsweredNote[]): AnsweredNote[] {
  const points = notes.filter(({ kind }) => kind === 'point').slice(0, maxPoints);
  return notes.filter((note) => note.kind !== 'point' || points.includes(note));
}

function passedOver(signals: readonly PromptLine[], notes: readonly AnsweredNote[]) {
  return signals.flatMap(({ tag, text }) => {
    const turn = tag.split('.')[0];
    const isNoted = notes.some(
      (note) => note.turn === turn && (text.includes(note.quote) || note.quote.includes(text)),
    );
    if (isNoted) return [];
    const act = speechActOf(text);
    return [
      {
        id: tag,
        reason: act.kind === 'none' ? act.reason : 'agrees to what was asked or repeats it',
      },
    ];
  });
}

/** The agenda point with most of its words in a sentence that turns to it. */
function topicOf(sentence: string, agenda: readonly PromptLine[]): string | undefined {
  const isTurning =
    /\b(?:next|first|turn to|move on|agenda|item|point|topic|let['’]s (?:talk|start|look)|kommen wir|nächster punkt|tagesordnung|top \d|zum thema|beginnen wir)\b/iu.test(
      sentence,
    );
  if (!isTurning) return undefined;
  const said = new Set(wordsOf(sentence));
  const found = agenda.find(({ text }) => {
    const telling = wordsOf(text).filter((word) => !stopWords.has(word));
    return telling.length > 0 && telling.every((word) => said.has(word));
  });
  return found?.tag;
}

function taskOf(task: string, due: string | undefined): string {
  const bare = due === undefined ? task : task.replace(due, ' ');
  const tidy = bare
    .replace(/\s+/gu, ' ')
    .replace(/\s*[,;–-]?\s*(?:please|okay|right)?\s*[.?!,]*\s*$/iu, '')
    .replace(/\s+([,.])/gu, '$1')
    .replace(/^[\s:,;–-]+/u, '')
    .trim();
  return wholeSentence(tidy === '' ? task : tidy);
}

function wholeSentence(text: string): string {
  const bare = text
    .trim()
    .replace(/^(?:(?:okay|ok|so|well|right|good|great|and|also|dann|gut|und)[,.]?\s+)+/iu, '');
  const whole = bare.charAt(0).toUpperCase() + bare.slice(1);
  return /[.!?]$/u.test(whole) ? whole : `${whole}.`;
}
