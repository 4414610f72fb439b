import { createRandom, type Random } from '#shared/simulator/random.ts';
import { type SaidDate, saidDates } from './dates.ts';
import { english, german, type Phrases } from './phrases.ts';

/** What somebody says without a break. */
export interface Line {
  readonly speaker: string;
  readonly text: string;
  readonly startInMs: number;
  readonly endInMs: number;
}

export interface PlantedAction {
  /** Words that stand in its quote and in no other. */
  readonly mark: string;
  /** Full names; none where it is ambiguous or nobody was named. */
  readonly owner: string;
  readonly isAmbiguous: boolean;
  readonly date: string | undefined;
  /** A date was named that there is not. */
  readonly isImpossible: boolean;
  readonly isWithdrawn: boolean;
}

export interface Meeting {
  readonly language: 'en' | 'de';
  readonly date: string;
  readonly attendees: readonly { readonly name: string; readonly aliases?: readonly string[] }[];
  readonly lines: readonly Line[];
  readonly actions: readonly PlantedAction[];
  /** Words of each decision. */
  readonly decisions: readonly string[];
}

const people = ['Anna Meyer', 'Ben Ode', 'Carla Diaz', 'Deniz Kaya', 'Alex Stone', 'Alex Brandt'];
const outsider = 'Mallory';
const sentenceInMs = 6_000;

/** A meeting of so many minutes with planted decisions, actions, corrections and sentences that only sound like them. */
export function planMeeting(
  minutes: number,
  { language, seed, date }: { language: 'en' | 'de'; seed: number; date: string },
): Meeting {
  const phrases = language === 'de' ? german : english;
  const random = createRandom(seed);
  const stage = createStage(phrases, { random, dates: saidDates(date, language) });
  const slots = Math.max(12, Math.round((minutes * 60_000) / sentenceInMs / 2));
  const wanted = Math.min(phrases.objects.length, Math.max(8, Math.round(minutes / 2)));
  const decisions = Math.min(phrases.matters.length, Math.max(4, Math.round(minutes / 6)));
  const events = spread(
    [
      ...Array.from({ length: wanted }, (_, index) => () => stage.action(index)),
      ...Array.from({ length: decisions }, (_, index) => () => stage.decision(index)),
      ...phrases.distractors.map((text) => () => stage.say(text)),
    ],
    random,
  );
  const gap = Math.max(1, Math.floor(slots / Math.max(1, events.length)));
  for (const event of events) {
    for (let index = 0; index < gap; index += 1) stage.say(pick(phrases.chatter, random));
    event();
  }
  stage.recap();
  return { language, date, attendees: people.map((name) => ({ name })), ...stage.taken() };
}

function pick<Value>(values: readonly Value[], random: Random): Value {
  return values[Math.floor(random() * values.length)] as Value;
}

function spread<Value>(values: readonly Value[], random: Random): Value[] {
  return values
    .map((value) => ({ value, key: random() }))
    .toSorted((left, right) => left.key - right.key)
    .map(({ value }) => value);
}

function createStage(
  phrases: Phrases,
  { random, dates }: { random: Random; dates: readonly SaidDate[] },
) {
  const lines: Line[] = [];
  const actions: PlantedAction[] = [];
  const decisions: string[] = [];
  const recaps: string[] = [];
  let last = '';
  const say = (text: string, speaker = otherThan(last, random)) => {
    const startInMs = lines.length * sentenceInMs;
    lines.push({
      speaker,
      text: text.replace(/\s+([.?!,])/g, '$1').replace(/\s+/g, ' '),
      startInMs,
      endInMs: startInMs + sentenceInMs - 500,
    });
    last = speaker;
    return speaker;
  };
  const isGerman = phrases === german;
  const fill = (
    pattern: string,
    parts: { who?: string; object: string; verb: string; when: string },
  ) => {
    const article = isGerman ? parts.object : `the ${parts.object}`;
    const task = isGerman ? `${article} ${parts.verb}` : `${parts.verb} ${article}`;
    return pattern
      .replace('{who}', parts.who ?? '')
      .replace('{task}', task)
      .replace('{object}', article)
      .replace('{when}', parts.when);
  };
  const plant = (mark: string, owner: string, due: SaidDate, others: Partial<PlantedAction> = {}) =>
    actions.push({
      mark,
      owner,
      isAmbiguous: false,
      date: due.date,
      isImpossible: due.date === undefined && due.said !== '',
      isWithdrawn: false,
      ...others,
    });

  const action = (index: number) => {
    const object = phrases.objects[index] ?? '';
    const verb = pick(phrases.verbs, random);
    const due = pick(dates, random);
    const parts = { object, verb, when: due.said };
    const speaker = otherThan(last, random);
    const owner = pick(
      people.slice(0, 4).filter((name) => name !== speaker),
      random,
    );
    const who = owner.split(' ')[0] ?? '';
    switch (index % 9) {
      case 0:
        say(fill(pick(phrases.self, random), parts), speaker);
        plant(object, speaker, due);
        return;
      case 1:
        say(fill(pick(phrases.named, random), { ...parts, who }), speaker);
        plant(object, owner, due);
        if (recaps.length < 3) recaps.push(fill(phrases.recap, { ...parts, who }));
        return;
      case 2:
        say(fill(pick(phrases.asked, random), { ...parts, who }), speaker);
        say(pick(phrases.assents, random), owner);
        plant(object, owner, due);
        return;
      case 3:
        say(fill(pick(phrases.unnamed, random), parts), speaker);
        say(pick(phrases.assents, random), owner);
        plant(object, owner, due);
        return;
      case 4: {
        say(fill(pick(phrases.named, random), { ...parts, who: 'Alex' }), speaker);
        plant(object, '', due, { isAmbiguous: true });
        return;
      }
      case 5: {
        const later = pick(
          dates.filter(({ date, said }) => date !== undefined && said !== due.said),
          random,
        );
        say(fill(pick(phrases.self, random), parts), speaker);
        say(fill(pick(phrases.laterDate, random), { ...parts, when: later.said }), owner);
        plant(object, speaker, later);
        return;
      }
      case 6:
        say(fill(pick(phrases.self, random), parts), speaker);
        say(fill(pick(phrases.otherOwner, random), { ...parts, who }), otherThan(speaker, random));
        plant(object, owner, due);
        return;
      case 7:
        say(fill(pick(phrases.named, random), { ...parts, who: outsider }), speaker);
        plant(object, outsider, due);
        return;
      default:
        say(fill(pick(phrases.self, random), parts), speaker);
        say(pick(phrases.withdrawal, random), owner);
        plant(object, speaker, due, { isWithdrawn: true });
    }
  };
  return {
    say,
    action,
    decision(index: number) {
      const what = phrases.matters[index] ?? '';
      say(pick(phrases.decisions, random).replace('{what}', what));
      decisions.push(what);
    },
    recap() {
      for (const text of recaps) say(text);
    },
    taken: () => ({ lines, actions, decisions }),
  };
}

function otherThan(name: string, random: Random): string {
  return pick(
    people.filter((each) => each !== name),
    random,
  );
}
