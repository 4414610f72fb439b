import type { Attendee } from './params.ts';
import type { Turn } from './schemas.ts';

/** Whom a name stands for. */
export type Match =
  | { readonly kind: 'one'; readonly name: string; readonly remark?: string }
  | { readonly kind: 'several'; readonly names: readonly string[] }
  | { readonly kind: 'none' };

/** Those who were invited and those who speak. */
export interface People {
  match(called: string): Match;
  /** The person whom the transcript names so as a speaker; the name itself where nobody of that name was invited. */
  ofSpeaker(label: string): string;
  /** Speakers whom nobody has invited, by the names that the transcript gives them. */
  readonly uninvited: readonly string[];
  /** Invited who say nothing. */
  readonly silent: readonly string[];
  /** Invited, or, where no list was given, all speakers. */
  readonly present: readonly string[];
}

interface Person {
  readonly name: string;
  /** Full names and aliases, folded. */
  readonly calls: ReadonlySet<string>;
  /** First name, last name and what else is a part of the name. */
  readonly parts: ReadonlySet<string>;
  readonly initials: string;
  readonly role: string;
}

export function createPeople(attendees: readonly Attendee[], turns: readonly Turn[]): People {
  const invited = attendees.map(personOf);
  const labels = [...new Set(turns.flatMap(({ speaker }) => speaker ?? []))];
  const bySpeaker = new Map(labels.map((label) => [label, matchIn(invited, label)] as const));
  const ofSpeaker = (label: string) => {
    const match = bySpeaker.get(label);
    return match?.kind === 'one' ? match.name : withoutRemark(label);
  };
  const heard = new Set(labels.map(ofSpeaker));
  const uninvited = [...heard].filter((name) => !invited.some((person) => person.name === name));
  const everyone = [...invited, ...uninvited.map((name) => personOf({ name }))];
  return {
    match: (called) => matchIn(everyone, called),
    ofSpeaker,
    uninvited: invited.length === 0 ? [] : uninvited,
    silent: invited.map(({ name }) => name).filter((name) => !heard.has(name)),
    present: invited.length === 0 ? [...heard] : invited.map(({ name }) => name),
  };
}

function personOf(attendee: Attendee): Person {
  const { name, role, email, aliases } = {
    role: undefined,
    email: undefined,
    aliases: undefined,
    ...attendee,
  };
  const others = [
    ...(aliases ?? []),
    ...(email === undefined ? [] : [email, email.split('@')[0] ?? '']),
  ];
  const words = fold(withoutTitle(inOrder(name)))
    .split(' ')
    .filter((word) => word !== '');
  return {
    name,
    calls: new Set([name, inOrder(name), withoutTitle(inOrder(name)), ...others].map(fold)),
    parts: new Set(
      [words[0], words.at(-1), words.slice(1).join(' ')].flatMap((word) => word ?? []),
    ),
    initials: words.map((word) => word.charAt(0)).join(''),
    role: fold(role ?? ''),
  };
}

function matchIn(people: readonly Person[], called: string): Match {
  const wanted = fold(withoutTitle(inOrder(withoutRemark(called)))).replace(
    /^(?:the|der|die|das) /,
    '',
  );
  if (wanted === '') return { kind: 'none' };
  const letters = called.replace(/[.\s]/g, '');
  const tests: readonly ((person: Person) => boolean)[] = [
    ({ calls }) => calls.has(wanted),
    ({ parts }) => parts.has(wanted),
    // `Anna M.` and `A. Meyer`
    ({ name }) => isShortened(wanted, fold(withoutTitle(inOrder(name)))),
    ({ role }) => role !== '' && role === wanted,
    ({ initials }) =>
      /^\p{Lu}{2,4}$/u.test(letters) && initials.length > 1 && initials === letters.toLowerCase(),
  ];
  for (const test of tests) {
    const found = [...new Set(people.filter(test).map(({ name }) => name))];
    const [only] = found;
    if (only !== undefined) {
      return found.length === 1 ? { kind: 'one', name: only } : { kind: 'several', names: found };
    }
  }
  return { kind: 'none' };
}

function isShortened(wanted: string, name: string): boolean {
  const given = wanted.split(' ');
  const words = name.split(' ');
  if (given.length < 2 || given.length > words.length) return false;
  const [first = '', ...rest] = given;
  const last = rest.at(-1) ?? '';
  const isAlike = (short: string, long: string) =>
    short === long || (short.length === 1 && long.startsWith(short));
  return isAlike(first, words[0] ?? '') && isAlike(last, words.at(-1) ?? '');
}

/** `Meyer, Anna` is Anna Meyer. */
function inOrder(name: string): string {
  const [last, first, ...more] = name.split(/,\s*/);
  return first === undefined || more.length > 0 || first.includes(' ') ? name : `${first} ${last}`;
}

function withoutTitle(name: string): string {
  return name.replace(/^(?:(?:dr|prof|mr|mrs|ms|herrn?|frau|dipl|ing)\.?\s+)+/iu, '');
}

/** `Anna Meyer (Guest)`, `Ben Ode [External]`. */
function withoutRemark(label: string): string {
  const bare = label.replace(/\s*[([][^()[\]]*[)\]]\s*$/u, '').trim();
  return bare === '' ? label : bare;
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[.,]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
