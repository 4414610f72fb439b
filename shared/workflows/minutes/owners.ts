import type { People } from './people.ts';
import type { NotesAnswer, Owner, Turn } from './schemas.ts';
import { isSaidNear, plain } from './support.ts';
import type { TurnTexts } from './turn-text.ts';

type Claim = Pick<NotesAnswer['notes'][number], 'owner' | 'quote'>;

interface Given {
  readonly turn: Turn;
  readonly texts: TurnTexts;
  readonly people: People;
}

/** What is wrong with the owner that the model names, as a sentence for it; `undefined` if nothing is. */
export function contradictionOf(claim: Claim, given: Given): string | undefined {
  if (claim.owner === undefined) return undefined;
  const owner = resolveOwner(claim, given);
  if (owner.status === 'unsupported') {
    return '"owner" must be who the transcript says will do it, in the words of the turn.';
  }
  return owner.remark?.startsWith(contradicted)
    ? '"owner" is not who the quote says will do it.'
    : undefined;
}

const contradicted = 'The model named ';

/**
 * Who is to do it: by the grammar of the quote where that tells, otherwise by the words that the model has copied. What cannot be told is
 * said and never guessed.
 */
export function resolveOwner(claim: Claim, given: Given): Owner {
  const derived = ownerInQuote(claim.quote, given);
  const named = claim.owner === undefined ? undefined : ownerAsSaid(claim.owner, claim, given);
  if (derived === undefined) return named ?? { said: '', names: [], status: 'none' };
  if (named === undefined || named.status === 'none') return derived;
  if (isSamePerson(derived, named))
    return derived.names.length >= named.names.length ? derived : named;
  if (named.status === 'resolved' || named.status === 'unsupported' || named.status === 'unknown') {
    return {
      ...derived,
      remark: `${contradicted}${claim.owner ?? ''}, but the quote says otherwise.`,
    };
  }
  return named.status === 'group' ? derived : named;
}

function isSamePerson(left: Owner, right: Owner): boolean {
  return left.names.length > 0 && left.names.some((name) => right.names.includes(name));
}

const firstPerson =
  /^(?:i|i['’]ll|i will|i['’]m|me|my|myself|ich|mich|mir|selbst|je|moi|yo|ik|io|eu|the speaker|speaker)$/iu;
const secondPerson = /^(?:you|your|yourself|du|dich|dir|sie|ihnen|ihr|euch|tu|toi|vous|jij|u)$/iu;
const group =
  /^(?:we|us|our|all|both|everyone|everybody|all of us|(?:the )?(?:whole )?(?:team|group|board|committee)|wir|uns|alle|beide|(?:das )?(?:ganze )?team|nous|nosotros|wij)$/iu;

function ownerAsSaid(said: string, claim: Claim, given: Given): Owner {
  const bare = said.trim().replace(/[.!?]$/u, '');
  if (firstPerson.test(bare)) return firstPersonOwner(bare, claim.quote, given);
  if (secondPerson.test(bare)) return addressedOwner(bare, claim.quote, given);
  if (group.test(bare))
    return { said: bare, names: [], status: 'group', remark: 'A group, no person.' };
  const parts = bare
    .split(/\s*(?:,(?!\s*\p{L}+$)|&|\/|\band\b|\bund\b|\bet\b|\by\b)\s*/iu)
    .filter((part) => part !== '');
  const owners = parts.map((part) => ownerByName(part, claim, given));
  if (owners.length === 1) return owners[0] ?? { said: bare, names: [], status: 'none' };
  return joined(bare, owners);
}

const severity = ['unsupported', 'ambiguous', 'unknown', 'group', 'none', 'resolved'] as const;

/** Several owners: all of them, and the worst of what is to be said of one. */
function joined(said: string, owners: readonly Owner[]): Owner {
  const status = severity.find((each) => owners.some((owner) => owner.status === each)) ?? 'none';
  const remarks = owners.flatMap(({ remark }) => remark ?? []);
  return {
    said,
    names: [...new Set(owners.flatMap(({ names }) => names))],
    status,
    ...(remarks.length === 0 ? {} : { remark: remarks.join(' ') }),
  };
}

