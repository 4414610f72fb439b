import type { Document } from '#shared/domain/document.ts';
import { escapeText } from '#shared/domain/inline-tags.ts';
import { describeLocator } from '#shared/domain/locator.ts';

/** Texts of all segments of a file. */
export interface SegmentTexts {
  /** Without tags, see {@link comparable}. */
  readonly plain: ReadonlySet<string>;
  readonly tagged: readonly string[];
}

/** Texts beside those that the questions were made of; see {@link asideTexts} for what is known to be in them. */
export function unreadIn(
  { hidden, changes, units }: Document,
  plain: SegmentTexts['plain'],
): string[] {
  const authors = new Set(units.flatMap(({ author }) => author ?? []));
  const unseen = hidden.filter(({ text }) => !plain.has(comparable(text)));
  const counts = [
    [authors.size, 'names of those who speak or have written comments'],
    [unseen.length, 'hidden texts'],
    [changes.filter(isGone).length, 'texts whose deletion is tracked'],
  ] as const;
  return counts.flatMap(([count, what]) => (count === 0 ? [] : [`${what} (${count})`]));
}

function isGone({ kind }: Document['changes'][number]): boolean {
  return kind === 'deletion' || kind === 'move-from';
}

/** Places beside the text of the pages that hold a text, each with what the place is. */
export function asideTexts(
  document: Document,
  { holds, plain, tagged }: SegmentTexts & { readonly holds: (text: string) => boolean },
): { place: string; reason: string }[] {
  const { hidden, changes, units, title = '' } = document;
  return [
    ...hidden
      // Text that no page shows, such as a header that is never used, may be rewritten all the same.
      .filter(({ text }) => holds(text) && !plain.has(comparable(text)))
      .map(({ locator }) => ({
        place: describeLocator(locator),
        reason: 'it stands in hidden text',
      })),
    ...changes
      .filter((change) => isGone(change) && holds(change.text))
      .map(({ locator }) => ({
        place: describeLocator(locator),
        reason: 'it stands in text whose deletion is tracked; accept the changes first',
      })),
    ...units
      .filter(({ text, links = [] }) =>
        links.some(
          ({ from, to, target }) =>
            holds(readable(target)) &&
            !(
              document.format === 'markdown' &&
              isOwnAddress(text.slice(from, to), { target, tagged })
            ),
        ),
      )
      .map(({ locator }) => ({
        place: describeLocator(locator),
        reason: 'it stands in the address of a link',
      })),
    ...units
      .filter(({ author = '' }) => holds(author))
      .map(({ locator }) => ({
        place: describeLocator(locator),
        reason: 'it is the name of who wrote a comment or speaks',
      })),
    ...(holds(title) && units.every(({ text }) => text !== title)
      ? [{ place: 'properties of the file', reason: 'it stands in the title of the file' }]
      : []),
  ];
}

/** Whether an address is a link by its text alone, as Markdown has it: gone with the text. */
function isOwnAddress(
  text: string,
  { target, tagged }: { readonly target: string; readonly tagged: readonly string[] },
): boolean {
  const written = escapeText(text);
  return (
    target.replace(/^mailto:/, '') === text &&
    tagged.some((each) => each.includes(written)) &&
    !tagged.some((each) => each.includes(`>${written}</g`))
  );
}

/** A text without regard to its white space. */
export function comparable(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function readable(target: string): string {
  try {
    return decodeURIComponent(target).replace(/[:?&=/]/g, ' ');
  } catch {
    return target;
  }
}
