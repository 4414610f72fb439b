import { childOf, type XmlElement } from '../../xml.ts';
import type { Note, NotePart } from './asides.ts';
import { formatNumber } from './number-format.ts';
import { numberOf, settingOf } from './xml.ts';

export interface Notes {
  /** The note that a reference stands for. Numbers are given in the order of the references, each note once. */
  take(reference: XmlElement): Note | undefined;
  /** The same for a reference that was deleted, which takes no number. */
  takeDeleted(reference: XmlElement): Note | undefined;
  /** Those that no reference stands for: Word shows them nowhere. */
  takeRest(): readonly Note[];
}

/** Numbering as set for the whole document; formats that a single section sets are not followed. */
export function readNotes(parts: {
  readonly footnotes: XmlElement | undefined;
  readonly endnotes: XmlElement | undefined;
  readonly settings: XmlElement | undefined;
}): Notes {
  const books: Readonly<Record<string, Book>> = {
    'w:footnoteReference': createBook('footnote', parts.footnotes, parts.settings),
    'w:endnoteReference': createBook('endnote', parts.endnotes, parts.settings),
  };
  return {
    take: (reference) => books[reference.name]?.take(reference, true),
    takeDeleted: (reference) => books[reference.name]?.take(reference, false),
    takeRest: () => Object.values(books).flatMap((book) => book.takeRest()),
  };
}

interface Book {
  take(reference: XmlElement, isCounted: boolean): Note | undefined;
  takeRest(): Note[];
}

function createBook(
  part: NotePart,
  root: XmlElement | undefined,
  settings: XmlElement | undefined,
): Book {
  const byId = new Map((root?.children ?? []).map((note) => [note.attributes['w:id'], note]));
  const rules = childOf(settings, `w:${part}Pr`);
  const standardFormat = part === 'endnote' ? 'lowerRoman' : 'decimal';
  const format = settingOf(childOf(rules, 'w:numFmt')) ?? standardFormat;
  let number = numberOf(settingOf(childOf(rules, 'w:numStart'))) ?? 1;
  return {
    take({ attributes }, isCounted) {
      const content = byId.get(attributes['w:id']);
      if (content === undefined) return undefined;
      byId.delete(attributes['w:id']);
      const hasOwnMark = ['1', 'true', 'on'].includes(attributes['w:customMarkFollows'] ?? '');
      if (hasOwnMark || !isCounted) return { kind: 'note', part, mark: undefined, content };
      number += 1;
      return { kind: 'note', part, mark: formatNumber(number - 1, format), content };
    },
    takeRest() {
      const rest = [...byId.values()];
      byId.clear();
      return rest.map((content) => ({ kind: 'note', part, mark: undefined, content }));
    },
  };
}
