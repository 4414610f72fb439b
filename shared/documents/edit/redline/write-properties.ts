import type { RevisionTags } from './revision-tags.ts';
import { type SourceElement, sourceChild } from './source-tree.ts';

/** A mark of a paragraph as it is in a redline. One that is inserted and deleted at once joins two paragraphs for every reader. */
export type ParagraphMark = 'ins' | 'del' | 'moveFrom' | 'moveTo';

export interface NewProperties {
  readonly marks: readonly ParagraphMark[];
  /** The paragraph whose properties it has once the changes are accepted; it keeps its own until then. */
  readonly accepted?: SourceElement;
  /** The paragraph whose properties it has if the changes are rejected. */
  readonly rejected?: SourceElement;
}

/** `w:pPr` of a paragraph that the base has. Without changes it is as in the file. */
export function writeProperties(
  paragraph: SourceElement,
  { marks, accepted }: NewProperties,
  { source, tags }: { readonly source: string; readonly tags: RevisionTags },
): string {
  const properties = sourceChild(paragraph, 'w:pPr');
  const own = ownProperties(paragraph, source);
  const next = accepted === undefined ? own : sharedProperties(accepted, source);
  const isSame = next === own;
  if (marks.length === 0 && isSame) {
    return properties === undefined ? '' : source.slice(properties.start, properties.end);
  }
  const section = slices(properties, (name) => name === 'w:sectPr', source);
  const mark = markProperties(paragraph, marks, { source, tags });
  const change = isSame ? '' : propertyChange(own, tags);
  const content = next + mark + section + change;
  return content === '' ? '' : enclose('pPr', content, tags);
}

/** `w:pPr` of a paragraph that the base does not have, after the model of one that it has. */
export function writeNewProperties(
  model: SourceElement,
  { marks, rejected }: NewProperties,
  { source, tags }: { readonly source: string; readonly tags: RevisionTags },
): string {
  const next = sharedProperties(model, source);
  const old = rejected === undefined ? next : ownProperties(rejected, source);
  const mark = markProperties(model, marks, { source, tags });
  const change = old === next ? '' : propertyChange(old, tags);
  const content = next + mark + change;
  return content === '' ? '' : enclose('pPr', content, tags);
}

/** `w:rPr` for text that gets the properties of the paragraph's mark. */
export function markRunProperties(
  paragraph: SourceElement,
  source: string,
  tags: RevisionTags,
): string {
  const content = markContent(paragraph, source);
  return content === '' ? '' : enclose('rPr', content, tags);
}

const apart: ReadonlySet<string> = new Set(['w:rPr', 'w:sectPr', 'w:pPrChange']);

/** What places a single paragraph on its page is not for another one. */
const notShared: ReadonlySet<string> = new Set([...apart, 'w:framePr']);

const revisionMarks: ReadonlySet<string> = new Set([
  ...['w:ins', 'w:del', 'w:moveFrom', 'w:moveTo', 'w:rPrChange'],
]);

function ownProperties(paragraph: SourceElement, source: string): string {
  return slices(sourceChild(paragraph, 'w:pPr'), (name) => !apart.has(name), source);
}

function sharedProperties(paragraph: SourceElement, source: string): string {
  return slices(sourceChild(paragraph, 'w:pPr'), (name) => !notShared.has(name), source);
}

function slices(
  element: SourceElement | undefined,
  isWanted: (name: string) => boolean,
  source: string,
): string {
  return (element?.children ?? [])
    .filter((child) => isWanted(child.name))
    .map((child) => source.slice(child.start, child.end))
    .join('');
}

function markContent(paragraph: SourceElement, source: string): string {
  const mark = sourceChild(sourceChild(paragraph, 'w:pPr'), 'w:rPr');
  return slices(mark, (name) => !revisionMarks.has(name), source);
}

function markProperties(
  paragraph: SourceElement,
  marks: readonly ParagraphMark[],
  { source, tags }: { readonly source: string; readonly tags: RevisionTags },
): string {
  const own = markContent(paragraph, source);
  const content = marks.map((mark) => tags.mark(mark)).join('') + own;
  return content === '' ? '' : enclose('rPr', content, tags);
}

function propertyChange(old: string, tags: RevisionTags): string {
  return tags.open('pPrChange') + enclose('pPr', old, tags) + tags.close('pPrChange');
}

function enclose(name: string, content: string, { prefix }: RevisionTags): string {
  return `<${prefix}${name}>${content}</${prefix}${name}>`;
}
