import { escapeXml, type SourcePart } from './source-tree.ts';

/** Numbers that no annotation of the document has yet; revisions, moves and remarks share them. */
export interface AnnotationIds {
  next(): number;
}

export function createAnnotationIds(taken: ReadonlySet<number>): AnnotationIds {
  let last = 0;
  return {
    next() {
      do last += 1;
      while (taken.has(last));
      return last;
    },
  };
}

/** Writes the elements of tracked changes for one part, in the prefix that it uses for WordprocessingML. */
export interface RevisionTags {
  /** `w:` or what the part has in its place. */
  readonly prefix: string;
  /** Tag of a change: `ins`, `del`, `moveFrom` … */
  open(name: string): string;
  close(name: string): string;
  /** The same as an empty element, for marks of paragraphs and rows. */
  mark(name: string): string;
  rangeStart(name: 'moveFrom' | 'moveTo', id: number, move: string): string;
  rangeEnd(name: 'moveFrom' | 'moveTo', id: number): string;
  commentStart(id: number): string;
  /** End of the extent of a remark and its mark. */
  commentEnd(id: number): string;
  /** Text as the content of a run: tabs and breaks as elements. */
  text(text: string): string;
  readonly ids: AnnotationIds;
}

/** Who made the changes and when. */
export interface Authorship {
  readonly author: string;
  readonly date: string;
}

export function createRevisionTags(
  prefix: string,
  { author, date }: Authorship,
  ids: AnnotationIds,
): RevisionTags {
  const by = `${prefix}author="${escapeXml(author)}" ${prefix}date="${escapeXml(date)}"`;
  const id = (number: number) => `${prefix}id="${number}"`;
  return {
    prefix,
    ids,
    open: (name) => `<${prefix}${name} ${id(ids.next())} ${by}>`,
    close: (name) => `</${prefix}${name}>`,
    mark: (name) => `<${prefix}${name} ${id(ids.next())} ${by}/>`,
    rangeStart: (name, number, move) =>
      `<${prefix}${name}RangeStart ${id(number)} ${by} ${prefix}name="${escapeXml(move)}"/>`,
    rangeEnd: (name, number) => `<${prefix}${name}RangeEnd ${id(number)}/>`,
    commentStart: (number) => `<${prefix}commentRangeStart ${id(number)}/>`,
    commentEnd: (number) =>
      `<${prefix}commentRangeEnd ${id(number)}/><${prefix}r><${prefix}commentReference ${id(number)}/></${prefix}r>`,
    text: (text) => textElements(text, prefix),
  };
}

function textElements(text: string, prefix: string): string {
  return text
    .split(/([\t\n])/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      if (piece === '\t') return `<${prefix}tab/>`;
      if (piece === '\n') return `<${prefix}br/>`;
      return `<${prefix}t xml:space="preserve">${escapeXml(piece)}</${prefix}t>`;
    })
    .join('');
}

/** Transitional and strict documents differ in their namespace. */
const wordNamespaces: readonly string[] = [
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
  'http://purl.oclc.org/ooxml/wordprocessingml/main',
];

/**
 * The prefix of WordprocessingML in a part, with its colon. Attributes need one: a part that has it as its default namespace only gets
 * a declaration, which goes into the tag of its root.
 */
export function wordPrefixOf({ root, namespaces }: SourcePart): {
  readonly prefix: string;
  readonly declaration: string;
} {
  const own = root.rawName.includes(':') ? root.rawName.split(':')[0] : undefined;
  const isWord = (prefix: string) => wordNamespaces.includes(namespaces[prefix] ?? '');
  if (own !== undefined && isWord(own)) return { prefix: `${own}:`, declaration: '' };
  const declared = Object.keys(namespaces).find((prefix) => prefix !== '' && isWord(prefix));
  if (declared !== undefined) return { prefix: `${declared}:`, declaration: '' };
  const namespace = namespaces[''] ?? wordNamespaces[0];
  return { prefix: 'qw:', declaration: ` xmlns:qw="${namespace}"` };
}
