import type { EditableFile } from './segments.ts';
import { openEncodedText } from './text/encoded-text.ts';
import {
  editableText,
  hasText,
  type SourcePiece,
  type SourceSegment,
} from './text/text-segments.ts';

/**
 * Opens WebVTT subtitles for rewriting the texts of their cues. Timings, names of cues, settings, notes, styles, regions and line ends
 * stay byte for byte; `<v Name>`, `<i>`, `<c.x>` and times within a text are tags of the segment.
 */
export function openVttForEdit(bytes: Uint8Array): EditableFile {
  return openCues(bytes, vtt);
}

/** Opens SubRip subtitles for rewriting their texts; numbers, timings and line ends stay byte for byte, `<i>` and `{\an8}` are tags. */
export function openSrtForEdit(bytes: Uint8Array): EditableFile {
  return openCues(bytes, srt);
}

interface CueFormat {
  readonly isBlank: (line: string) => boolean;
  /** A block that begins with such a line is no cue. */
  readonly noCue: RegExp;
  readonly tag: RegExp;
  decode(text: string): string;
  encode(text: string): string;
}

const vtt: CueFormat = {
  isBlank: (line) => line === '',
  noCue: /^(?:\ufeff?WEBVTT|NOTE|STYLE|REGION)(?:[ \t]|$)/,
  tag: /<[^<>]*>/g,
  decode: (text) =>
    text.replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (whole, name: string) => entities[name] ?? whole),
  encode: (text) =>
    text.replace(/[&<>\u00a0\u200e\u200f]/g, (character) => `&${names[character] ?? 'amp'};`),
};

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: '\u00a0',
  lrm: '\u200e',
  rlm: '\u200f',
};

const names: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(entities).map(([name, character]) => [character, name]),
);

