import type { XmlElement } from '../../xml.ts';
import type { Aside, Note } from './asides.ts';
import type { Revision } from './revisions.ts';
import { placeOf, type Story, storyOfAside } from './story.ts';
import { rawTextOf } from './xml.ts';

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
