import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { parseXml, type XmlElement } from '#shared/documents/xml.ts';

/** A piece of text of a part, replaced by a word that comes nowhere else. */
export interface Token {
  readonly word: string;
  readonly part: string;
  /** Names of the elements around it, outermost first, its own included. */
  readonly path: readonly string[];
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
    const paths = pathsOf(parseXml(files[part]));
    for (const word of words) tokens.push({ word, part, path: paths.get(word) ?? [] });
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

function pathsOf(root: XmlElement): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, readonly string[]>();
  const visit = (element: XmlElement, above: readonly string[]): void => {
    const path = [...above, element.name];
    if (element.text.startsWith('«')) paths.set(element.text, path);
    for (const child of element.children) visit(child, path);
  };
  visit(root, []);
  return paths;
}
