import { encodingOfCharset, encodingOfCodePage } from './charsets.ts';
import type { Group, Walk } from './state.ts';

type Effect = (walk: Walk, value: number | undefined) => void;
const isOn = (value: number | undefined) => value !== 0;

/** Control words that change how what follows is read. */
export const formats: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['ansicpg', (walk, value = 1252) => setEncoding(walk, encodingOfCodePage(value))],
  ['mac', (walk) => setEncoding(walk, 'macintosh')],
  ['deff', (walk, value) => setDefaultFont(walk, value)],
  ['f', (walk, value = 0) => setFont(walk, value)],
  ['uc', (walk, value = 1) => set(walk, { fallbackCount: Math.max(0, value) })],
  ['v', (walk, value) => set(walk, { isHidden: isOn(value) })],
  ['deleted', (walk, value) => set(walk, { isDeleted: isOn(value) })],
  ['revised', (walk, value) => set(walk, { isInserted: isOn(value) })],
  [
    'htmlrtf',
    (walk, value) => set(walk, { isRtfOnly: walk.sink.tags !== undefined && isOn(value) }),
  ],
  ['plain', (walk) => setPlain(walk)],
  ['pard', (walk) => setParagraph(walk)],
  ['s', (walk, value) => set(walk, { style: value })],
  [
    'outlinelevel',
    (walk, value = 9) => set(walk, { outlineLevel: value < 9 ? value + 1 : undefined }),
  ],
  ['intbl', (walk) => set(walk, { isInTable: true })],
  ['trowd', (walk) => set(walk, { isTableHeader: false })],
  ['trhdr', (walk) => set(walk, { isTableHeader: true })],
]);

function set(walk: Walk, change: Partial<Group>): void {
  Object.assign(walk.group, change);
}

function setDefaultFont(walk: Walk, font: number | undefined): void {
  walk.defaultFont = font;
}

function setEncoding(walk: Walk, encoding: string): void {
  walk.encoding = encoding;
  walk.group.encoding = encoding;
}

function setFont(walk: Walk, font: number): void {
  walk.font = font;
  if (walk.group.destination !== 'fonts')
    walk.group.encoding = walk.fonts.get(font) ?? walk.encoding;
}

/** Notes the encoding of a font of the table. */
export function defineFont(walk: Walk, word: string, value = 0): void {
  if (word === 'f') walk.font = value;
  const encoding =
    word === 'fcharset'
      ? encodingOfCharset(value)
      : word === 'cpg'
        ? encodingOfCodePage(value)
        : undefined;
  if (encoding !== undefined) walk.fonts.set(walk.font, encoding);
}

function setPlain(walk: Walk): void {
  Object.assign(walk.group, { isHidden: false, isDeleted: false, isInserted: false });
  if (walk.defaultFont !== undefined) setFont(walk, walk.defaultFont);
}

function setParagraph(walk: Walk): void {
  Object.assign(walk.group, { style: undefined, outlineLevel: undefined, isInTable: false });
}
