import { encodingOfCharset, encodingOfCodePage } from './charsets.ts';
import { characters, destinationOf, transparent } from './destinations.ts';
import { readTokens } from './tokens.ts';

interface Group {
  readonly isTag: boolean;
  readonly isSkipped: boolean;
  readonly isMarked: boolean;
  /** Between `\htmlrtf` and `\htmlrtf0` stands what only RTF needs. */
  readonly isRtfOnly: boolean;
  readonly isFonts: boolean;
  readonly encoding: string;
  readonly fallbackCount: number;
}

const maxDepth = 2_000;

/** The HTML from which an e-mail program made RTF (MS-OXRTFEX 2.1.3.1); `undefined` where it was not made from HTML. */
export function encapsulatedHtml(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 512));
  if (!/\\fromhtml1(?!\d)/.test(head)) return undefined;
  return createExtractor().extract(bytes);
}

function createExtractor() {
  const html: string[] = [];
  const outer: Group[] = [];
  const fonts = new Map<number, string>();
  let standard = 'windows-1252';
  let font = 0;
  let toSkip = 0;
  let pending: number[] = [];
  let group: Group = {
    isTag: false,
    isSkipped: false,
    isMarked: false,
    isRtfOnly: false,
    isFonts: false,
    encoding: standard,
    fallbackCount: 1,
  };

  const add = (text: string) => {
    if (group.isSkipped || group.isRtfOnly || group.isFonts) return;
    html.push(group.isTag ? text : escaped(text));
  };
  const flush = () => {
    if (pending.length === 0) return;
    const decoded = new TextDecoder(group.encoding).decode(Uint8Array.from(pending));
    pending = [];
    add(decoded);
  };
  const setFont = (value: number) => {
    font = value;
    if (!group.isFonts) group = { ...group, encoding: fonts.get(value) ?? standard };
  };
  const define = (word: string, value: number) => {
    if (word === 'ansicpg') {
      standard = encodingOfCodePage(value);
      group = { ...group, encoding: standard };
    } else if (word === 'fcharset' && group.isFonts) {
      const encoding = encodingOfCharset(value);
      if (encoding !== undefined) fonts.set(font, encoding);
    } else if (word === 'f') setFont(value);
    else if (word === 'uc') group = { ...group, fallbackCount: Math.max(0, value) };
  };
  const enter = (word: string): boolean => {
    const { isMarked } = group;
    group = { ...group, isMarked: false };
    const destination = destinationOf(word);
    if (destination === 'html-tag') group = { ...group, isTag: true };
    else if (destination === 'fonts') group = { ...group, isFonts: true };
    else if (destination !== undefined && destination !== 'body')
      group = { ...group, isSkipped: true };
    else if (isMarked && !transparent.has(word)) group = { ...group, isSkipped: true };
    else return false;
    return true;
  };

  const handler = {
    open() {
      flush();
      toSkip = 0;
      // Deeper groups are read as part of the last: there is no such mail.
      if (outer.length < maxDepth) outer.push(group);
      group = { ...group, isMarked: false };
    },
    close() {
      flush();
      toSkip = 0;
      group = outer.pop() ?? group;
    },
    word(word: string, value: number | undefined) {
      flush();
      if (toSkip > 0) toSkip -= 1;
      else if (word === 'htmlrtf') group = { ...group, isRtfOnly: value !== 0 };
      else if (word === 'u') {
        add(String.fromCharCode((value ?? 0) & 0xffff));
        toSkip = group.fallbackCount;
      } else if (word === 'par' || word === 'line') add('\n');
      else if (characters[word] !== undefined && word.length > 1) add(characters[word] ?? '');
      else if (!enter(word)) define(word, value ?? 0);
    },
    symbol(symbol: string) {
      flush();
      if (symbol === '*') group = { ...group, isMarked: true };
      else if (toSkip > 0) toSkip -= 1;
      else add(characters[symbol] ?? '');
    },
    text(bytes: Uint8Array) {
      const skipped = Math.min(toSkip, bytes.length);
      toSkip -= skipped;
      for (const byte of bytes.subarray(skipped)) pending.push(byte);
    },
  };
  return {
    extract(bytes: Uint8Array): string {
      readTokens(bytes, handler);
      flush();
      return html.join('');
    },
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
