import type { UnitKind } from '#shared/domain/document.ts';
import type { Place } from '../../unit-list.ts';
import type { XmlElement } from '../../xml.ts';

export type NotePart = 'footnote' | 'endnote';

/** A footnote or an endnote. */
export interface Note {
  readonly kind: 'note';
  readonly part: NotePart;
  /** As shown; `undefined` if the author wrote the mark himself. */
  readonly mark: string | undefined;
  readonly content: XmlElement;
}

/** A comment, or a reply to one. */
export interface Comment {
  readonly kind: 'comment';
  readonly author: string | undefined;
  readonly content: XmlElement;
}

/** Texts of a drawing that are in a part of their own: of a chart, or of a SmartArt diagram. */
export interface Drawing {
  readonly kind: 'drawing';
  readonly unitKind: UnitKind;
  readonly lines: readonly { readonly text: string; readonly level?: number }[];
  /** Where it is anchored. */
  readonly place: Place;
}

/** What the text refers to and what stands elsewhere. */
export type Aside = Note | Comment | Drawing;
