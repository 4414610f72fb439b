import { decodeEntities } from './xml-entities.ts';

/** What a part says from its start to its end, by the names in the file. Text outside the root is left out. */
export interface RawXmlEvents {
  /** `isQualified` says whether an attribute has a prefix or declares a namespace. */
  open(name: string, attributes: Readonly<Record<string, string>>, isQualified: boolean): void;
  /** A run of text; neighbouring runs may come in pieces. */
  text(text: string): void;
  close(): void;
}

/*
 * A function that scans gives the place behind what it has read, or the complement (`~`) of the place where it met something special,
 * which is the end of the text where that is not complete. It has then told nobody of anything.
 */

/** Scans a tag or the text up to the next one. `open` has the names of the elements that are open, and is kept. */
export function createTokenScanner(open: string[], events: RawXmlEvents) {
  const tags = createTagScanner(open, events);
  return (text: string, at: number): number => {
    if (text.charCodeAt(at) !== less) return scanText(text, at, events);
    return text.charCodeAt(at + 1) === slash
      ? tags.scanEnd(text, at + 2)
      : tags.scanStart(text, at + 1);
  };
}

function scanText(text: string, from: number, events: RawXmlEvents): number {
  const plainEnd = skip(text, from, plainText);
  const end = text.charCodeAt(plainEnd) === less ? plainEnd : skip(text, plainEnd, anyText);
  if (text.charCodeAt(end) !== less) return ~end;
  const raw = text.slice(from, end);
  const content = end === plainEnd ? raw : contentOf(raw);
  if (content === undefined) return ~from;
  events.text(content);
  return end;
}

function contentOf(raw: string): string | undefined {
  // The end of a section of characters, none of which began.
  if (raw.includes(']]>')) return undefined;
  return decodeEntities(raw.replace(/\r\n?/g, '\n'));
}

function createTagScanner(open: string[], events: RawXmlEvents) {
  const nameAt = createNames();
  const scanAttributes = createAttributeScanner(nameAt);
  return {
    /** From the name of a start tag on. */
    scanStart(text: string, from: number): number {
      const endOfName = skipName(text, from);
      if (endOfName === from) return ~from;
      const { name } = nameAt(text, from, endOfName);
      const tag: Tag = { attributes: none, count: 0, isQualified: false };
      const end = scanAttributes(text, endOfName, tag);
      if (end < 0) return end;
      const isEmpty = text.charCodeAt(end) === slash;
      const last = isEmpty ? end + 1 : end;
      if (text.charCodeAt(last) !== greater) return ~last;
      open.push(name);
      events.open(name, tag.attributes, tag.isQualified);
      if (isEmpty) {
        open.pop();
        events.close();
      }
      return last + 1;
    },
    /** From the name of an end tag on. */
    scanEnd(text: string, from: number): number {
      const name = open.at(-1) ?? '';
      const endOfName = from + name.length;
      if (!text.startsWith(name, from)) return ~Math.min(endOfName, text.length);
      const last = skip(text, endOfName, space);
      if (text.charCodeAt(last) !== greater) return ~last;
      open.pop();
      events.close();
      return last + 1;
    },
  };
}

interface Tag {
  attributes: Record<string, string>;
  count: number;
  isQualified: boolean;
}

/** Most elements have no attributes. */
const none: Record<string, string> = Object.freeze({});

/** More are unusual. */
const mostAttributes = 100;

function createAttributeScanner(nameAt: ReturnType<typeof createNames>) {
  const scanAttribute = (text: string, from: number, tag: Tag): number => {
    const endOfName = skipName(text, from);
    if (endOfName === from) return ~from;
    const { name, isQualified } = nameAt(text, from, endOfName);
    const end = endOfValue(text, endOfName);
    if (end < 0) return end;
    const value = decodeValue(text.slice(endOfName + 2, end));
    if (tag.count === 0) tag.attributes = {};
    // A name that comes twice in a tag is special, and so is one that every object has.
    const isFree = tag.attributes[name] === undefined && tag.count < mostAttributes;
    if (value === undefined || !isFree) return ~from;
    tag.attributes[name] = value;
    tag.count += 1;
    tag.isQualified ||= isQualified;
    return end + 1;
  };
  /** Puts the attributes into the tag, and gives the place of its `>` or `/>`. */
  return (text: string, from: number, tag: Tag): number => {
    let at = from;
    while ((kindOf(text, at) & space) !== 0) {
      at = skip(text, at + 1, space);
      const code = text.charCodeAt(at);
      if (code === greater || code === slash) return at;
      at = scanAttribute(text, at, tag);
      if (at < 0) return at;
    }
    return at;
  };
}

