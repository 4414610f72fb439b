import { collapseWhiteSpace } from '../../unit-list.ts';
import { childOf, type XmlElement } from '../../xml.ts';
import { addAsides } from './add-asides.ts';
import { placeOf, type Story, storyOfAside } from './story.ts';
import { rawTextOf } from './xml.ts';

/** Comments without an anchor become units; notes without a reference, and building blocks, are accounted for. */
export function addRest(story: Story): void {
  story.units.leaveHeadings();
  addAsides(story.comments.takeRest(), story);
  for (const { part, content } of story.notes.takeRest()) {
    const text = collapseWhiteSpace(rawTextOf(content));
    if (text === '') continue;
    story.tally.add('unusedNote');
    story.ledger.addHidden(text, placeOf(content, storyOfAside(story, part)));
  }
  story.ledger.settle(story.units.headingPath);
  story.tally.add('buildingBlock', countBuildingBlocks(story.relations.first('glossaryDocument')));
}

function countBuildingBlocks(glossary: XmlElement | undefined): number {
  const blocks = childOf(glossary, 'w:docParts')?.children ?? [];
  return blocks.filter((block) => rawTextOf(block).trim() !== '').length;
}