function ownerByName(said: string, claim: Claim, given: Given): Owner {
  const { people, turn, texts } = given;
  const match = people.match(said);
  const speaker = turn.speaker === undefined ? undefined : people.ofSpeaker(turn.speaker);
  const addressed = addressedOwner('you', claim.quote, given);
  const isKnownHere =
    match.kind === 'one' && (match.name === speaker || addressed.names.includes(match.name));
  if (!isKnownHere && !isSaidNear(said, turn, texts) && !isFirstNameNear(match, given)) {
    return {
      said: '',
      names: [],
      status: 'unsupported',
      remark: `The model named ${said}, which the transcript does not say there.`,
    };
  }
  switch (match.kind) {
    case 'one':
      return {
        said,
        names: [match.name],
        status: 'resolved',
        ...(isKnownHere || isNamedIn(match.name, said, texts.textOf(turn))
          ? {}
          : { remark: 'Named only in what was said around it.' }),
      };
    case 'several':
      return {
        said,
        names: [],
        status: 'ambiguous',
        remark: `“${said}” may be ${match.names.join(' or ')}.`,
      };
    case 'none':
      return {
        said,
        names: [said],
        status: 'unknown',
        remark: `“${said}” is not on the list of attendees.`,
      };
  }
}

function isNamedIn(name: string, said: string, text: string): boolean {
  const words = plain(text);
  return [said, ...name.split(/\s+/)].some(
    (each) => each.length > 1 && words.includes(plain(each)),
  );
}

/** The model may have written the whole name of someone who is called by a part of it there. */
function isFirstNameNear(match: ReturnType<People['match']>, { turn, texts }: Given): boolean {
  if (match.kind !== 'one') return false;
  return match.name.split(/\s+/).some((part) => part.length > 1 && isSaidNear(part, turn, texts));
}

const sayingOfMyself = /(?:^|[^\p{L}])(?:I|me|my|mine|ich|mich|mir|mein\p{L}*)(?=[^\p{L}]|$)/iu;

/** The speaker, unless the quote says it of another and nothing of the speaker. */
function firstPersonOwner(said: string, quote: string, given: Given): Owner {
  const isOfOther = quote.search(saidOfOther) >= 0 && !sayingOfMyself.test(quote);
  if (!isOfOther) return speakerOwner(said, given);
  return {
    said: '',
    names: [],
    status: 'unsupported',
    remark: 'The model named the speaker, but the quote says otherwise.',
  };
}

function speakerOwner(said: string, { turn, people }: Given): Owner {
  if (turn.speaker !== undefined) {
    return { said, names: [people.ofSpeaker(turn.speaker)], status: 'resolved' };
  }
  return {
    said,
    names: [],
    status: 'unknown',
    remark: 'The transcript does not say who is speaking.',
  };
}

