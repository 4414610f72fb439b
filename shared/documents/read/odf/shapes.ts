import type { XmlElement } from '../../xml.ts';
import { childOf } from '../../xml.ts';
import { chartIn, mathIn } from './objects.ts';
import type { Story } from './story.ts';
import { readTable } from './tables.ts';

/** Adds the text of a frame, a group or a drawn shape (ODF 1.3, 10). */
export function readShape(shape: XmlElement, story: Story): void {
  switch (shape.name) {
    case 'draw:frame':
      readFrame(shape, story);
      break;
    case 'draw:g':
    case 'draw:a':
    case 'dr3d:scene':
      readShapes(shape, story);
      break;
    case 'draw:control':
    case 'draw:page-thumbnail':
      break;
    default:
      story.readBlocks(withText(shape), story);
  }
}

function readShapes(group: XmlElement, story: Story): void {
  for (const shape of group.children) {
    if (/^(?:draw|dr3d):/.test(shape.name)) readShape(shape, story);
  }
}

/** What a frame holds are versions of the same thing, the best one first; a picture is mostly the last resort. */
function readFrame(frame: XmlElement, story: Story): void {
  const { tally } = story.reading;
  const find = (name: string) => childOf(frame, name);
  const textBox = find('draw:text-box');
  const table = find('table:table');
  const object = find('draw:object');
  if (textBox !== undefined) story.readBlocks(textBox, story);
  else if (table !== undefined) readTable(table, story);
  else if (object !== undefined) readObject(object, frame, story);
  else if (find('draw:object-ole') ?? find('draw:applet') ?? find('draw:floating-frame')) {
    tally.add('object');
  } else if (find('draw:plugin') !== undefined) tally.add('media');
  else if (find('draw:image') !== undefined) tally.add('image');
}

function readObject(object: XmlElement, frame: XmlElement, story: Story): void {
  const { file, tally } = story.reading;
  const formula = mathIn(object, file);
  const place = story.place(frame, 'body');
  if (formula !== undefined) {
    story.emit({ kind: 'paragraph', text: formula, place });
    return;
  }
  const texts = chartIn(object, file);
  if (texts === undefined) tally.add('object');
  for (const [index, text] of (texts ?? []).entries()) {
    const isSlide = place.kind === 'slide';
    const own = isSlide ? { ...place, part: 'chart' as const, paragraph: index + 1 } : place;
    story.emit({ kind: 'chart', text, place: own });
  }
}

/** Titles and descriptions of a shape are for those who do not see it; they are no text on the page. */
function withText(shape: XmlElement): XmlElement {
  return {
    ...shape,
    children: shape.children.filter(({ name }) => !/^(?:svg|office):/.test(name)),
  };
}
