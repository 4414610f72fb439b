/** Frequent small words of the languages that office documents are mostly written in. */
const smallWords: Readonly<Record<string, string>> = {
  en: 'the of and to in is are was were that this for with on by from as at be been has have had it its not or which will would an they their there than into these those but if when can could should must may more most also such other all any each who what where while during after before between about against under over within per',
  de: 'der die das und ist sind war waren den dem des ein eine einer eines einem einen für mit auf von zu im in nicht auch sich als bei aus nach wird werden wurde wurden hat haben oder durch über zum zur dass kann sowie noch nur vor wie',
  fr: 'le la les et est sont était des du une un pour avec sur par dans que qui ne pas plus au aux ce cette ces son sa ses leur leurs ou mais être avoir été il elle ils elles nous vous se',
  es: 'el la los las y es son era un una unos unas de del al en por para con que no se su sus lo como más pero o este esta estos estas ha han fue fueron ser entre sobre también',
  it: 'il lo la i gli le e è sono era un una di del della dei delle al alla in con per che non si su da come più ma o questo questa questi queste ha hanno essere anche tra',
  pt: 'o a os as e é são era um uma de do da dos das em no na nos nas por para com que não se seu sua como mais mas ou este esta foi foram ser também entre sobre ao pela pelo',
  nl: 'de het een en is zijn was waren van in op te met voor aan door bij niet ook als om dat die dit deze er worden wordt werd heeft hebben maar of naar uit over tot',
};

const tables: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(smallWords).map(([language, words]) => [language, new Set(words.split(' '))]),
);

/** Words that say little about what a text is about, in all languages known here. */
export const stopWords: ReadonlySet<string> = new Set(
  [...tables.values()].flatMap((words) => [...words]),
);

/** Words that only one of the languages has: `a` and `no` tell nothing. */
const tellingWords: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...tables].map(([language, words]) => {
    const others = [...tables].filter(([other]) => other !== language).map(([, each]) => each);
    const isTelling = (word: string) => !others.some((each) => each.has(word));
    return [language, new Set([...words].filter(isTelling))];
  }),
);

/** The language that most of the telling small words of a text belong to; English where there are too few to tell. */
export function guessLanguage(text: string): string {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const counts = [...tellingWords].map(([language, telling]) => ({
    language,
    count: words.filter((word) => telling.has(word)).length,
  }));
  const best = counts.reduce((left, right) => (right.count > left.count ? right : left));
  return best.count < Math.max(2, words.length / 40) ? 'en' : best.language;
}

/** Words of a text as a word limit counts them. */
export function countWords(text: string): number {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