const assent =
  /^\W*(?:yes|yeah|yep|sure|ok|okay|will do|of course|no problem|happy to|absolutely|certainly|can do|fine|alright|all right|got it|understood|i['’]ll|i will|i can|ja|klar|gerne?|mache? ich|geht klar|natürlich|kein problem|selbstverständlich|einverstanden|in ordnung|übernehme ich|ich (?:mache|übernehme|kümmere))/iu;

/** The person spoken to: named in the quote, or whoever says yes next. */
function addressedOwner(said: string, quote: string, { turn, texts, people }: Given): Owner {
  const called = addressedIn(quote, people);
  if (called !== undefined) return ownerOfMatch(called.said, called.match);
  const next = texts.beside(turn.id, 1);
  if (
    next?.speaker !== undefined &&
    next.speaker !== turn.speaker &&
    assent.test(texts.textOf(next))
  ) {
    return {
      said,
      names: [people.ofSpeaker(next.speaker)],
      status: 'resolved',
      remark: 'Taken from who agrees next.',
    };
  }
  return { said, names: [], status: 'unknown', remark: `It is not said who “${said}” is.` };
}

const name = String.raw`\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?`;
const vocatives: readonly RegExp[] = [
  new RegExp(
    String.raw`(?:^|[.!?,] |\b(?:and|so|ok|okay|also|und|dann)[,]? )(${name}), (?:\w+ )?(?:can|could|would|will|please|you|may I|kannst|könntest|würdest|könnten|können|bitte|du|machst|übernimmst|schickst)`,
    'u',
  ),
  new RegExp(String.raw`(?:you|please|du|Sie|bitte)\b[^.!?]*, (${name})[.?!]`, 'u'),
  new RegExp(String.raw`\b(?:can|could|would|will) (${name}) (?:please )?\p{Ll}`, 'u'),
];

function addressedIn(quote: string, people: People) {
  for (const vocative of vocatives) {
    const said = vocative.exec(quote)?.[1];
    const found = said === undefined ? undefined : knownName(said, people);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A name of one or two words that somebody present has; of two the first may be the name alone. */
function knownName(said: string, people: People) {
  for (const words of [said, said.split(' ')[0] ?? '']) {
    const match = people.match(words);
    if (match.kind !== 'none') return { said: words, match };
  }
  return undefined;
}

function ownerOfMatch(said: string, match: ReturnType<People['match']>): Owner {
  if (match.kind === 'one') return { said, names: [match.name], status: 'resolved' };
  const names = match.kind === 'several' ? match.names.join(' or ') : '';
  return { said, names: [], status: 'ambiguous', remark: `“${said}” may be ${names}.` };
}

const saidByMe =
  /(?:^|[^\p{L}])(?:I['’]ll|I will|I shall|I am going to|I['’]m going to|let me|(?:on|with|to) me\b|I can (?!see|imagine|understand|hear)|ich (?:übernehme|mache|kümmere|schicke|sende|schreibe|prüfe|kläre|erstelle|bereite|rufe|organisiere|liefere|buche|bestelle|frage|hole|lade|aktualisiere|stelle|bringe|werde|sorge|spreche)|(?:übernehme|mache|schicke|sende|schreibe|prüfe|kläre|erstelle|kümmere|werde|rufe|buche|bestelle|organisiere) ich)(?=[^\p{L}]|$)/iu;
const saidOfOther = new RegExp(
  String.raw`(?:^|[^\p{L}])(${name}(?:(?:,| and| und| &) ${name})*)(?:['’]ll| will| shall| is going to| is to| takes| owns| has to| needs to| must| should| agreed to| übernimmt| kümmert| wird| soll| muss| (?!ist|hat|sagt|meint|fragt|findet|war)\p{Ll}{2,}t)(?=[^\p{L}]|$)`,
  'gu',
);

/** Whom the grammar of the quote makes the owner, where it tells of exactly one. */
function ownerInQuote(quote: string, given: Given): Owner | undefined {
  const others = [...quote.matchAll(saidOfOther)].flatMap(({ 1: said = '' }) =>
    ownerOfNames(said, given.people),
  );
  const addressed = addressedIn(quote, given.people);
  const found = [
    ...(saidByMe.test(quote) ? [speakerOwner('I', given)] : []),
    ...others,
    ...(addressed === undefined ? [] : [ownerOfMatch(addressed.said, addressed.match)]),
    ...(addressed === undefined && asks.test(quote) ? agreeing(quote, given) : []),
  ];
  const distinct = new Map(found.map((owner) => [owner.names.join() || owner.said, owner]));
  return distinct.size === 1 ? found[0] : undefined;
}

/** Owners by their names before a verb: `Ben`, `So Ben`, `Anna and Ben`; none where nobody present is called so. */
function ownerOfNames(said: string, people: People): Owner[] {
  const owners = said.split(/,? and |,? und |, | & /u).flatMap((part) => {
    const found = knownName(part, people) ?? knownName(part.split(' ').at(-1) ?? '', people);
    return found === undefined ? [] : [ownerOfMatch(found.said, found.match)];
  });
  const [first, ...more] = owners;
  if (first === undefined) return [];
  return more.length === 0 ? [first] : [joined(said, owners)];
}

const asks =
  /\b(?:can|could|would|will) you\b|(?:kannst|könntest|würdest) du\b|(?:können|könnten|würden) Sie\b/iu;

/** Whoever says yes to a request that names nobody. */
function agreeing(quote: string, given: Given): Owner[] {
  const owner = addressedOwner('you', quote, given);
  return owner.status === 'resolved' ? [owner] : [];
}
