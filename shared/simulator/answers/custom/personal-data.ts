import { findPattern } from '#shared/workflows/custom/patterns.ts';

/** A text that may be about a person, with the sort of text that it is. */
export interface PersonalText {
  readonly text: string;
  readonly sort: 'name' | 'email' | 'phone' | 'bank' | 'address' | 'id';
}

/** First names that are frequent in the languages of the examples. */
const firstNames =
  'Adam|Alan|Alexander|Alice|Amelia|Amy|Ana|Andrea|Andreas|Anja|Ann|Anna|Anne|Anton|Ben|Benjamin|Bernd|Birgit|Carl|Carla|Carlos|Caroline|Charlotte|Chloe|Chris|Christian|Christine|Clara|Claudia|Daniel|David|Dieter|Edward|Elena|Elisabeth|Elizabeth|Ella|Emil|Emily|Emma|Erik|Eva|Felix|Frank|Franz|George|Georg|Grace|Hanna|Hannah|Hans|Harry|Heike|Heinrich|Helen|Henrik|Henry|Ines|Ingrid|Isabel|Jack|Jakob|James|Jan|Jana|Jane|Jens|Joan|Johann|Johanna|John|Jonas|Jörg|Josef|Joseph|Julia|Julian|Jürgen|Karin|Karl|Karl-Heinz|Katharina|Katrin|Klaus|Laura|Lena|Leo|Liam|Lisa|Lucas|Lucy|Ludwig|Lukas|Manfred|Maria|Marie|Marion|Markus|Martin|Mary|Matthias|Max|Maya|Mia|Michael|Miriam|Monika|Nadia|Nicole|Nina|Noah|Nora|Olga|Oliver|Olivia|Omar|Oscar|Otto|Patrick|Paul|Paula|Pedro|Peter|Petra|Philip|Priya|Rachel|Ralf|Rebecca|Richard|Robert|Rosa|Sabine|Samuel|Sandra|Sara|Sarah|Sebastian|Silke|Simon|Sofia|Sophie|Stefan|Stephanie|Susan|Susanne|Thomas|Tim|Tobias|Tom|Ursula|Ute|Victor|Walter|Werner|William|Wolfgang|Yusuf|Zoe';
const surname = "(?:(?:von|van|de|der|zu|Mc|O[’'])[ ]?)*\\p{Lu}[\\p{Ll}’']+(?:-\\p{Lu}\\p{Ll}+)?";
const fullName = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${firstNames})(?:[ \\u00a0](?:\\p{Lu}\\.|(?:${firstNames})))?[ \\u00a0]${surname}(?![\\p{L}\\p{N}])`,
  'gu',
);
const titled = new RegExp(
  `(?<![\\p{L}])(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herrn?|Frau)\\.?[ \\u00a0](${surname}(?:[ \\u00a0]${surname})?)(?![\\p{L}\\p{N}])`,
  'gu',
);
const streets =
  /(?<![\p{L}\p{N}])(?:\d{1,4}[a-z]? \p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)? (?:Street|Road|Avenue|Lane|Square|Drive)|\p{Lu}\p{Ll}+(?:straße|strasse|str\.|weg|platz|gasse|allee) \d{1,4}[a-z]?)(?![\p{L}\p{N}])(?:, (?:\d{4,5} \p{Lu}\p{Ll}+|\p{Lu}\p{Ll}+ [A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}))?/gu;
const ids =
  /(?<![\p{L}])(?:[Pp]assport|[Ss]taff|[Cc]ustomer|[Pp]atient|[Pp]ersonnel|[Ii]nsurance|[Tt]ax|ID|Ausweis-?|Kunden-?|Personal-?)[ -]?(?:[Nn]o\.?|[Nn]umber|ID|[Nn]r\.?|[Nn]ummer)?:? ([A-Z]{0,3}-?\d[\dA-Z-]{4,14})(?![\p{L}\p{N}])/gu;

/** Personal data in a text, by the look of it: what a program can tell without reading. */
export function personalTextsIn(text: string): PersonalText[] {
  const all = (sort: PersonalText['sort'], texts: readonly string[]) =>
    texts.map((each): PersonalText => ({ text: each, sort }));
  const captured = (pattern: RegExp) =>
    [...text.matchAll(pattern)].map((match) => (match[1] ?? match[0]).trim());
  const found = [
    ...all('email', findPattern('email', text)),
    ...all('bank', [...findPattern('iban', text), ...findPattern('card', text)]),
    ...all('phone', findPattern('phone', text)),
    ...all('name', [...captured(fullName), ...captured(titled)]),
    ...all('address', captured(streets)),
    ...all('id', captured(ids)),
  ];
  return found.filter(
    ({ text: own }, index) =>
      found.findIndex((each) => each.text === own) === index &&
      !found.some((each) => each.text !== own && each.text.includes(own) && each.sort !== 'name'),
  );
}
