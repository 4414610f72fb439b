import { QuireError } from '#shared/domain/errors.ts';
import { characters, type Destination, destinationOf, transparent } from './destinations.ts';
import { defineFont, formats } from './formats.ts';
import { type Group, type RtfSink, rootGroup, type Walk } from './state.ts';
import { readTokens } from './tokens.ts';

const maxDepth = 2_000;

/** Follows the tokens of a file; text goes to the stories of the sink. */
export function interpretRtf(
  bytes: Uint8Array,
  sink: RtfSink,
): { readonly title: string; readonly isCut: boolean } {
  const walk: Walk = {
    sink,
    outer: [],
    group: rootGroup(sink.body),
    pending: [],
    toSkip: 0,
    captured: '',
    title: '',
    author: '',
    encoding: 'windows-1252',
    font: 0,
    defaultFont: undefined,
    fonts: new Map(),
    levels: new Map(),
  };
  readTokens(bytes, {
    open: () => open(walk),
    close: () => close(walk),
    word: (word, value) => control(walk, word, value),
    symbol: (symbol) => addSymbol(walk, symbol),
    text: (text) => addBytes(walk, text),
  });
  const isCut = walk.outer.length > 0;
  while (walk.outer.length > 0) close(walk);
  flush(walk);
  endParagraph(walk, { isForced: true });
  return { title: walk.title, isCut };
}

function open(walk: Walk): void {
  flush(walk);
  walk.toSkip = 0;
  if (walk.outer.length >= maxDepth) {
    throw new QuireError(
      'file_too_complex',
      `Expected groups nested at most ${maxDepth} deep, got more. Save the file again with a word processor and send the new one.`,
      { details: { limit: maxDepth } },
    );
  }
  walk.outer.push(walk.group);
  walk.group = { ...walk.group, isOwner: false, isMarked: false };
  if (walk.group.destination === 'styles') walk.group.style = undefined;
}

function close(walk: Walk): void {
  flush(walk);
  walk.toSkip = 0;
  const ended = walk.group;
  const outer = walk.outer.pop();
  if (outer === undefined) return;
  if (ended.destination === 'styles') defineStyle(walk, ended);
  if (ended.isOwner) leave(walk, ended, outer);
  walk.group = outer;
  if (ended.destination === 'body' && outer.destination === 'body') keepParagraph(ended, outer);
}

/** A paragraph’s format is asked for at its end, which may lie behind the group that set it. */
function keepParagraph(ended: Group, outer: Group): void {
  outer.isInTable ||= ended.isInTable && ended.story === outer.story;
}

/** What a destination gathered is put in its place. */
function leave(walk: Walk, ended: Group, outer: Group): void {
  const { captured } = walk;
  const { destination } = ended;
  if (destination === 'title') walk.title = captured;
  else if (destination === 'author') walk.author = captured;
  else if (destination === 'marker') outer.story.setMarker(captured);
  else if (destination === 'instruction') outer.target = hyperlink.exec(captured)?.[1];
  else if (stories.has(destination))
    ended.story.endParagraph({ level: undefined, isInTable: false, isTableHeader: false });
}

const hyperlink = /^\s*HYPERLINK\s+(?:\\\S+\s+)?"([^"]{1,2000})"/i;
/** Destinations with text of their own, apart from the body’s. */
const stories: ReadonlySet<Destination> = new Set<Destination>([
  ...(['header', 'footer', 'footnote', 'comment'] as const),
]);

function defineStyle(walk: Walk, { style, outlineLevel }: Group): void {
  const named = /heading (\d)/i.exec(walk.captured)?.[1];
  const level = named === undefined ? outlineLevel : Number(named);
  if (style !== undefined && level !== undefined && level >= 1) walk.levels.set(style, level);
  walk.captured = '';
}

function control(walk: Walk, word: string, value: number | undefined): void {
  flush(walk);
  if (walk.toSkip > 0) {
    walk.toSkip -= 1;
    return;
  }
  if (word === 'u') {
    addUnicode(walk, value ?? 0);
    return;
  }
  const character = characters[word];
  if (character !== undefined && word.length > 1) {
    addText(walk, character);
    return;
  }
  if (enter(walk, word)) return;
  const { destination } = walk.group;
  if (destination === 'fonts') defineFont(walk, word, value);
  formats.get(word)?.(walk, value);
  if (!isText(destination) || walk.group.isRtfOnly) return;
  breaks.get(word)?.(walk);
}

