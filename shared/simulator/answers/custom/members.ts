import type { PersonalText } from './personal-data.ts';

const sorts: Readonly<Record<PersonalText['sort'], RegExp>> = {
  name: /name|person|people/iu,
  email: /mail/iu,
  phone: /phone|tel|fax/iu,
  bank: /bank|iban|account/iu,
  address: /^(?!.*mail).*address|postal/iu,
  id: /\bid\b|ident|number/iu,
};

/** Words of a text that tell what it is, by words that a member may hold. */
const cues: readonly (readonly [RegExp, RegExp])[] = [
  [
    /high|urgent/iu,
    /\b(?:urgent(?:ly)?|asap|immediately|at once|today|tomorrow|dringend|sofort|umgehend)\b/iu,
  ],
  [/invoice|bill/iu, /\b(?:invoice|payment|amount due|bill|rechnung)\b/iu],
  [
    /complain/iu,
    /\b(?:complain\w*|disappointed|unacceptable|damaged|broken|faulty|refund|beschwerde|defekt|reklamation)\b/iu,
  ],
  [
    /appoint|meeting/iu,
    /\b(?:meeting|appointment|invite|invitation|schedule|termin|besprechung)\b/iu,
  ],
  [/applic/iu, /\b(?:apply|application|curriculum vitae|cv|bewerbung)\b/iu],
  [/advert|news|spam/iu, /\b(?:unsubscribe|newsletter|offer ends|discount|abmelden)\b/iu],
  [/request|question/iu, /\?|\b(?:please|could you|would you|bitte)\b/iu],
  [/low/iu, /\b(?:no hurry|whenever|unsubscribe|newsletter)\b/iu],
];

const fallbacks = /^(?:other|none|unknown|normal|medium|neutral|sonstiges?)$/iu;

/** The member of an enumeration that the words of a text speak for; otherwise the one that stands for everything else, or the last. */
export function memberFor(
  members: readonly string[],
  { text, personal }: { name: string; text: string; personal?: PersonalText | undefined },
): string | undefined {
  const sort = personal === undefined ? undefined : sorts[personal.sort];
  const bySort = sort === undefined ? undefined : members.find((member) => sort.test(member));
  if (bySort !== undefined) return bySort;
  const told = cues.find(
    ([ofMember, ofText]) => members.some((member) => ofMember.test(member)) && ofText.test(text),
  );
  const byCue = told === undefined ? undefined : members.find((member) => told[0].test(member));
  const byWord = members.find((member) => text.toLowerCase().includes(member.toLowerCase()));
  return byCue ?? byWord ?? members.find((member) => fallbacks.test(member)) ?? members.at(-1);
}
