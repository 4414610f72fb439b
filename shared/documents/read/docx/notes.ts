import { childOf, type XmlElement } from '../../xml.ts';
import { formatNumber } from './number-format.ts';
import { numberOf, settingOf } from './xml.ts';

export type NotePart = 'footnote' | 'endnote';

/** A footnote or an endnote that the text refers to. */
export interface Note {
  readonly part: NotePart;
  /** As shown; `undefined` if the author wrote the mark himself. */
  readonly mark: string | undefined;
  readonly content: XmlElement;
}

export interface Notes {
  /** The note that a reference stands for. Numbers are given in the order of the references, each note once. */
  take(reference: XmlElement): Note | undefined;
}

/** Numbering as set for the whole document; formats that a single section sets are not followed. */
export function readNotes(parts: {
  readonly footnotes: XmlElement | undefined;
  readonly endnotes: XmlElement | undefined;
  readonly settings: XmlElement | undefined;
}): Notes {
  const books = {
    'w:footnoteReference': createBook('footnote', parts.footnotes, parts.settings),
    'w:endnoteReference': createBook('endnote', parts.endnotes, parts.settings),
  };
  return {
    take(reference) {
      if (reference.name === 'w:footnoteReference') return books[reference.name](reference);
      if (reference.name === 'w:endnoteReference') return books[reference.name](reference);
      return undefined;
    },
  };
}

function createBook(
  part: NotePart,
  root: XmlElement | undefined,
  settings: XmlElement | undefined,
): (reference: XmlElement) => Note | undefined {
  const byId = new Map((root?.children ?? []).map((note) => [note.attributes['w:id'], note]));
  const rules = childOf(settings, `w:${part}Pr`);
  const standardFormat = part === 'endnote' ? 'lowerRoman' : 'decimal';
  const format = settingOf(childOf(rules, 'w:numFmt')) ?? standardFormat;
  let number = numberOf(settingOf(childOf(rules, 'w:numStart'))) ?? 1;
  return ({ attributes }) => {
    const content = byId.get(attributes['w:id']);
    if (content === undefined) return undefined;
    byId.delete(attributes['w:id']);
    const hasOwnMark = ['1', 'true', 'on'].includes(attributes['w:customMarkFollows'] ?? '');
    if (hasOwnMark) return { part, mark: undefined, content };
    number += 1;
    return { part, mark: formatNumber(number - 1, format), content };
  };
}
