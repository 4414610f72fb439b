import type { XmlElement } from '../../xml.ts';
import { symbolOf } from './symbols.ts';

/** `w:val` of an element, the attribute most properties of WordprocessingML consist of. */
export function settingOf(element: XmlElement | undefined): string | undefined {
  return element?.attributes['w:val'];
}

/** A property that is on or off. It is on when it is there without a value, `undefined` when it is not there. */
export function toggleOf(element: XmlElement | undefined): boolean | undefined {
  if (element === undefined) return undefined;
  return !['0', 'false', 'off'].includes(settingOf(element) ?? '');
}

/** A whole number within the range that Word uses, so that no sum built on it can run away. */
export function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : undefined;
}

/** What stands in an element, seen through wrappers: content controls, custom XML, insertions, alternatives. */
export function* contentOf(element: XmlElement): Generator<XmlElement> {
  for (const child of element.children) {
    if (wrappers.has(child.name)) yield* contentOf(child);
    else if (child.name === 'mc:AlternateContent') yield* contentOf(branchOf(child));
    else yield child;
  }
}

/** One of the versions in which the same thing is written down: the first that says something, in the order in which Word prefers them. */
export function branchOf(alternatives: XmlElement): XmlElement {
  const [first, ...rest] = alternatives.children;
  if (first === undefined) return alternatives;
  if (saysSomething(first)) return first;
  return rest.find(saysSomething) ?? first;
}

/** All the text in an element, deleted and hidden text included, whatever it is part of. Instructions of fields are none. */
export function rawTextOf(element: XmlElement): string {
  const write = rawTexts[element.name];
  if (write !== undefined) return write(element);
  if (element.name === 'mc:AlternateContent') return rawTextOf(branchOf(element));
  let text = '';
  for (const child of element.children) text += rawTextOf(child);
  return ends.has(element.name) ? `${text} ` : text;
}

const wrappers = new Set([
  'w:sdt',
  'w:sdtContent',
  'w:customXml',
  'w:smartTag',
  'w:ins',
  'w:moveTo',
]);

const ownText = ({ text }: XmlElement) => text;
const nothing = () => '';
const space = () => ' ';
const rawTexts: Readonly<Record<string, (element: XmlElement) => string>> = {
  'w:t': ownText,
  'w:delText': ownText,
  'm:t': ownText,
  'a:t': ownText,
  'w:tab': space,
  'w:br': space,
  'w:cr': space,
  'w:noBreakHyphen': () => '-',
  'w:sym': symbolOf,
  'v:textpath': ({ attributes }) => ` ${attributes['string'] ?? ''} `,
  'w:pPr': nothing,
  'w:rPr': nothing,
  'w:sdtPr': nothing,
};

const ends = new Set(['w:p', 'a:p', 'w:tc', 'm:oMath']);

/** Text, or something whose text is in a part of its own. */
const telling = new Set([
  'w:t',
  'w:delText',
  'm:t',
  'a:t',
  'v:textpath',
  'c:chart',
  'cx:chart',
  'dgm:relIds',
]);

function saysSomething(element: XmlElement): boolean {
  return telling.has(element.name) || element.children.some(saysSomething);
}
