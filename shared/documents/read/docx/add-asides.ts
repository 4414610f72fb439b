import type { Aside, Comment, Drawing, Note } from './asides.ts';
import { flatten } from './flatten.ts';
import { placeOf, type Story, storyOfAside } from './story.ts';
import { contentOf } from './xml.ts';

/**
 * Adds what a text refers to, each paragraph a unit: behind the text, since that is where it is needed. What a note or a comment refers
 * to follows it in turn.
 */
export function addAsides(asides: readonly Aside[], story: Story, page?: number): void {
  const queue = [...asides];
  for (const aside of queue) {
    if (aside.kind === 'drawing') addDrawing(aside, story);
    else for (const more of addText(aside, story, page)) queue.push(more);
  }
}

function addDrawing({ unitKind: kind, lines, place }: Drawing, { units }: Story): void {
  for (const { text, level } of lines) {
    units.add({ kind, text, place, ...(level === undefined ? {} : { level }) });
  }
}

function addText(aside: Note | Comment, story: Story, page: number | undefined): Aside[] {
  const own = storyOfAside(story, aside.kind === 'note' ? aside.part : 'comment');
  const found: Aside[] = [];
  for (const block of contentOf(aside.content)) {
    const { text, links, asides } = flatten([block], own);
    const unit = own.units.add({
      ...describe(aside),
      text,
      ...(links.length === 0 ? {} : { links: [...links] }),
      place: placeOf(block, own, page),
    });
    own.ledger.settle(() => unit?.locator.headingPath ?? own.units.headingPath());
    found.push(...asides);
  }
  return found;
}

function describe(aside: Note | Comment) {
  if (aside.kind === 'note') {
    return { kind: 'footnote' as const, ...(aside.mark === undefined ? {} : { note: aside.mark }) };
  }
  const { author } = aside;
  return { kind: 'comment' as const, ...(author === undefined ? {} : { author }) };
}
