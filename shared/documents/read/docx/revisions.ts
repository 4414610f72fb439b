import type { TrackedChange } from '#shared/domain/document.ts';
import { childOf, type XmlElement } from '../../xml.ts';
import type { Aside, Note } from './asides.ts';
import { placeOf, type Story, storyOfAside } from './story.ts';
import { rawTextOf } from './xml.ts';

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

/**
 * Accounts for what was deleted or moved away: its text becomes a change, and so do the notes that it refers to. Comments on it are
 * given back; they stay.
 */
export function readRemoved(
  element: XmlElement,
  revision: Revision,
  story: Story,
): { readonly text: string; readonly comments: readonly Aside[] } {
  const comments: Aside[] = [];
  eachReferenceIn(element, (reference) => {
    if (reference.name === 'w:commentReference') comments.push(...story.comments.take(reference));
    const note = story.notes.takeDeleted(reference);
    if (note !== undefined) deleteNote(note, revision, story);
  });
  const text = rawTextOf(element);
  if (revision.kind === 'deletion' && text.trim() !== '') story.tally.add('deleted');
  return { text, comments };
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

function eachReferenceIn(element: XmlElement, visit: (reference: XmlElement) => void): void {
  if (element.name.endsWith('Reference')) visit(element);
  for (const child of element.children) eachReferenceIn(child, visit);
}

function deleteNote({ part, content }: Note, revision: Revision, story: Story): void {
  const text = rawTextOf(content).trim();
  if (text === '') return;
  const place = placeOf(content, storyOfAside(story, part));
  story.ledger.addChange({ ...revision, text }, place);
}
