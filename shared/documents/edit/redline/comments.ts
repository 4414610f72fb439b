import type { OpcPackage } from '../../opc.ts';
import { type AnnotationIds, createRevisionTags, wordPrefixOf } from './revision-tags.ts';
import { encodePart, escapeXml, parseSource, type SourcePart } from './source-tree.ts';
import { cleanInsertion } from './text-changes.ts';

/** A remark that is added. */
export interface NewComment {
  readonly id: number;
  readonly text: string;
}

export interface CommentAuthor {
  readonly author: string;
  readonly initials: string;
  readonly date: string;
}

interface Target {
  readonly file: OpcPackage;
  /** The part that the remarks belong to. */
  readonly main: string;
  readonly ids: AnnotationIds;
}

/** Parts that hold the remarks: those of the base with more in them, or new ones with their relationship and content type. */
export function addComments(
  comments: readonly NewComment[],
  by: CommentAuthor,
  target: Target,
): ReadonlyMap<string, Uint8Array> {
  if (comments.length === 0) return new Map();
  const { file, main, ids } = target;
  const existing = file.relationshipsOf(main).find(({ type }) => type === 'comments')?.target;
  const bytes = existing === undefined ? undefined : file.read(existing);
  if (existing !== undefined && bytes !== undefined) {
    const part = parseSource(bytes);
    const { prefix, declaration } = wordPrefixOf(part);
    const written = comments.map((each) => writeComment(each, by, { prefix, ids })).join('');
    return new Map([[existing, encodePart(part, appended(part, written, declaration))]]);
  }
  return newPart(comments, by, target);
}

function writeComment(
  { id, text }: NewComment,
  { author, initials, date }: CommentAuthor,
  { prefix, ids }: { readonly prefix: string; readonly ids: AnnotationIds },
): string {
  const tags = createRevisionTags(prefix, { author, date }, ids);
  const p = prefix;
  const paragraphs = cleanInsertion(text)
    .split('\n')
    .map((line, index) => {
      const mark = index === 0 ? `<${p}r><${p}annotationRef/></${p}r>` : '';
      return `<${p}p>${mark}<${p}r>${tags.text(line)}</${p}r></${p}p>`;
    });
  const attributes = `${p}id="${id}" ${p}author="${escapeXml(author)}" ${p}date="${escapeXml(date)}" ${p}initials="${escapeXml(initials)}"`;
  return `<${p}comment ${attributes}>${paragraphs.join('')}</${p}comment>`;
}

/** A part with more at the end of its root; a root that is an empty tag is opened. */
function appended({ source, root }: SourcePart, content: string, declaration = ''): string {
  const isEmptyTag = root.closeStart === root.end;
  const tagEnd = isEmptyTag ? root.openEnd - 2 : root.openEnd - 1;
  const inside = isEmptyTag ? '' : source.slice(root.openEnd, root.closeStart);
  return `${source.slice(0, tagEnd)}${declaration}>${inside}${content}</${root.rawName}>${source.slice(root.end)}`;
}

const transitional = {
  word: 'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
  relationship: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments',
} as const;

const strict = {
  word: 'http://purl.oclc.org/ooxml/wordprocessingml/main',
  relationship: 'http://purl.oclc.org/ooxml/officeDocument/relationships/comments',
} as const;

const contentType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml';

function newPart(
  comments: readonly NewComment[],
  by: CommentAuthor,
  { file, main, ids }: Target,
): ReadonlyMap<string, Uint8Array> {
  const cut = main.lastIndexOf('/') + 1;
  const folder = main.slice(0, cut);
  const name = freeName(file, folder);
  const body = file.read(main);
  const isStrict =
    body !== undefined && Object.values(parseSource(body).namespaces).includes(strict.word);
  const { word, relationship } = isStrict ? strict : transitional;
  const content = comments.map((each) => writeComment(each, by, { prefix: 'w:', ids })).join('');
  const xml = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="${word}">${content}</w:comments>`;
  return new Map([
    [name, new TextEncoder().encode(xml)],
    [
      `${folder}_rels/${main.slice(cut)}.rels`,
      withRelationship(file, `${folder}_rels/${main.slice(cut)}.rels`, {
        type: relationship,
        target: name.slice(cut),
      }),
    ],
    ['[Content_Types].xml', withContentType(file, name)],
  ]);
}

function freeName(file: OpcPackage, folder: string): string {
  let name = `${folder}comments.xml`;
  for (let number = 2; file.read(name) !== undefined; number += 1) {
    name = `${folder}comments${number}.xml`;
  }
  return name;
}

function withRelationship(
  file: OpcPackage,
  name: string,
  { type, target }: { readonly type: string; readonly target: string },
): Uint8Array {
  const bytes = file.read(name) ?? new TextEncoder().encode(noRelationships);
  const part = parseSource(bytes);
  const taken = new Set(part.root.children.map(({ attributes }) => attributes['Id']));
  let number = 1;
  while (taken.has(`rId${number}`)) number += 1;
  const element = `<${prefixOf(part)}Relationship Id="rId${number}" Type="${type}" Target="${escapeXml(target)}"/>`;
  return encodePart(part, appended(part, element));
}

const noRelationships =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>';

function withContentType(file: OpcPackage, name: string): Uint8Array {
  const part = parseSource(file.read('[Content_Types].xml') ?? new Uint8Array());
  const element = `<${prefixOf(part)}Override PartName="/${escapeXml(name)}" ContentType="${contentType}"/>`;
  return encodePart(part, appended(part, element));
}

function prefixOf({ root }: SourcePart): string {
  return root.rawName.includes(':') ? `${root.rawName.split(':')[0]}:` : '';
}
