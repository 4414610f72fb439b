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

interface Stage {
  /** Says it by the person given or by another than who spoke last; gives who it was. */
  say(text: string, speaker?: string): string;
  action(index: number): void;
  decision(index: number): void;
  /** Says again what a few were to do. */
  recap(): void;
  taken(): Pick<Meeting, 'lines' | 'actions' | 'decisions'>;
}

/** Who speaks, who is to do what and until when. */
interface Cast {
  readonly speaker: string;
  readonly owner: string;
  /** First name of the owner. */
  readonly who: string;
  readonly object: string;
  readonly verb: string;
  readonly due: SaidDate;
}

interface Script {
  readonly phrases: Phrases;
  readonly random: Random;
  readonly dates: readonly SaidDate[];
  readonly recaps: string[];
  readonly say: Stage['say'];
  /** A pattern with its blanks filled in. */
  fill(patterns: readonly string[], cast: Cast, others?: { who?: string; when?: string }): string;
  plant(cast: Cast, owner: string, others?: Partial<PlantedAction>): void;
}

function createStage(
  phrases: Phrases,
  { random, dates }: { random: Random; dates: readonly SaidDate[] },
): Stage {
  const lines: Line[] = [];
  const actions: PlantedAction[] = [];
  const decisions: string[] = [];
  const recaps: string[] = [];
  let last = '';
  const say = (text: string, speaker = otherThan(last, random)) => {
    const startInMs = lines.length * sentenceInMs;
    const tidy = text.replace(/\s+([.?!,])/g, '$1').replace(/\s+/g, ' ');
    lines.push({ speaker, text: tidy, startInMs, endInMs: startInMs + sentenceInMs - 500 });
    last = speaker;
    return speaker;
  };
  const script: Script = {
    ...{ phrases, random, dates, recaps, say },
    fill: (patterns, cast, others) =>
      fillPattern(pick(patterns, random), cast, { phrases, ...others }),
    plant: (cast, owner, others) => actions.push(plantedAction(cast, owner, others)),
  };
  return {
    say,
    action: (index) => {
      const cast = castFor(index, script, otherThan(last, random));
      planters[index % planters.length]?.(script, cast);
    },
    decision(index) {
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

/** The ways in which an action comes up, in turn. */
const planters: readonly ((script: Script, cast: Cast) => void)[] = [
  function takenOn({ say, fill, plant, phrases }, cast) {
    say(fill(phrases.self, cast), cast.speaker);
    plant(cast, cast.speaker);
  },
  function assigned({ say, fill, plant, phrases, recaps }, cast) {
    say(fill(phrases.named, cast), cast.speaker);
    plant(cast, cast.owner);
    if (recaps.length < 3) recaps.push(fill([phrases.recap], cast));
  },
  function asked({ say, fill, plant, phrases, random }, cast) {
    say(fill(phrases.asked, cast), cast.speaker);
    say(pick(phrases.assents, random), cast.owner);
    plant(cast, cast.owner);
  },
  function askedWithoutName({ say, fill, plant, phrases, random }, cast) {
    say(fill(phrases.unnamed, cast), cast.speaker);
    say(pick(phrases.assents, random), cast.owner);
    plant(cast, cast.owner);
  },
  function ambiguous({ say, fill, plant, phrases }, cast) {
    say(fill(phrases.named, cast, { who: 'Alex' }), cast.speaker);
    plant(cast, '', { isAmbiguous: true });
  },
  function dateCorrected({ say, fill, plant, phrases, dates, random }, cast) {
    const others = dates.filter(({ date, said }) => date !== undefined && said !== cast.due.said);
    const due = pick(others, random);
    say(fill(phrases.self, cast), cast.speaker);
    say(fill(phrases.laterDate, cast, { when: due.said }), cast.owner);
    plant({ ...cast, due }, cast.speaker);
  },
  function ownerCorrected({ say, fill, plant, phrases, random }, cast) {
    say(fill(phrases.self, cast), cast.speaker);
    say(fill(phrases.otherOwner, cast), otherThan(cast.speaker, random));
    plant(cast, cast.owner);
  },
  function fromOutside({ say, fill, plant, phrases }, cast) {
    say(fill(phrases.named, cast, { who: outsider }), cast.speaker);
    plant(cast, outsider);
  },
  function takenBack({ say, fill, plant, phrases, random }, cast) {
    say(fill(phrases.self, cast), cast.speaker);
    say(pick(phrases.withdrawal, random), cast.owner);
    plant(cast, cast.speaker, { isWithdrawn: true });
  },
];

function castFor(index: number, { phrases, random, dates }: Script, speaker: string): Cast {
  const owner = pick(
    people.slice(0, 4).filter((name) => name !== speaker),
    random,
  );
  return {
    speaker,
    owner,
    who: owner.split(' ')[0] ?? '',
    object: phrases.objects[index] ?? '',
    verb: pick(phrases.verbs, random),
    due: pick(dates, random),
  };
}

function fillPattern(
  pattern: string,
  { who, object, verb, due }: Cast,
  given: { phrases: Phrases; who?: string; when?: string },
): string {
  const isGerman = given.phrases === german;
  const article = isGerman ? object : `the ${object}`;
  const task = isGerman ? `${article} ${verb}` : `${verb} ${article}`;
  return pattern
    .replace('{who}', given.who ?? who)
    .replace('{task}', task)
    .replace('{object}', article)
    .replace('{when}', given.when ?? due.said);
}

function plantedAction(
  { object, due }: Cast,
  owner: string,
  others: Partial<PlantedAction> = {},
): PlantedAction {
  return {
    mark: object,
    owner,
    isAmbiguous: false,
    date: due.date,
    isImpossible: due.date === undefined && due.said !== '',
    isWithdrawn: false,
    ...others,
  };
}

function otherThan(name: string, random: Random): string {
  return pick(
    people.filter((each) => each !== name),
    random,
  );
}
