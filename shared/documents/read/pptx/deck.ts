import type { HiddenText, Unit } from '#shared/domain/document.ts';
import type { NewUnit, UnitList } from '../../unit-list.ts';
import { collapseWhiteSpace } from '../../unit-list.ts';
import type { Part, Parts, SlideTally } from './parts.ts';
import type { StyleChain } from './styles.ts';

/** What is known of a presentation while its slides are read. */
export interface Deck {
  readonly units: UnitList;
  readonly hidden: HiddenText[];
  readonly tally: SlideTally;
  readonly parts: Parts;
  /** Names of comments' authors by their id. */
  readonly authors: ReadonlyMap<string, string>;
  /** Number of a slide, from 1, by the name of its part. */
  readonly slideNumbers: ReadonlyMap<string, number>;
  /** Headers and footers seen so far. */
  readonly footers: Set<string>;
  nextTable(): number;
}

type SlidePart = 'slide' | 'notes' | 'comments' | 'chart' | 'diagram';

/** A slide or its notes page while it is read. */
export interface Page {
  readonly deck: Deck;
  readonly slide: number;
  readonly part: 'slide' | 'notes';
  readonly isHidden: boolean;
  readonly source: Part;
  /** The list styles that text in a placeholder takes its format from, nearest first. */
  stylesFor(placeholder: Placeholder | undefined): StyleChain;
}

/** The role that a layout gives to a shape (ECMA-376 19.3.1.36). */
export interface Placeholder {
  readonly type: string;
  readonly index: string;
}

/** Where a unit stands on its page. */
export interface Spot {
  readonly part: SlidePart;
  readonly shape: string | undefined;
  readonly paragraph: number;
  /** The shape is switched off. */
  readonly isHidden: boolean;
}

/** Adds text to the units, or to what is hidden where a viewer of the slide would not see it. */
export function addToDeck(
  page: Pick<Page, 'deck' | 'slide' | 'isHidden'>,
  spot: Spot,
  unit: Omit<NewUnit, 'place'>,
): Unit | undefined {
  const { deck, slide } = page;
  const { part, shape, paragraph } = spot;
  const place = {
    kind: 'slide' as const,
    slide,
    part,
    ...(shape === undefined ? {} : { shape }),
    paragraph,
  };
  if (!spot.isHidden) {
    return deck.units.add({ ...unit, place, ...(page.isHidden ? { isHidden: true } : {}) });
  }
  const text = collapseWhiteSpace(unit.text);
  if (text === '') return undefined;
  deck.hidden.push({ text, locator: { ...place, headingPath: [] } });
  deck.tally.add('hiddenShape');
  return undefined;
}
