import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { parseXml, type XmlElement } from '#shared/documents/xml.ts';

/** A piece of text of a part, replaced by a word that comes nowhere else. */
export interface Token {
  readonly word: string;
  readonly part: string;
  /** Names of the elements around it, outermost first, its own included. */
  readonly path: readonly string[];
  /** Numbers of the first paragraphs (`w:p`) of the elements around it below the body: a locator has one of those. */
  readonly anchors: ReadonlySet<number>;
}

/**
 * Gives every text node of an Office file (`w:t`, `w:delText`, `a:t`, `m:t`) a word of its own, so that a test can count where each of
 * them ends up. Done on the characters of the parts, without the code that is tested.
 */
export function tokenize(bytes: Uint8Array): { bytes: Uint8Array; tokens: readonly Token[] } {
  const tokens: Token[] = [];
  const files = unzipSync(bytes);
  for (const [part, content] of Object.entries(files)) {
    if (!part.endsWith('.xml')) continue;
    const first = tokens.length;
    const words: string[] = [];
    const text = strFromU8(content).replace(textNode, (whole, open: string, text: string) => {
      if (text.trim() === '') return whole;
      const word = `«${first + words.length}»`;
      words.push(word);
      return `${open}${word}<`;
    });
    if (words.length === 0) continue;
    files[part] = strToU8(text);
    const places = placesOf(parseXml(files[part]));
    for (const word of words) {
      tokens.push({ word, part, ...(places.get(word) ?? { path: [], anchors: new Set() }) });
    }
  }
  return { bytes: zipSync(files), tokens };
}

/** How often each word stands in a text. */
export function countTokens(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.matchAll(/«\d+»/g)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

const textNode = /(<(?:\w+:)?(?:t|delText)(?:\s[^<>]*)?(?<!\/)>)([^<]*)</g;

type TokenPlace = Pick<Token, 'path' | 'anchors'>;

function placesOf(root: XmlElement): ReadonlyMap<string, TokenPlace> {
  const places = new Map<string, TokenPlace>();
  let count = 0;
  const visit = (
    element: XmlElement,
    above: readonly string[],
    firsts: readonly number[],
  ): void => {
    const path = [...above, element.name];
    const isStory = above.length === 0 || element.name === 'w:body';
    // The next paragraph to be counted is the first one in the element, if it has any.
    const own = isStory ? firsts : [...firsts, count + 1];
    if (element.name === 'w:p') count += 1;
    if (element.text.startsWith('«')) places.set(element.text, { path, anchors: new Set(own) });
    for (const child of element.children) visit(child, path, own);
  };
  visit(root, [], []);
  return places;
}
