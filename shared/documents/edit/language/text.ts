import { defaultTreeAdapter, parse } from 'parse5';
import { type Element, isSkipped, type Node } from '../html/inline.ts';
import type { TargetLanguage } from './target.ts';

/** Marks the root of a page, and what is in it and says to be in the same language as the page was. */
export function markHtml(source: string, target: TargetLanguage): string {
  const tree = parse(source, { sourceCodeLocationInfo: true, scriptingEnabled: false });
  const root = tree.childNodes.filter(defaultTreeAdapter.isElementNode)[0];
  const startTag = root?.sourceCodeLocation?.startTag;
  // A part of a page has no root of its own to be marked.
  if (root === undefined || startTag === undefined || startTag === null) return source;
  const attributes = [...languagesIn(root, target), ...directionOf(root, target)];
  const isIn = (wanted: string) => root.attrs.some(({ name }) => name === wanted);
  const added = [
    ...(isIn('lang') ? [] : [` lang="${target.tag}"`]),
    ...(target.isRightToLeft && !isIn('dir') ? [' dir="rtl"'] : []),
  ].join('');
  return splice(source, attributes, { at: startTag.startOffset + '<html'.length, added });
}

/** Elements in other languages, as a quotation may be, and those that are not to be translated keep theirs. */
function languagesIn(root: Element, { tag }: TargetLanguage): Attribute[] {
  const former = primaryOf(valueIn(root, 'lang') ?? valueIn(root, 'xml:lang'));
  return translatedIn(root).flatMap((element) =>
    ['lang', 'xml:lang'].flatMap((name) => {
      const isOfPage = element === root || primaryOf(valueIn(element, name)) === former;
      return isOfPage ? attributeOf(element, name, tag) : [];
    }),
  );
}

/** A stack of its own, since pages nest deeper than calls may. */
function translatedIn(root: Element): Element[] {
  const found: Element[] = [];
  const stack: Node[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (defaultTreeAdapter.isElementNode(node)) {
      if (node !== root && isSkipped(node)) continue;
      found.push(node);
    }
    if ('childNodes' in node) stack.push(...node.childNodes);
  }
  return found;
}

function directionOf(root: Element, { isRightToLeft }: TargetLanguage): Attribute[] {
  const wanted = isRightToLeft ? 'rtl' : 'ltr';
  const known = valueIn(root, 'dir')?.toLowerCase();
  return known === undefined || known === wanted ? [] : attributeOf(root, 'dir', wanted);
}

function valueIn({ attrs }: Element, wanted: string): string | undefined {
  return attrs.find(({ name }) => name === wanted)?.value;
}

function attributeOf(element: Element, name: string, value: string): Attribute[] {
  const range = element.sourceCodeLocation?.attrs?.[name];
  if (range === undefined) return [];
  return [{ start: range.startOffset, end: range.endOffset, name, value }];
}

/** The line `Language: en` in the head of a VTT. */
export function markVtt(source: string, { tag }: TargetLanguage): string {
  const head = /^[\s\S]*?(?:\r?\n){2}/.exec(source)?.[0] ?? '';
  return head.replace(/^(Language:[ \t]*)[\w-]+/im, `$1${tag}`) + source.slice(head.length);
}

/** `lang: en` or `language: en` in the front matter of a Markdown file. */
export function markMarkdown(source: string, { tag }: TargetLanguage): string {
  const head = /^---\r?\n[\s\S]*?\n---(?=\r?\n|$)/.exec(source)?.[0] ?? '';
  const marked = head.replace(/^(lang(?:uage)?:[ \t]*["']?)[a-zA-Z]{2,3}(?:-\w+)*/im, `$1${tag}`);
  return marked + source.slice(head.length);
}

interface Attribute {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly value: string;
}

function splice(
  source: string,
  attributes: readonly Attribute[],
  { at, added }: { at: number; added: string },
): string {
  const edits = [
    { start: at, end: at, text: added },
    ...attributes.map(({ start, end, name, value }) => ({
      start,
      end,
      text: `${name}="${value}"`,
    })),
  ].toSorted((left, right) => right.start - left.start);
  return edits.reduce(
    (text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end),
    source,
  );
}

function primaryOf(tag: string | undefined): string | undefined {
  return tag?.split('-')[0]?.toLowerCase();
}