/** From the `=` on, to the quote behind the value. */
function endOfValue(text: string, from: number): number {
  const quote = text.charCodeAt(from + 1);
  if (text.charCodeAt(from) !== equals) return ~from;
  if (quote !== doubleQuote && quote !== singleQuote) return ~(from + 1);
  const plainEnd = skip(text, from + 2, plainValue);
  if (text.charCodeAt(plainEnd) === quote) return plainEnd;
  const end = skip(text, plainEnd, quote === doubleQuote ? anyDoubleQuoted : anySingleQuoted);
  return text.charCodeAt(end) === quote ? end : ~end;
}

function decodeValue(raw: string): string | undefined {
  return raw.includes('&') ? decodeEntities(raw) : raw;
}

const [doubleQuote, singleQuote, slash, less, equals, greater] = [
  ...[0x22, 0x27, 0x2f, 0x3c, 0x3d, 0x3e],
] as const;

// Kinds of characters, each a bit. *Plain* are those that stand for themselves. White space in a value would have to be replaced.
const [nameStart, namePart, space, plainText] = [1, 2, 4, 8] as const;
const [anyText, plainValue, anyDoubleQuoted, anySingleQuoted] = [16, 32, 64, 128] as const;

const kindPatterns: readonly (readonly [kind: number, pattern: RegExp])[] = [
  [nameStart, /[A-Za-z_:]/],
  [namePart, /[\w:.-]/],
  [space, /[ \t\r\n]/],
  [plainText, /[^\p{Cc}&<\]]|[\t\n]/u],
  [anyText, /[^\p{Cc}<]|[\t\n\r]/u],
  [plainValue, /[^\p{Cc}"'&<]/u],
  [anyDoubleQuoted, /[^\p{Cc}"<]/u],
  [anySingleQuoted, /[^\p{Cc}'<]/u],
];

const kindsOfAscii = Uint8Array.from({ length: 128 }, (_, code) =>
  kindPatterns.reduce(
    (sum, [kind, pattern]) => sum + (pattern.test(String.fromCharCode(code)) ? kind : 0),
    0,
  ),
);

/** Names beyond ASCII are special. */
const kindsOfOthers = plainText | anyText | plainValue | anyDoubleQuoted | anySingleQuoted;

/** The first code unit above all characters of XML. */
const beyond = 0xfffe;

/** None at the end of the text. */
function kindOf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 128) return kindsOfAscii[code] ?? 0;
  return code < beyond ? kindsOfOthers : 0;
}

function skip(text: string, from: number, kind: number): number {
  let at = from;
  while ((kindOf(text, at) & kind) !== 0) at += 1;
  return at;
}

/** `from` itself if no name begins there. */
function skipName(text: string, from: number): number {
  return (kindOf(text, from) & nameStart) === 0 ? from : skip(text, from + 1, namePart);
}

interface KnownName {
  readonly name: string;
  readonly isQualified: boolean;
}

/** Finds names among those met before, so that no string is made for each. Two that share a slot only drive each other out. */
function createNames() {
  const slots: KnownName[] = Array.from({ length: 256 }, () => ({ name: '', isQualified: false }));
  return (text: string, from: number, end: number): KnownName => {
    const slot = (text.charCodeAt(from) * 7 + text.charCodeAt(end - 1) + (end - from) * 31) & 255;
    const before = slots[slot];
    const isBefore = before?.name.length === end - from && text.startsWith(before.name, from);
    if (isBefore) return before;
    const name = text.slice(from, end);
    const known = { name, isQualified: isQualifiedName(name) };
    slots[slot] = known;
    return known;
  };
}

/** Whether a name of an attribute has a prefix or declares the default namespace. */
export function isQualifiedName(name: string): boolean {
  return name.includes(':') || name === 'xmlns';
}
