import { collapseWhiteSpace } from '../../unit-list.ts';
import type { XmlElement } from '../../xml.ts';
import type { Links } from '../inline-text.ts';
import type { Aside } from './asides.ts';
import { isSameRevision, keyOfRevision, type Revision } from './revisions.ts';
import { placeOf, type Story } from './story.ts';
import type { ParagraphStyle } from './styles.ts';
import { toSuperscript } from './symbols.ts';

/** A paragraph while it is read from left to right. */
export interface Reading {
  readonly story: Story;
  readonly paragraph: XmlElement;
  readonly isHiddenByStyle: boolean;
  isSuperscript: boolean;
  text: string;
  readonly links: Links;
  page: number | undefined;
  readonly asides: Aside[];
  readonly textBoxes: XmlElement[];
  /** Programs write one change in many pieces; `to` is where in the text the pieces so far end. */
  change: (Revision & { text: string; to: number }) | undefined;
  hidden: { text: string; readonly at: number } | undefined;
  formatting: Map<string, Revision> | undefined;
}

export function startReading(paragraph: XmlElement, style: ParagraphStyle, story: Story): Reading {
  return {
    story,
    paragraph,
    isHiddenByStyle: style.isHidden,
    isSuperscript: false,
    text: '',
    links: [],
    page: undefined,
    asides: [],
    textBoxes: [],
    change: undefined,
    hidden: undefined,
    formatting: undefined,
  };
}

export function addText(text: string, reading: Reading): void {
  const { story } = reading;
  if (story.fields.isInInstruction()) {
    story.fields.addOperand(text);
    return;
  }
  if (text.trim() !== '') {
    reading.page ??= story.pages.current();
    story.pages.seeText();
  }
  const joinsNumber = reading.isSuperscript && /[\p{L}\p{N})\]]$/u.test(reading.text);
  reading.text += joinsNumber ? toSuperscript(text) : text;
}

/** Hidden text that nothing shown stands between is one. */
export function addHidden(text: string, reading: Reading): void {
  if (text === '') return;
  if (reading.hidden?.at !== reading.text.length) endHidden(reading);
  reading.hidden ??= { text: '', at: reading.text.length };
  reading.hidden.text += text;
}

/** Text that a tracked change put in or took out at `from`. */
export function addChange(
  text: string,
  { revision, from }: { readonly revision: Revision; readonly from: number },
  reading: Reading,
): void {
  const { within } = reading.story;
  const isTold = within?.kind === revision.kind && within.author === revision.author;
  if (text === '' || isTold) return;
  const { change } = reading;
  if (change !== undefined && change.to === from && isSameRevision(change, revision)) {
    change.text += text;
    change.to = reading.text.length;
    return;
  }
  endChange(reading);
  reading.change = { ...revision, text, to: reading.text.length };
}

export function addFormatting(revisions: readonly Revision[], reading: Reading): void {
  for (const revision of revisions) {
    reading.formatting ??= new Map();
    reading.formatting.set(keyOfRevision(revision), revision);
  }
}

export function endReading(reading: Reading): void {
  endHidden(reading);
  endChange(reading);
  if (reading.formatting === undefined) return;
  const text = collapseWhiteSpace(reading.text);
  for (const revision of reading.formatting.values()) {
    reading.story.ledger.addChange({ ...revision, text }, placeIn(reading));
  }
}

function endHidden(reading: Reading): void {
  const text = reading.hidden?.text.trim() ?? '';
  reading.hidden = undefined;
  if (text === '') return;
  reading.story.tally.add('hidden');
  reading.story.ledger.addHidden(text, placeIn(reading));
}

function endChange(reading: Reading): void {
  if (reading.change === undefined) return;
  const { to: _, ...change } = reading.change;
  reading.change = undefined;
  reading.story.ledger.addChange(change, placeIn(reading));
}

function placeIn({ paragraph, story, page }: Reading) {
  return placeOf(paragraph, story, page ?? story.pages.current());
}
