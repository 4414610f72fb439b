import type { XmlElement } from '../../xml.ts';

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

/** One of the versions in which the same thing is written down: the first that has text, in the order in which Word prefers them. */
export function branchOf(alternatives: XmlElement): XmlElement {
  const [first, ...rest] = alternatives.children;
  if (first === undefined) return alternatives;
  if (hasText(first)) return first;
  return rest.find(hasText) ?? first;
}

/** All the text in an element, whatever it is part of. */
export function allTextOf(element: XmlElement): string {
  const own = element.name === 'w:t' ? element.text : '';
  return own + element.children.map(allTextOf).join(element.name === 'w:p' ? '' : ' ');
}

const wrappers = new Set([
  'w:sdt',
  'w:sdtContent',
  'w:customXml',
  'w:smartTag',
  'w:ins',
  'w:moveTo',
]);

function hasText(element: XmlElement): boolean {
  return element.name === 'w:t' || element.children.some(hasText);
}
