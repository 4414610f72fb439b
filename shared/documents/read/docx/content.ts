import type { Place } from '../../unit-list.ts';
import type { XmlElement } from '../../xml.ts';
import type { InlineText } from '../inline-text.ts';
import type { Aside } from './asides.ts';
import type { ListMark } from './numbering.ts';
import type { ParagraphStyle } from './styles.ts';

/** What stands in a paragraph. */
export interface InlineContent extends InlineText {
  /** Where the text begins. */
  readonly page: number | undefined;
  readonly asides: readonly Aside[];
  /** `w:txbxContent` of the text boxes that are anchored here. */
  readonly textBoxes: readonly XmlElement[];
}

export interface ParagraphContent extends InlineContent {
  readonly properties: XmlElement | undefined;
  readonly style: ParagraphStyle;
  readonly mark: ListMark | undefined;
  /** Where its text begins. */
  readonly place: Place;
}

/**
 * Paragraphs that run on in the next one: a large first letter, which Word keeps in a paragraph of its own, or a paragraph whose mark
 * was deleted or moved away.
 */
export type Carried = ParagraphContent[];
