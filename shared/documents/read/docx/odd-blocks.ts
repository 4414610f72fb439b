import type { XmlElement } from '../../xml.ts';
import type { Aside } from './asides.ts';
import { readRemoved } from './removed.ts';
import { revisionOf } from './revisions.ts';
import { placeOf, type Story } from './story.ts';
import { rawTextOf } from './xml.ts';

/** Accounts for what stands where paragraphs and tables do and is neither. Gives back the comments on text that was deleted. */
export function readOddBlock(block: XmlElement, story: Story): readonly Aside[] {
  if (block.name === 'w:sectPr') story.sections.add(block);
  else if (block.name === 'w:altChunk') story.tally.add('import');
  else if (block.name === 'w:del' || block.name === 'w:moveFrom')
    return readRemovedBlock(block, story);
  else if (rawTextOf(block).trim() !== '') story.tally.add('misplaced');
  return [];
}

function readRemovedBlock(block: XmlElement, story: Story): readonly Aside[] {
  const revision = revisionOf(block.name === 'w:del' ? 'deletion' : 'move-from', block);
  const { text, comments } = readRemoved(block, revision, story);
  if (text.trim() !== '') {
    story.ledger.addChange(
      { ...revision, text: text.trim() },
      placeOf(block, story, story.pages.current()),
    );
  }
  return comments;
}
