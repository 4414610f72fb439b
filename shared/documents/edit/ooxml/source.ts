import type { PlacedElement } from '../../placed-xml.ts';
import type { TextNode } from './inline.ts';

/** Name without the prefix: vocabularies that nothing else here reads have no prefix of their own. */
export function localNameOf({ name }: PlacedElement): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Name as written in the part. */
export function writtenNameOf(source: string, { start, contentStart }: PlacedElement): string {
  return /^<([^\s/>]+)/.exec(source.slice(start, contentStart))?.[1] ?? '';
}

/** Prefix as written in the part, with its colon. */
export function writtenPrefixOf(source: string, element: PlacedElement): string {
  const name = writtenNameOf(source, element);
  return name.slice(0, name.indexOf(':') + 1);
}

/** The start tag, as one that is not closed by itself. */
export function startTagOf(source: string, { start, contentStart }: PlacedElement): string {
  return source.slice(start, contentStart).replace(/\/>$/, '>');
}

/** An element with text, whose start tag says that white space counts if it does. */
export function writeTextElement(startTag: string, content: string, countsSpace: boolean): string {
  const name = /^<([^\s/>]+)/.exec(startTag)?.[1] ?? '';
  const hasSpace = /\sxml:space\s*=/.test(startTag);
  const open =
    !countsSpace || hasSpace
      ? startTag.replace(
          /(\sxml:space\s*=\s*)(["'])default\2/,
          countsSpace ? '$1$2preserve$2' : '$&',
        )
      : `${startTag.slice(0, -1)} xml:space="preserve">`;
  return `${open}${content}</${name}>`;
}

/** Where the value of an attribute stands, by its name as written or, with a leading `*:`, by its local name. */
export function attributeRange(
  source: string,
  { start, contentStart }: PlacedElement,
  localName: string,
): { readonly start: number; readonly end: number } | undefined {
  const tag = source.slice(start, contentStart);
  for (const match of tag.matchAll(/\s([^\s=<>"']+)\s*=\s*("[^"]*"|'[^']*')/g)) {
    const [whole, name = '', quoted = ''] = match;
    if (name.slice(name.indexOf(':') + 1) !== localName || name.startsWith('xmlns')) continue;
    const end = start + match.index + whole.length - 1;
    return { start: end - quoted.length + 2, end };
  }
  return undefined;
}

/** Characters as content of an element; those that XML 1.0 §2.2 forbids are left out. */
export function escapeContent(text: string): string {
  return withoutForbidden(text).replace(
    /[&<>\r]/g,
    (character) => contentEntities[character] ?? '',
  );
}

/** Characters as value of an attribute in double or single quotes. */
export function escapeAttribute(text: string): string {
  return withoutForbidden(text).replace(
    /[&<>"'\t\n\r]/g,
    (character) => attributeEntities[character] ?? '',
  );
}

/** The element of a text node is at `start`, its start tag is kept for the new text. */
export function textNodeOf(
  source: string,
  element: PlacedElement,
  rest: Pick<TextNode, 'run' | 'end' | 'text'>,
): TextNode {
  const { start, end: elementEnd } = element;
  return { type: 'text', start, elementEnd, startTag: startTagOf(source, element), ...rest };
}

const contentEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\r': '&#13;',
};

const attributeEntities: Readonly<Record<string, string>> = {
  ...contentEntities,
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
};

/** Text without the characters that XML 1.0 §2.2 forbids. */
export function withoutForbidden(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}