/** Begins a destination, where the word is one. Within a group that is skipped, all is. */
function enter(walk: Walk, word: string): boolean {
  const { group } = walk;
  const wasMarked = group.isMarked;
  group.isMarked = false;
  if (group.destination === 'skip') return true;
  const destination = destinationOf(word);
  if (destination === undefined) {
    if (!wasMarked || transparent.has(word)) return false;
    group.destination = 'skip';
    return true;
  }
  if (destination === 'picture' && isText(group.destination)) walk.sink.addPicture();
  if (destination === 'object') walk.sink.addObject();
  group.destination = destination === 'html-tag' ? tagDestination(walk) : destination;
  group.isOwner = true;
  walk.captured = '';
  if (stories.has(destination)) enterStory(walk, destination);
  return true;
}

function tagDestination({ sink, group }: Walk): Destination {
  if (sink.tags === undefined) return 'skip';
  group.story = sink.tags;
  return 'html-tag';
}

function enterStory(walk: Walk, destination: Destination): void {
  const { group } = walk;
  group.story = walk.sink.storyOf(destination);
  group.isInTable = false;
  if (destination === 'comment') group.story.setAuthor(walk.author);
}

/** Control words that end something. */
const breaks = new Map<string, (walk: Walk) => void>([
  ['par', (walk) => endParagraph(walk, { isForced: false })],
  ['sect', (walk) => endParagraph(walk, { isForced: true })],
  ['page', (walk) => addText(walk, ' ')],
  ['column', (walk) => addText(walk, ' ')],
  ['cell', (walk) => walk.group.story.endCell()],
  ['nestcell', (walk) => addText(walk, ' ')],
  ['nestrow', (walk) => addText(walk, '\n')],
  ['row', (walk) => endRow(walk)],
]);

function endParagraph(walk: Walk, { isForced }: { isForced: boolean }): void {
  const { story, style, outlineLevel, isInTable } = walk.group;
  const level = outlineLevel ?? (style === undefined ? undefined : walk.levels.get(style));
  const isBody = story.part === 'body';
  story.endParagraph({
    level: isBody ? level : undefined,
    isInTable: isInTable && !isForced,
    isTableHeader: false,
  });
}

function endRow(walk: Walk): void {
  const { isTableHeader, story } = walk.group;
  story.endRow({ level: undefined, isInTable: true, isTableHeader });
}

function addUnicode(walk: Walk, value: number): void {
  addText(walk, String.fromCharCode(value & 0xffff));
  walk.toSkip = walk.group.fallbackCount;
}

function addSymbol(walk: Walk, symbol: string): void {
  flush(walk);
  if (symbol === '*') {
    walk.group.isMarked = true;
    return;
  }
  if (walk.toSkip > 0) {
    walk.toSkip -= 1;
    return;
  }
  if (symbol === '\n' || symbol === '\r') {
    if (isText(walk.group.destination)) endParagraph(walk, { isForced: false });
    return;
  }
  const character = characters[symbol];
  if (character !== undefined) addText(walk, character);
}

function addBytes(walk: Walk, bytes: Uint8Array): void {
  const skipped = Math.min(walk.toSkip, bytes.length);
  walk.toSkip -= skipped;
  const { destination } = walk.group;
  if (destination === 'skip' || destination === 'picture' || destination === 'object') return;
  for (const byte of bytes.subarray(skipped)) walk.pending.push(byte);
}

/** Decodes what has been gathered, in the encoding of its font. */
function flush(walk: Walk): void {
  if (walk.pending.length === 0) return;
  const bytes = Uint8Array.from(walk.pending);
  walk.pending = [];
  addText(walk, new TextDecoder(walk.group.encoding).decode(bytes));
}

function addText(walk: Walk, text: string): void {
  const { group } = walk;
  if (group.isRtfOnly) return;
  if (isText(group.destination)) group.story.add(text, group);
  else if (group.destination !== 'skip' && group.destination !== 'picture') walk.captured += text;
}

function isText(destination: Destination): boolean {
  return destination === 'body' || destination === 'html-tag' || stories.has(destination);
}
