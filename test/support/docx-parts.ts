import type { DocxParts } from './office-files.ts';
import { officePart } from './office-files.ts';

/** A part that the body of a test document is related to. */
export interface LinkedPart {
  /** Last word of the type of the relationship, for example `header`. */
  readonly type: string;
  /** Name of the root element, for example `w:hdr`. */
  readonly root: string;
  readonly content: string;
  /** What stands in the relationships of the part itself. */
  readonly relationships?: string;
}

/** Relates parts to the body: the first has the id `part1`. */
export function linkedParts(
  parts: readonly LinkedPart[],
): Pick<DocxParts, 'files' | 'relationships'> {
  const files: Record<string, string> = {};
  const relationships: string[] = [];
  for (const [index, { type, root, content, relationships: own }] of parts.entries()) {
    const name = `linked${index + 1}.xml`;
    files[`content/${name}`] = officePart(root, content);
    if (own !== undefined) files[`content/_rels/${name}.rels`] = relationshipsOf(own);
    relationships.push(`<Relationship Id="part${index + 1}" Type="x/${type}" Target="${name}"/>`);
  }
  return { files, relationships: relationships.join('') };
}

/** A hyperlink to a place outside of the file. */
export function outwardLink(id: string, target: string): string {
  return `<Relationship Id="${id}" Type="x/hyperlink" Target="${target}" TargetMode="External"/>`;
}

/** The properties of a section; references as `header default part1`. */
export function section(references: readonly string[], more = ''): string {
  const elements = references.map((reference) => {
    const [story, type, id] = reference.split(' ');
    return `<w:${story}Reference w:type="${type}" r:id="${id}"/>`;
  });
  return `<w:sectPr>${elements.join('')}${more}</w:sectPr>`;
}

function relationshipsOf(content: string): string {
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`;
}
