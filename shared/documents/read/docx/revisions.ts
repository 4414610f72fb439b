import type { TrackedChange } from '#shared/domain/document.ts';
import { childOf, type XmlElement } from '../../xml.ts';

/** Who changed something, when, and what kind of change it is (`CT_TrackChange`, ECMA-376 part 1, 17.13.5). */
export type Revision = Pick<TrackedChange, 'kind' | 'author' | 'madeAt'>;

export function revisionOf(kind: Revision['kind'], { attributes }: XmlElement): Revision {
  const author = attributes['w:author'];
  const madeAt = attributes['w:date'];
  return {
    kind,
    ...(author === undefined ? {} : { author }),
    ...(madeAt === undefined ? {} : { madeAt }),
  };
}

export function isSameRevision(left: Revision, right: Revision): boolean {
  return keyOfRevision(left) === keyOfRevision(right);
}

export function keyOfRevision({ kind, author = '', madeAt = '' }: Revision): string {
  return [kind, madeAt, author].join(' ');
}

/** What was done to the mark at the end of a paragraph, which joins it with the next or parts it from it. */
export function markRevisionsOf(properties: XmlElement): readonly Revision[] {
  const revisions: Revision[] = [];
  for (const child of childOf(properties, 'w:rPr')?.children ?? []) {
    const kind = revisionKinds[child.name];
    if (kind !== undefined) revisions.push(revisionOf(kind, child));
  }
  return revisions;
}

/** Changes of format that properties note, of a paragraph, a row, a cell, a table or a run. */
export function formattingIn(properties: XmlElement | undefined): readonly Revision[] {
  const revisions: Revision[] = [];
  for (const child of properties?.children ?? []) {
    if (formatChanges.has(child.name)) revisions.push(revisionOf('formatting', child));
    else if (holders.has(child.name)) revisions.push(...formattingIn(child));
  }
  return revisions;
}

const revisionKinds: Readonly<Record<string, Revision['kind']>> = {
  'w:ins': 'insertion',
  'w:del': 'deletion',
  'w:moveFrom': 'move-from',
  'w:moveTo': 'move-to',
};

const formatChanges = new Set([
  'w:rPrChange',
  'w:pPrChange',
  'w:sectPrChange',
  'w:numberingChange',
  'w:tblPrChange',
  'w:tblGridChange',
  'w:tblPrExChange',
  'w:trPrChange',
  'w:tcPrChange',
  'w:cellMerge',
]);

/** Properties within properties. */
const holders = new Set(['w:rPr', 'w:sectPr', 'w:numPr']);