/** SubRip has no way to write a `<` as text: a joiner that is not shown keeps it from beginning a tag, and an arrow from being a time. */
const srt: CueFormat = {
  isBlank: (line) => line.trim() === '',
  noCue: /^(?!)/,
  tag: /<\/?[a-zA-Z][^<>\n]*>|\{\\[^{}\n]*\}/g,
  decode: (text) => text,
  encode: (text) =>
    text
      .replace(/<(?=\/?[a-zA-Z])/g, '<\u2060')
      .replace(/\{(?=\\)/g, '{\u2060')
      .replaceAll('-->', '--\u2060>'),
};

function openCues(bytes: Uint8Array, format: CueFormat): EditableFile {
  const encoded = openEncodedText(bytes);
  const { text } = encoded;
  const lineEnd = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const segments: SourceSegment[] = [];
  for (const { start, end, cue, timing } of payloadsOf(text, format)) {
    const pieces = piecesOf(text, { start, end }, format);
    if (!hasText(pieces)) continue;
    segments.push({
      id: `cue-${cue}`,
      kind: 'cue',
      place: { kind: 'cue', cue, ...timesOf(timing) },
      start,
      end,
      pieces,
      write: (written) => asLines(format.encode(written), lineEnd),
    });
  }
  return editableText(encoded, segments);
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Payload {
  readonly start: number;
  readonly end: number;
  /** Position among the timings, from 1. */
  readonly cue: number;
  readonly timing: string;
}

/** What follows a timing up to the next blank line or timing. */
function payloadsOf(source: string, format: CueFormat): Payload[] {
  const payloads: Payload[] = [];
  let cue = 0;
  let current: { first: Line | undefined; last: Line | undefined; timing: string } | undefined;
  let isSkipping = false;
  let isStart = true;
  const close = () => {
    if (current?.first !== undefined && current.last !== undefined) {
      payloads.push({
        start: current.first.start,
        end: current.last.end,
        cue,
        timing: current.timing,
      });
    }
    current = undefined;
  };
  for (const line of linesOf(source)) {
    if (format.isBlank(line.text)) {
      close();
      isSkipping = false;
      isStart = true;
      continue;
    }
    if (isStart && format.noCue.test(line.text)) isSkipping = true;
    isStart = false;
    if (isSkipping) continue;
    if (line.text.includes('-->')) {
      close();
      cue += 1;
      current = { first: undefined, last: undefined, timing: line.text };
    } else if (current !== undefined) {
      current.first ??= line;
      current.last = line;
    }
  }
  close();
  return payloads;
}

function* linesOf(source: string): Generator<Line> {
  let start = 0;
  for (const { 0: ending, index } of source.matchAll(/\r\n|\n|\r/g)) {
    yield { start, end: index, text: source.slice(start, index) };
    start = index + ending.length;
  }
  yield { start, end: source.length, text: source.slice(start) };
}

function timesOf(timing: string): { startInMs?: number; endInMs?: number } {
  const times = [...timing.matchAll(/(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,:](\d{1,3})/g)].map(
    ([, hours = '0', minutes = '0', seconds = '0', fraction = '0']) =>
      ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 +
      Number(fraction.padEnd(3, '0')),
  );
  const [startInMs, endInMs] = times;
  return startInMs === undefined || endInMs === undefined ? {} : { startInMs, endInMs };
}

interface Token {
  readonly start: number;
  readonly end: number;
  /** Name of a tag in lower case; none for text. */
  readonly name?: string;
  readonly isEnd?: boolean;
}

function piecesOf(
  source: string,
  { start, end }: { readonly start: number; readonly end: number },
  format: CueFormat,
): SourcePiece[] {
  const tokens: Token[] = [];
  let at = start;
  for (const { 0: tag, index } of source.slice(start, end).matchAll(format.tag)) {
    if (start + index > at) tokens.push({ start: at, end: start + index });
    at = start + index + tag.length;
    const [, slash, name = ''] = /^<(\/?)([a-zA-Z]*)/.exec(tag) ?? [];
    tokens.push({ start: start + index, end: at, name: name.toLowerCase(), isEnd: slash === '/' });
  }
  if (at < end) tokens.push({ start: at, end });
  return nest(tokens, source, format);
}

/** Tags that are closed are groups; a time, a speaker without an end and an end without a start are marks. */
function nest(tokens: readonly Token[], source: string, format: CueFormat): SourcePiece[] {
  const partners = partnersOf(tokens);
  const stack: { pieces: SourcePiece[]; open: Token | undefined }[] = [
    { pieces: [], open: undefined },
  ];
  const slice = ({ start, end }: Token) => source.slice(start, end);
  for (const token of tokens) {
    const top = stack.at(-1);
    if (token.name === undefined) {
      const text = format.decode(slice(token)).replace(/\r\n?/g, '\n');
      top?.pieces.push({ type: 'text', text });
    } else if (partners.get(token) === undefined) {
      top?.pieces.push({ type: 'mark', start: token.start, end: token.end });
    } else if (token.isEnd !== true) stack.push({ pieces: [], open: token });
    else {
      const group = stack.pop();
      if (group?.open === undefined) continue;
      const { open, pieces } = group;
      stack.at(-1)?.pieces.push({ type: 'group', open, close: token, content: pieces });
    }
  }
  return stack[0]?.pieces ?? [];
}

/** Tags that are open at once; further ones are marks. */
const maxNesting = 32;

function partnersOf(tokens: readonly Token[]): ReadonlyMap<Token, Token> {
  const partners = new Map<Token, Token>();
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.name === undefined || token.name === '') continue;
    if (token.isEnd !== true) {
      open.push(token);
      continue;
    }
    const near = Math.max(0, open.length - maxNesting);
    const found = open.slice(near).findLastIndex(({ name }) => name === token.name);
    const at = near + found;
    const start = found < 0 ? undefined : open[at];
    if (start === undefined) continue;
    partners.set(start, token);
    partners.set(token, start);
    open.length = at;
  }
  return partners;
}

/** A blank line would end the cue. */
function asLines(text: string, lineEnd: string): string {
  return text.replace(/[ \t]*(?:\r\n?|\n)\s*/g, '\n').replaceAll('\n', lineEnd);
}
